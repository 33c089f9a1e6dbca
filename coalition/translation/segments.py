"""The segments of a page: its translatable strings by the paths of their fields and blocks."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from wagtail.models import Page
from wagtail_localize.models import String
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

Strings = dict[str, list[str]]
"""Path -> the strings there, in their order; rich text has several, other fields have one."""


def strings_of(page: Page) -> Strings:
    """The strings of a page of its own type, as translators see them. Reads no other page."""
    return by_path(extract_segments(page))


def by_path(segments: Iterable[object]) -> Strings:
    """Those of extracted segments that are strings."""
    found: Strings = {}
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            found.setdefault(segment.path, []).append(segment.string.get_translatable_html())
    return found


@lru_cache(maxsize=4096)
def hash_of(string: str) -> str:
    """What wagtail-localize knows a string by (`String.data_hash`), without hyphens."""
    return str(String._get_data_hash(string).hex)


def hash_of_text(strings: list[str]) -> str:
    """Changes whenever one of these strings or their order does."""
    return blake2b("\x1f".join(strings).encode(), digest_size=16).hexdigest()
