"""The value of one block: as the format writes it, and as it is stored.

They differ in lists, whose items are stored with ids, and in what names pages and files.
"""

from datetime import date
from typing import Any, Protocol

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from coalition.core.interchange.line import LineError
from coalition.core.interchange.names import STORED, MissingError, Names

ITEM = "item"
TEXTS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.ChoiceBlock,
)
CHOOSERS = {
    ImageChooserBlock: "picture",
    DocumentChooserBlock: "document",
    blocks.PageChooserBlock: "page",
}
"""Blocks that name something, and the method that knows its name."""
TOO_FEW = "too little is left of it"
JSONBlock = dict[str, Any]
"""A block, or an item of a list, as it is stored: type, value, id."""


class Finder(Protocol):
    """Finds what a line names, here and in its folder. A `draft` may lack what is required."""

    draft: bool

    def find(self, kind: str, name: Any, where: str) -> int:
        """The id of a `picture`, `document` or `page`; raises LineError, MissingError."""

    def html(self, html: str, where: str) -> tuple[str, list[str]]:
        """HTML to store, and the names of what was taken out of it."""

    def left_out(self, where: str, error: MissingError) -> None:
        """Told of what is not there and therefore not stored."""


def to_json(block: blocks.Block, stored: Any, names: Names = STORED) -> Any:
    """A stored value as the format writes it; raises MissingError."""
    if isinstance(block, blocks.RichTextBlock):
        return names.html(stored or "")
    if isinstance(block, blocks.ListBlock):
        return _list_to_json(block, _items(stored), names)
    if isinstance(block, blocks.StructBlock):
        return {
            name: _member_to_json(child, _of_member(child, name, stored), names)
            for name, child in block.child_blocks.items()
        }
    if kind := chooser_of(block):
        return None if stored is None else getattr(names, kind)(stored)
    if isinstance(block, TEXTS):
        return str(stored or "").strip()
    # Members always in the same order, wherever they came from.
    return stored if isinstance(block, blocks.FieldBlock) else _as_stored(block, stored)


def _as_stored(block: blocks.Block, value: Any) -> Any:
    return block.get_prep_value(block.to_python(value))


def _of_member(block: blocks.Block, name: str, stored: JSONBlock) -> Any:
    """The stored value of a member; its default in rows that are older than the member."""
    return stored[name] if name in stored else block.get_prep_value(block.get_default())


def _list_to_json(block: blocks.ListBlock, values: list[Any], names: Names) -> list[Any]:
    written = []
    for value in values:
        try:
            written.append(to_json(block.child_block, value, names))
        except MissingError as error:
            names.left_out(error)
    if len(written) < len(values) and len(written) < (block.meta.min_num or 0):
        raise MissingError(TOO_FEW)
    return written


def _member_to_json(block: blocks.Block, stored: Any, names: Names) -> Any:
    try:
        return to_json(block, stored, names)
    except MissingError as error:
        if block.required:
            raise
        names.left_out(error)
        return None


def chooser_of(block: blocks.Block) -> str | None:
    """What a block chooses, None when it chooses nothing that the format knows."""
    return next((kind for model, kind in CHOOSERS.items() if isinstance(block, model)), None)


def _items(stored: Any) -> list[Any]:
    """The values of a list, which older rows hold without ids."""
    return [item["value"] if is_item(item) else item for item in stored or ()]


def is_item(item: Any) -> bool:
    """Whether that is an item of a list as it is stored now, with an id."""
    return isinstance(item, dict) and item.get("type") == ITEM and "id" in item


def from_json(block: blocks.Block, value: Any, where: str, finder: Finder) -> tuple[Any, list[str]]:
    """What to store for `value`, still without ids, and what was taken out of its HTML.

    Raises LineError where a value is of the wrong kind (whether it is allowed, the block says),
    and MissingError where nothing can be stored without what it names.
    """
    if isinstance(block, blocks.RichTextBlock):
        return finder.html(expect(value, str, where), where)
    if isinstance(block, blocks.StructBlock):
        return _struct(block, value, where, finder)
    if isinstance(block, blocks.ListBlock):
        return _list(block, value, where, finder)
    if kind := chooser_of(block):
        return finder.find(kind, value, where), []
    if isinstance(block, blocks.ChooserBlock):
        raise LineError(f"{where}: what this block chooses cannot be imported")
    if isinstance(block, blocks.DateBlock):
        return iso_date(value, where).isoformat(), []
    if isinstance(block, TEXTS):
        return expect(value, str, where).strip(), []
    return value, []


def _struct(
    block: blocks.StructBlock, value: Any, where: str, finder: Finder
) -> tuple[JSONBlock, list[str]]:
    """A bare text is the first member; a text that is null or missing is empty."""
    if isinstance(value, str):
        value = {next(iter(block.child_blocks)): value}
    members = expect(value, dict, where)
    if unknown := sorted(set(members) - set(block.child_blocks)):
        there = ", ".join(block.child_blocks)
        raise LineError(f"{where}: unknown members {', '.join(unknown)}; there are {there}")
    content: JSONBlock = {}
    removed: list[str] = []
    for name, child in block.child_blocks.items():
        member = members.get(name)
        if member is not None:
            content[name], outsiders = _member(child, member, f"{where}, {name}", finder)
            removed += outsiders
        elif isinstance(child, TEXTS):
            content[name] = ""
    return content, removed


def _member(block: blocks.Block, value: Any, where: str, finder: Finder) -> tuple[Any, list[str]]:
    try:
        return from_json(block, value, where, finder)
    except MissingError as error:
        if block.required:
            raise
        finder.left_out(where, error)
        return None, []


def _list(
    block: blocks.ListBlock, value: Any, where: str, finder: Finder
) -> tuple[list[JSONBlock], list[str]]:
    items: list[JSONBlock] = []
    removed: list[str] = []
    values = expect(value, list, where)
    for number, part in enumerate(values, start=1):
        place = f"{where}, {number}"
        try:
            content, outsiders = from_json(block.child_block, part, place, finder)
        except MissingError as error:
            finder.left_out(place, error)
            continue
        items.append({"type": ITEM, "value": content})
        removed += outsiders
    if len(items) < len(values) and len(items) < (block.meta.min_num or 0):
        raise MissingError(TOO_FEW)
    return items, removed


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
