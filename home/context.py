"""What the foot of every page needs of this app."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from coalition.core.middleware import split_path
from search.models import SearchEntry


def contact(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `contact_url`, empty where the network has no contact page.

    It is looked up when a template first asks for it.
    """
    return {"contact_url": SimpleLazyObject(_contact_url)}


def _contact_url() -> str:
    """In the reader's language; where it is missing there, the address leads to the notice."""
    found = SearchEntry.objects.filter(type="contact", section=None).order_by("published", "pk")
    urls: dict[str, str] = {}
    for language, url in found.values_list("language", "url"):
        urls.setdefault(language, url)
    if not urls:
        return ""
    reader = get_language() or settings.LANGUAGE_CODE
    return urls.get(reader) or f"/{reader}{split_path(next(iter(urls.values())))[1]}"
