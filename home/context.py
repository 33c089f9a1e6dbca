"""What the foot of every page needs of this app."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from coalition.core import languages
from coalition.core.middleware import split_path
from coalition.core.queries import path_in
from search.models import SearchEntry

# The slug, below the homes, of the page that says how readers are protected (docs/editors.md).
PROTECTION = "how-we-protect-you"


def contact(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `contact_url` and `protection_url`, empty where there is no such page.

    They are looked up, both in one query, when a template first asks for one.
    """
    found = SimpleLazyObject(_urls)
    return {
        "contact_url": SimpleLazyObject(lambda: found["contact"]),
        "protection_url": SimpleLazyObject(lambda: found["protection"]),
    }


def _urls() -> dict[str, str]:
    protection = [path_in(code, PROTECTION) for code in languages.codes()]
    rows = SearchEntry.objects.filter(Q(type="contact") | Q(url__in=protection), section=None)
    urls: dict[str, dict[str, str]] = {"contact": {}, "protection": {}}
    for language, url in rows.order_by("published", "pk").values_list("language", "url"):
        urls["protection" if url in protection else "contact"].setdefault(language, url)
    return {name: _for_reader(by_language) for name, by_language in urls.items()}


def _for_reader(urls: dict[str, str]) -> str:
    """In the reader's language; where it is missing there, the address leads to the notice."""
    if not urls:
        return ""
    reader = get_language() or settings.LANGUAGE_CODE
    return urls.get(reader) or f"/{reader}{split_path(next(iter(urls.values())))[1]}"
