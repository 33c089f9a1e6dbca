"""Bodies and other streams of blocks, as the format writes them."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks

from coalition.core.blocks import blocks_of
from coalition.core.fields import PluginStreamField
from coalition.core.interchange.block_values import (
    ITEM,
    Finder,
    JSONBlock,
    from_json,
    is_item,
    to_json,
)
from coalition.core.interchange.line import LineError
from coalition.core.interchange.names import STORED, MissingError, Names

Kinds = Mapping[str, blocks.Block]


def written(
    stream: blocks.StreamValue, field: PluginStreamField, names: Names = STORED
) -> list[Any]:
    """The blocks as JSON: with their types, or as bare values where there is one type alone."""
    kinds = dict(blocks_of(field.area))
    rows = []
    for block in _stored(stream):
        try:
            rows.append({"type": block["type"], "value": _value(kinds, block, names)})
        except MissingError as error:
            names.left_out(error)
    return rows if _says_types(field, kinds) else [row["value"] for row in rows]


def read(
    rows: Sequence[Any], field: PluginStreamField, before: blocks.StreamValue, finder: Finder
) -> tuple[blocks.StreamValue, list[str]]:
    """The stream that JSON rows describe, and what was taken out of HTML.

    Blocks that were in `before` keep their ids. Raises LineError.
    """
    kinds = dict(blocks_of(field.area))
    removed: list[str] = []
    new: list[JSONBlock] = []
    for number, row in enumerate(rows, start=1):
        where = f"{field.name}, block {number}"
        kind, value = (
            _typed(row, kinds, where) if _says_types(field, kinds) else _bare(row, kinds, where)
        )
        try:
            content, outsiders = from_json(kinds[kind], value, where, finder)
        except MissingError as error:
            finder.left_out(where, error)
            continue
        new.append({"type": kind, "value": content})
        removed += outsiders
    _keep_ids(kinds, new, _stored(before))
    try:
        stream = field.stream_block.to_python(new)
        block = field.stream_block
        block.clean_deferred(stream) if finder.draft else block.clean(stream)
    except ValidationError as error:
        raise LineError(f"{field.name}: {_words(error)}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LineError(f"{field.name}: a value is not of the kind its block takes") from error
    return stream, removed


def _stored(stream: blocks.StreamValue) -> list[JSONBlock]:
    stored: list[JSONBlock] = json.loads(DjangoJSONEncoder().encode(stream.get_prep_value()))
    return stored


def _typed(row: Any, kinds: Kinds, where: str) -> tuple[str, Any]:
    kind = row.get("type") if isinstance(row, dict) else None
    if not isinstance(kind, str) or kind not in kinds:
        raise LineError(f"{where}: unknown type {kind!r}; there are {', '.join(kinds)}")
    if unknown := sorted(set(row) - {"type", "value"}):
        raise LineError(f"{where}: unknown members {', '.join(unknown)}")
    return kind, row.get("value")


def _says_types(field: PluginStreamField, kinds: Kinds) -> bool:
    return field.area == "body" or len(kinds) != 1


def _bare(row: Any, kinds: Kinds, where: str) -> tuple[str, Any]:
    kind = next(iter(kinds))
    if isinstance(row, dict) and row.get("type") == kind and set(row) == {"type", "value"}:
        raise LineError(f"{where}: write the value alone, without type and value around it")
    return kind, row


def _value(kinds: Kinds, block: JSONBlock, names: Names = STORED) -> Any:
    """The value as the format writes it; as it is stored where no plugin knows the block."""
    kind = kinds.get(block["type"])
    return to_json(kind, block["value"], names) if kind else block["value"]


def _keep_ids(kinds: Kinds, new: list[JSONBlock], before: list[JSONBlock]) -> None:
    """Give blocks the ids they had: translations hang on them.

    Equal blocks first, wherever they stand now; then changed ones, in order, among their type.
    """

    def content(block: JSONBlock) -> tuple[str, str]:
        return block["type"], json.dumps(_value(kinds, block), sort_keys=True)

    for block, old in _pairs(content, new, before):
        block.update(old)
    likest = _pairs(lambda block: (block["type"], ""), new, before)
    for block, old in likest:
        block["id"] = old["id"]
        _keep_ids_within(kinds[block["type"]], block["value"], old["value"])
    for block in new:
        if "id" not in block:
            block["id"] = str(uuid4())
            _keep_ids_within(kinds[block["type"]], block["value"], None)


def _pairs(
    likeness: Callable[[JSONBlock], tuple[str, str]],
    new: list[JSONBlock],
    before: list[JSONBlock],
) -> list[tuple[JSONBlock, JSONBlock]]:
    """New blocks without an id, each with the first old one like it whose id is free."""
    taken = {block.get("id") for block in new}
    free: dict[tuple[str, str], deque[JSONBlock]] = defaultdict(deque)
    for block in before:
        if block["id"] not in taken:
            free[likeness(block)].append(block)
    return [
        (block, free[likeness(block)].popleft())
        for block in new
        if "id" not in block and free[likeness(block)]
    ]


def _keep_ids_within(block: blocks.Block, value: Any, before: Any) -> None:
    """The same for the items of lists inside a block."""
    if isinstance(block, blocks.ListBlock):
        _keep_ids({ITEM: block.child_block}, value, list(filter(is_item, before or ())))
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if value.get(name) is not None:
                _keep_ids_within(child, value[name], (before or {}).get(name))


def _words(error: ValidationError, unit: str = "block ") -> str:
    """What is wrong in which block: “block 2, url: Enter a valid URL.”"""
    inner = getattr(error, "block_errors", None)
    if not inner:
        return " ".join(str(message) for message in error.messages)
    return "; ".join(
        f"{unit}{place + 1}, {_words(part, '')}"
        if isinstance(place, int)
        else f"{place}: {_words(part, '')}"
        for place, part in inner.items()
    )
