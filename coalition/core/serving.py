"""Serves pages by path, and says honestly when one is missing in the language asked for."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from coalition.core import languages
from coalition.core.middleware import asked_language
from coalition.core.models import PageKey
from coalition.core.queries import page_at, public_at, versions_of
from coalition.sections.models import section_of


# Nothing is written here; without the exemption a POST would be told of cookies instead of 405.
@csrf_exempt
@require_safe
def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """The live page at `path` in the language of the URL, else a redirect to the best other one.

    Raises Http404 when no language has the page.
    """
    page = page_at(translation.get_language(), path)
    if page is None:
        return missing_translation(request, path)
    if asked := asked_language(request):
        if translated := versions_of(page).paths.get(asked):
            return _redirect(translated)
        translation.activate(asked)
    # Where Wagtail looks first; it would walk down the tree otherwise, two queries a level.
    request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponse = wagtail_serve(request, path)
    patch_vary_headers(response, ["Save-Data"])
    return response


def missing_translation(request: HttpRequest, path: str) -> HttpResponse:
    """302 to the page in the reader's other languages, else in its source language."""
    available = public_at(path)
    if not available:
        raise Http404("No language has a page here.")
    header = request.headers.get("Accept-Language", "")
    code = languages.best_of(header, available) or source_of(available)
    asked = urlencode({"asked": translation.get_language()})
    response = _redirect(f"{available[code].url_path}?{asked}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def source_of(available: dict[str, Page]) -> str:
    """The language to fall back to: the source, the section's own, that of the site, or any."""
    page = next(iter(available.values()))
    candidates = list(
        PageKey.objects.filter(translation_key=page.translation_key).values_list(
            "source_language", flat=True
        )
    )
    if section := section_of(page):
        candidates.append(section.default_language)
    candidates.append(settings.LANGUAGE_CODE)
    return next((code for code in candidates if code in available), page.locale.language_code)


def _redirect(url: str) -> HttpResponse:
    """Nobody keeps it: when a translation comes or goes the two would send readers in a circle."""
    response = HttpResponseRedirect(url)
    patch_cache_control(response, no_cache=True)
    return response
