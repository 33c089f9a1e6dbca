"""The language of a request is the first part of its path, and nothing else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

from coalition.core import languages


def split_path(path: str) -> tuple[str, str]:
    """The first part of a path and the rest of it: `/km/search/` is `km` and `/search/`."""
    prefix, slash, rest = path.removeprefix("/").partition("/")
    return prefix, slash + rest


def language_of_path(path: str) -> str | None:
    """The language that `/{lang}/…` names, None for every other path."""
    prefix, _rest = split_path(path)
    return prefix if languages.is_known(prefix) else None


def asked_language(request: HttpRequest) -> str | None:
    """The language a reader wanted before being sent to this page, if it is another one."""
    asked = request.GET.get("asked", "")
    if languages.is_known(asked) and asked != language_of_path(request.path_info):
        return asked
    return None


def asks_for_little(request: HttpRequest) -> bool:
    """Whether the browser says that its reader pays for every byte; answers vary by Save-Data."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"


class LanguageMiddleware:
    """Stands in for Django's LocaleMiddleware and acts on `/{lang}/` only.

    Django's own turns JSON 404s into redirects to `/en/api/…` and makes every answer vary.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the path's language; `/KM/` and `/tl/` lead to `/km/` and `/fil/`."""
        prefix, _rest = split_path(request.path_info)
        code = languages.canonical(prefix)
        if code and code != prefix and request.method in ("GET", "HEAD"):
            _prefix, rest = split_path(request.get_full_path())
            return HttpResponsePermanentRedirect(f"/{code}{rest}")
        language = code if code and code == prefix else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            # A view may have found a better one: for a notice, for an unknown address.
            shown = languages.html_lang(translation.get_language() or language)
        # The admin is in its user's own language, which is gone again by now.
        html = response.get("Content-Type", "").startswith("text/html")
        if html and not request.path_info.startswith("/admin/"):
            response.headers.setdefault("Content-Language", shown)
        return response
