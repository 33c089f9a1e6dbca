"""The value of one block: as the format writes it, and as it is stored.

They differ in lists, whose items are stored with ids, and in nothing else.
"""

from datetime import date
from typing import Any

from wagtail import blocks

from coalition.core.interchange.html import sanitised
from coalition.core.interchange.line import LineError

ITEM = "item"
TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.ChoiceBlock)
JSONBlock = dict[str, Any]
"""A block, or an item of a list, as it is stored: type, value, id."""


def to_json(block: blocks.Block, stored: Any) -> Any:
    """A stored value as the format writes it."""
    if isinstance(block, blocks.ListBlock):
        return [to_json(block.child_block, value) for value in _items(stored)]
    if isinstance(block, blocks.StructBlock):
        return {
            name: to_json(child, stored.get(name))
            for name, child in block.child_blocks.items()
            if name in stored
        }
    return stored


def _items(stored: Any) -> list[Any]:
    """The values of a list, which older rows hold without ids."""
    return [item["value"] if is_item(item) else item for item in stored or ()]


def is_item(item: Any) -> bool:
    """Whether that is an item of a list as it is stored now, with an id."""
    return isinstance(item, dict) and item.get("type") == ITEM and "id" in item


def from_json(block: blocks.Block, value: Any, where: str) -> tuple[Any, list[str]]:
    """What to store for `value`, still without ids, and what was taken out of its HTML.

    Raises LineError where a value is of the wrong kind; whether it is allowed, the block says.
    """
    if isinstance(block, blocks.RichTextBlock):
        return sanitised(expect(value, str, where))
    if isinstance(block, blocks.StructBlock):
        return _struct(block, value, where)
    if isinstance(block, blocks.ListBlock):
        return _list(block, value, where)
    if isinstance(block, blocks.ChooserBlock):
        raise LineError(f"{where}: pictures, files and pages cannot be imported into blocks")
    if isinstance(block, blocks.DateBlock):
        return iso_date(value, where).isoformat(), []
    if isinstance(block, TEXTS):
        return expect(value, str, where).strip(), []
    return value, []


def _struct(block: blocks.StructBlock, value: Any, where: str) -> tuple[JSONBlock, list[str]]:
    """A bare text is the first member; a text that is null or missing is empty."""
    if isinstance(value, str):
        value = {next(iter(block.child_blocks)): value}
    members = expect(value, dict, where)
    if unknown := sorted(set(members) - set(block.child_blocks)):
        raise LineError(f"{where}: unknown members {', '.join(unknown)}")
    content: JSONBlock = {}
    removed: list[str] = []
    for name, child in block.child_blocks.items():
        member = members.get(name)
        if member is not None:
            content[name], outsiders = from_json(child, member, f"{where}, {name}")
            removed += outsiders
        elif isinstance(child, TEXTS):
            content[name] = ""
    return content, removed


def _list(block: blocks.ListBlock, value: Any, where: str) -> tuple[list[JSONBlock], list[str]]:
    items: list[JSONBlock] = []
    removed: list[str] = []
    for number, part in enumerate(expect(value, list, where), start=1):
        content, outsiders = from_json(block.child_block, part, f"{where}, {number}")
        items.append({"type": ITEM, "value": content})
        removed += outsiders
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
