"""The root, error pages, the sitemap and what robots may read."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timezone import localdate
from django.views import defaults
from django.views.decorators.http import require_safe

from coalition.core import languages
from coalition.core.addresses import absolute
from coalition.core.chrome import Chrome
from coalition.core.middleware import language_of_path
from coalition.core.queries import public_pages

VALIDITY = timedelta(days=180)


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


def is_api(request: HttpRequest) -> bool:
    """Whether machines are answered here, in JSON."""
    return request.path_info.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: a decent page in the reader's language."""
    if is_api(request):
        return json_error(404, "not_found", "There is nothing at this address.")
    translation.activate(reader_language(request))
    # In other languages there is nothing either; the switcher leads to their homes.
    chrome = Chrome(request, None, path=f"/{translation.get_language()}/")
    response = render(request, "404.html", {"chrome": chrome}, status=404)
    if language_of_path(request.path_info) is None:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if is_api(request):
        return json_error(400, "bad_request", "This request could not be understood.")
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if is_api(request):
        return json_error(403, "forbidden", "This is not open to you.")
    return defaults.permission_denied(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of what may have failed."""
    if is_api(request):
        return json_error(500, "server_error", "Something went wrong on our side.")
    return defaults.server_error(request)


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
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): whom to tell of a weakness, valid for half a year from today."""
    contact = settings.SECURITY_CONTACT or absolute(f"/{settings.LANGUAGE_CODE}/contact/")
    lines = [
        f"Contact: {contact}",
        f"Expires: {localdate() + VALIDITY}T00:00:00Z",
        f"Preferred-Languages: {', '.join(map(languages.html_lang, languages.codes()))}",
        f"Canonical: {absolute(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All live public pages in all languages, with their alternates; Wagtail's has one only."""
    response = render(
        request,
        "sitemap.xml",
        {"groups": _translations()},
        content_type="application/xml; charset=utf-8",
    )
    patch_cache_control(response, max_age=3600, public=True)
    return response


def _translations() -> Iterator[list[dict[str, object]]]:
    """For each page the list of its public languages: url, hreflang, last change."""
    rows = (
        public_pages()
        .filter(depth__gt=1, locale__language_code__in=languages.codes())
        .order_by("translation_key", "path")
        .values_list("translation_key", "url_path", "locale__language_code", "last_published_at")
    )
    for _key, group in groupby(rows.iterator(), key=itemgetter(0)):
        yield [
            {
                "url": absolute(path),
                "hreflang": languages.hreflang(code),
                "changed": changed,
            }
            for _, path, code, changed in group
        ]
