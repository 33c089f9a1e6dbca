"""Finds which text of a translation that was built anew, with blocks of its own, is whose."""

import re
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from coalition.translation.segments import Strings, strings_of

# The ids of blocks and rows, and the names of a table's texts.
ID = re.compile(r"[0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def strings_by_source(own: Page, source: Page) -> Strings:
    """The strings of `own`, by the paths of its source.

    Where no block of a body is the source's but all are of the same kinds in the same order, each
    with as many strings, they are taken for translations of each other.
    """
    found, wanted = strings_of(own), strings_of(source)
    for field in source._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        theirs, ours = (_shape(field, *pair) for pair in ((source, wanted), (own, found)))
        if theirs and list(theirs.values()) == list(ours.values()) and ours.keys() != theirs.keys():
            found |= {to: found[at] for to, at in zip(theirs, ours, strict=True)}
    return found


def _shape(field: Any, page: Page, strings: Strings) -> dict[str, tuple[str, str, int]]:
    """Path of a text of the field -> kind of its block, its place there, how many strings."""
    kinds = {child.id: child.block_type for child in field.value_from_object(page)}
    shape = {}
    for path, texts in strings.items():
        name, _dot, rest = path.partition(".")
        if name == field.name:
            block, _dot, inner = rest.partition(".")
            shape[path] = (kinds.get(block, ""), ID.sub("#", inner), len(texts))
    return shape
