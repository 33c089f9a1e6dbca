"""The root, error pages, the sitemap and what robots may read."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.models import Page

from coalition.core import languages
from coalition.core.middleware import language_of_path


def reader_language(request: HttpRequest) -> str:
    """The language of the path, else the best of Accept-Language, else the default."""
    return (
        language_of_path(request.path_info)
        or languages.best_of(request.headers.get("Accept-Language", ""), languages.codes())
        or settings.LANGUAGE_CODE
    )


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """302 to the home in the reader's language; no cookie has a say."""
    response = HttpResponseRedirect(f"/{reader_language(request)}/")
    patch_cache_control(response, max_age=60, public=True)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A decent page in the reader's language; JSON below `/api/`."""
    if request.path_info.startswith("/api/"):
        return json_error(404, "not_found", "There is nothing at this address.")
    translation.activate(reader_language(request))
    response = render(request, "404.html", status=404)
    if language_of_path(request.path_info) is None:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def json_error(status: int, code: str, message: str) -> HttpResponse:
    """An error as contract and clients know it."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by robots; search results need not be."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        *(f"Disallow: /{code}/search/" for code in languages.codes()),
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All live public pages in all languages, with their alternates; Wagtail's has one only."""
    response = render(
        request,
        "sitemap.xml",
        {"groups": list(_translations())},
        content_type="application/xml; charset=utf-8",
    )
    patch_cache_control(response, max_age=3600, public=True)
    return response


def _translations() -> Iterator[list[dict[str, object]]]:
    """For each page the list of its live languages: url, hreflang, last change."""
    rows = (
        Page.objects.live()
        .public()
        .filter(depth__gt=1, locale__language_code__in=languages.codes())
        .order_by("translation_key", "path")
        .values_list("translation_key", "url_path", "locale__language_code", "last_published_at")
    )
    group: list[dict[str, object]] = []
    previous = None
    for key, path, code, changed in rows:
        if key != previous and group:
            yield group
            group = []
        previous = key
        group.append(
            {
                "url": f"{settings.BASE_URL}{path}",
                "hreflang": languages.hreflang(code),
                "changed": changed,
            }
        )
    if group:
        yield group
