"""Serves pages by path, and says honestly when one is missing in the language asked for."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from coalition.core import languages
from coalition.core.middleware import asked_language
from coalition.core.models import PageKey
from coalition.sections.models import Section

FALLBACK_MAX_AGE = 60


@require_safe
def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """The live page at `path` in the language of the URL, else a redirect to the best other one.

    Raises Http404 when no language has the page.
    """
    route = Page.route_for_request(request, path)
    if route is None or route.page.locale.language_code != translation.get_language():
        return missing_translation(request, path)
    if asked := asked_language(request):
        translated = live_translations(path).get(asked)
        if translated:
            return HttpResponseRedirect(translated.url_path)
        translation.activate(asked)
    response: HttpResponse = wagtail_serve(request, path)
    return response


def missing_translation(request: HttpRequest, path: str) -> HttpResponse:
    """302 to the page in the reader's other languages, else in its source language."""
    asked = translation.get_language()
    available = live_translations(path)
    if not available:
        raise Http404("No language has a page here.")
    header = request.headers.get("Accept-Language", "")
    code = languages.best_of(header, available) or source_of(available)
    response = HttpResponseRedirect(f"{available[code].url_path}?{urlencode({'asked': asked})}")
    patch_cache_control(response, max_age=FALLBACK_MAX_AGE, public=True)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def live_translations(path: str) -> dict[str, Page]:
    """The live public pages at `path` by language: slugs are the same in all of them."""
    rest = "/".join(part for part in path.split("/") if part)
    tail = f"{rest}/" if rest else ""
    paths = [f"/{code}/{tail}" for code in languages.codes()]
    pages = Page.objects.live().public().filter(url_path__in=paths).select_related("locale")
    return {page.locale.language_code: page for page in pages}


def source_of(available: dict[str, Page]) -> str:
    """The language to fall back to: the source, the section's own, English, or any."""
    page = next(iter(available.values()))
    candidates = PageKey.objects.filter(translation_key=page.translation_key).values_list(
        "source_language", flat=True
    )
    for code in [*candidates, *_default_of_section(page), settings.LANGUAGE_CODE]:
        if code in available:
            return code
    return next(iter(available))


def _default_of_section(page: Page) -> list[str]:
    section: Section | None = getattr(page.specific, "section", None)
    return [section.default_language] if section else []
