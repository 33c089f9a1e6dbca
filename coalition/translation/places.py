"""Where the segments of a page stand: what people call the field or block, and what fits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.strings import StringValue

NESTED = (blocks.BaseStructBlock, blocks.BaseStreamBlock, blocks.ListBlock)


@dataclass(frozen=True)
class Place:
    """`group` is one field or one block of a body; `label` is the part of it, if it has parts."""

    group: str
    heading: str
    label: str = ""
    rich: bool = False
    one_line: bool = False
    max_length: int | None = None

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return " – ".join(filter(None, [self.heading, self.label]))

    def shown(self, data: str) -> str:
        """What translators read and write: rich text with its tags, other text as it is."""
        return data if self.rich else str(StringValue(data).render_text())

    def stored(self, text: str) -> str:
        """The way back. The text has been checked."""
        kind = StringValue.from_translated_html if self.rich else StringValue.from_plaintext
        return str(kind(text).data)


class Places:
    """The places of one page, found as they are asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._found: dict[str, Place] = {}
        self._children: dict[str, dict[str, Any]] = {}

    def at(self, path: str) -> Place:
        """The place that a segment's path names."""
        if path not in self._found:
            self._found[path] = self._find(path)
        return self._found[path]

    def _find(self, path: str) -> Place:
        name, *parts = path.split(".")
        field: Any = self.page._meta.get_field(name)
        if isinstance(field, StreamField):
            return self._in_stream(field, parts)
        if isinstance(field, models.ManyToOneRel):
            child: Any = field.related_model._meta.get_field(parts[1])
            heading = str(field.related_model._meta.verbose_name)
            return _of_field(child, f"{name}.{parts[0]}", _begin(heading), _begin(child))
        return _of_field(field, name, _begin(field))

    def _in_stream(self, field: Any, parts: Sequence[str]) -> Place:
        value = field.value_from_object(self.page)
        if field.name not in self._children:
            self._children[field.name] = {child.id: child for child in value}
        top, *rest = parts
        child = self._children[field.name][top]
        block, inner, labels = child.block, child.value, []
        while rest and isinstance(block, NESTED):
            block, inner, label = _step(block, inner, rest.pop(0))
            labels.append(label)
        heading = str(child.block.label)
        # What a plugin's field is for tells more than its block when there is but one kind.
        if field.name != "body":
            heading = f"{_begin(field)} – {heading}"
        return Place(
            group=f"{field.name}.{top}",
            heading=heading,
            label=" – ".join(filter(None, labels)),
            rich=isinstance(block, blocks.RichTextBlock),
            one_line=isinstance(block, blocks.CharBlock) or bool(rest),
            max_length=_longest(block, inner, rest),
        )


def _step(block: Any, value: Any, part: str) -> tuple[Any, Any, str]:
    """One part of a path down: the block there, its value and what it is called."""
    if isinstance(block, blocks.BaseStreamBlock):
        child = next(child for child in value if child.id == part)
        return child.block, child.value, str(child.block.label)
    if isinstance(block, blocks.ListBlock):
        number, item = next(
            (number, item)
            for number, item in enumerate(value.bound_blocks, start=1)
            if item.id == part
        )
        return item.block, item.value, str(number)
    inner = block.child_blocks[part]
    # The value of a picture with its text is a picture.
    return inner, value[part] if isinstance(value, dict) else None, str(inner.label)


def _longest(block: Any, value: Any, parts: Sequence[str]) -> int | None:
    if parts and hasattr(block, "longest"):
        found: int | None = block.longest(value).get(parts[0])
        return found
    return getattr(getattr(block, "field", None), "max_length", None)


def _of_field(field: Any, group: str, heading: str, label: str = "") -> Place:
    return Place(
        group=group,
        heading=heading,
        label=label,
        rich=isinstance(field, RichTextField),
        one_line=not isinstance(field, models.TextField),
        max_length=field.max_length,
    )


def _begin(named: Any) -> str:
    """A name as it stands above something."""
    name = named if isinstance(named, str) else str(named.verbose_name)
    return name[:1].upper() + name[1:]
