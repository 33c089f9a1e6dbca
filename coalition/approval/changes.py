"""What differs between two texts, in words and in size."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from coalition.core.differences import changed_characters

MARKUP = re.compile(r"<[^>]*>|&[#\w]+;")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# What Wagtail writes by itself; of no interest to who approves.
BY_ITSELF = {
    "alias_of",
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "search_index_entries",
    "wagtail_admin_comments",
}
NEVER_SMALL = {"title", "slug"}


class Leaf(NamedTuple):
    """One value that differs: in which field, what it was and what it is."""

    field: str
    old: Any
    new: Any


def is_small(page: Page, revision: Revision, *, since: Page | None = None) -> bool:
    """Whether a revision of a public page changes so little text, and nothing else, that one
    approval is enough (APPROVAL_SMALL_CHANGE). `since`: as it was then, else as it is public."""
    most = settings.APPROVAL_SMALL_CHANGE
    if not page.live or most <= 0:
        return False
    old, new = since or page, revision.as_object()
    known = _texts(old) | _texts(new)
    size = 0
    for leaf in changed_leaves(old, new):
        if leaf.field in NEVER_SMALL or not _is_text(leaf, known):
            return False
        size += changed_characters(str(leaf.old), str(leaf.new))
        if size > most:
            return False
    return size > 0


def changed_leaves(old: Page, new: Page) -> Iterator[Leaf]:
    """All values that differ, down to the single words of blocks."""
    before, after = _content(old), _content(new)
    for name in sorted({*before, *after} - BY_ITSELF):
        yield from _leaves(name, _plain(before.get(name)), _plain(after.get(name)))


def other_fields(old: Page, new: Page) -> list[str]:
    """The names of fields that differ in something that is not text, as the editor calls them."""
    known = _texts(old) | _texts(new)
    names = {leaf.field for leaf in changed_leaves(old, new) if not _is_text(leaf, known)}
    return sorted(capfirst(_verbose(new, name)) for name in names)


def _verbose(page: Page, name: str) -> str:
    if not any(field.name == name for field in page._meta.get_fields()):
        return name
    field = page._meta.get_field(name)
    return str(getattr(field, "verbose_name", name.replace("_", " ")))


def _content(page: Page) -> dict[str, Any]:
    """What a revision keeps of a page, with its blocks as lists and not as one long string."""
    found: dict[str, Any] = json.loads(json.dumps(page.serializable_data(), default=str))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(found.get(field.name), str):
            found[field.name] = json.loads(found[field.name] or "[]")
    return found


def _plain(value: Any) -> Any:
    """Without the keys that editors and databases give to pieces of text: they change by
    themselves, and readers see nothing of them."""
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        keys = {"pk", "id"} if {"type", "value"} <= value.keys() or "pk" in value else set()
        return {name: _plain(item) for name, item in value.items() if name not in keys}
    return value


def _leaves(field: str, old: Any, new: Any) -> Iterator[Leaf]:
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        for key in old:
            yield from _leaves(field, old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _leaves(field, one, other)
    elif old != new:
        yield Leaf(field, old, new)


def _is_text(leaf: Leaf, known: set[str]) -> bool:
    """Whether only words differ: none of the markup around them, no choice, no address."""
    if not (isinstance(leaf.old, str) and isinstance(leaf.new, str)):
        return False
    if MARKUP.findall(leaf.old) != MARKUP.findall(leaf.new):
        return False
    if "<" in leaf.old or "<" in leaf.new:
        return True
    return all(value.strip() == "" or value.strip() in known for value in (leaf.old, leaf.new))


def _texts(page: Page) -> set[str]:
    """All that is translated of a page: that is its text, by the definition of its fields."""
    return {
        segment.render_text().strip()
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    }
