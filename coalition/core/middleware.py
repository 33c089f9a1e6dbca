"""The language of a request is the first part of its path, and nothing else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from coalition.core import languages


def language_of_path(path: str) -> str | None:
    """The language that `/{lang}/…` names, None for every other path."""
    prefix = path.lstrip("/").split("/", 1)[0]
    return prefix if languages.is_known(prefix) else None


def asked_language(request: HttpRequest) -> str | None:
    """The language a reader wanted before being sent to this page, if it is another one."""
    asked = request.GET.get("asked", "")
    if languages.is_known(asked) and asked != language_of_path(request.path_info):
        return asked
    return None


class LanguageMiddleware(LocaleMiddleware):
    """Acts on `/{lang}/` only.

    Django's own turns JSON 404s into redirects to `/en/api/…` and makes every answer vary.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the path's language; elsewhere the default, for 404s the reader's."""
        language = language_of_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """Say which language the answer is in."""
        response.headers.setdefault(
            "Content-Language", languages.html_lang(translation.get_language())
        )
        return response
