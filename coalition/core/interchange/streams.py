"""Bodies and other streams of blocks, as the format writes them."""

import json
from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks

from coalition.core.blocks import blocks_of
from coalition.core.fields import PluginStreamField
from coalition.core.interchange.html import sanitised
from coalition.core.interchange.line import LineError

JSONBlock = dict[str, Any]
"""A block as it is stored: type, value, id."""


def written(stream: blocks.StreamValue, field: PluginStreamField) -> list[Any]:
    """The blocks as JSON: with their types in a body, as bare values elsewhere."""
    rows = [{"type": block["type"], "value": block["value"]} for block in _stored(stream)]
    return rows if field.area == "body" else [row["value"] for row in rows]


def read(
    rows: Sequence[Any], field: PluginStreamField, before: blocks.StreamValue
) -> tuple[blocks.StreamValue, list[str]]:
    """The stream that JSON rows describe, and what was taken out of HTML.

    Blocks that were in `before` keep their ids. Raises LineError.
    """
    known = dict(blocks_of(field.area))
    removed: list[str] = []
    stored: list[JSONBlock] = []
    for number, row in enumerate(rows, start=1):
        if field.area == "body":
            kind, value = _typed(row, known, f"{field.name}, block {number}")
        else:
            kind, value = next(iter(known)), row
        content, outsiders = _content(known[kind], value, f"{field.name}, block {number}")
        stored.append({"type": kind, "value": content})
        removed += outsiders
    _keep_ids(stored, _stored(before))
    stream = field.stream_block.to_python(stored)
    try:
        field.stream_block.clean(stream)
    except ValidationError as error:
        raise LineError(f"{field.name}: {_words(error)}") from error
    return stream, removed


def _stored(stream: blocks.StreamValue) -> list[JSONBlock]:
    stored: list[JSONBlock] = json.loads(DjangoJSONEncoder().encode(stream.get_prep_value()))
    return stored


def _typed(row: Any, known: dict[str, blocks.Block], where: str) -> tuple[str, Any]:
    kind = row.get("type") if isinstance(row, dict) else None
    if not isinstance(kind, str) or kind not in known:
        raise LineError(f"{where}: unknown type {kind!r}; there are {', '.join(known)}")
    if unknown := sorted(set(row) - {"type", "value", "id"}):
        raise LineError(f"{where}: unknown members {', '.join(unknown)}")
    return kind, row.get("value")


def _content(block: blocks.Block, value: Any, where: str) -> tuple[Any, list[str]]:
    """What to store for `value`, checked by the kind of block, and what was taken out of it."""
    if isinstance(block, blocks.RichTextBlock):
        return sanitised(expect(value, str, where))
    if isinstance(block, blocks.StructBlock):
        return _struct(block, value, where)
    if isinstance(block, blocks.ListBlock):
        parts = [_content(block.child_block, part, where) for part in expect(value, list, where)]
        return [part for part, _removed in parts], [
            name for _part, found in parts for name in found
        ]
    if isinstance(block, blocks.DateBlock):
        return iso_date(value, where).isoformat(), []
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock):
        return expect(value, str, where).strip(), []
    return value, []


def _struct(block: blocks.StructBlock, value: Any, where: str) -> tuple[JSONBlock, list[str]]:
    """Members that are null are left out; a bare text is the first member."""
    if isinstance(value, str):
        value = {next(iter(block.child_blocks)): value}
    members = expect(value, dict, where)
    if unknown := sorted(set(members) - set(block.child_blocks)):
        raise LineError(f"{where}: unknown members {', '.join(unknown)}")
    content, removed = {}, []
    for name, member in members.items():
        if member is not None:
            content[name], outsiders = _content(
                block.child_blocks[name], member, f"{where}, {name}"
            )
            removed += outsiders
    return content, removed


def _keep_ids(stored: list[JSONBlock], before: list[JSONBlock]) -> None:
    """Give blocks the ids they had: translations hang on them.

    Equal blocks first, wherever they stand now; then changed ones, in order, among their type.
    """

    def content(block: JSONBlock) -> tuple[str, str]:
        return block["type"], json.dumps(block["value"], sort_keys=True)

    for likeness in (content, lambda block: (block["type"], "")):
        free: dict[tuple[str, str], deque[str]] = defaultdict(deque)
        taken = {block.get("id") for block in stored}
        for block in before:
            if block["id"] not in taken:
                free[likeness(block)].append(block["id"])
        for block in stored:
            if "id" not in block and free[likeness(block)]:
                block["id"] = free[likeness(block)].popleft()


def expect(value: Any, kind: type, where: str) -> Any:
    """`value` if it is of that kind. Raises LineError that names the kind."""
    if not isinstance(value, kind):
        words = {str: "a text", list: "a list", dict: "an object", bool: "true or false"}
        raise LineError(f"{where}: {words.get(kind, 'a whole number')} is needed")
    return value


def iso_date(value: Any, where: str) -> date:
    """The date that an ISO text names. Raises LineError."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise LineError(f"{where}: {value!r} is no ISO date (2026-03-01)") from error


def _words(error: ValidationError) -> str:
    """What is wrong in which block: “block 2, url: Enter a valid URL.”"""
    inner = getattr(error, "block_errors", None)
    if isinstance(inner, dict) and inner:
        return "; ".join(
            f"block {place + 1}, {_words(part)}"
            if isinstance(place, int)
            else f"{place}: {_words(part)}"
            for place, part in inner.items()
        )
    return " ".join(str(message) for message in error.messages)
