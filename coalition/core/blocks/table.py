"""Tables: small enough for a phone, with headings for those who listen to them."""

from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

# More than that no one follows on a phone; what is longer is a document.
MAX_CELLS = 500


def _is_translated(column: dict[str, Any]) -> bool:
    return bool(column["block"].name != "number")


def _path(text: str) -> str:
    """The place of a text among the segments: it stays when rows and columns move."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


class TableBlock(TypedTableBlock):
    """A table with a caption, a heading for every column and, in a column of its own, every row.

    Stored and interchanged as {"caption", "columns": [{"type", "heading"}], "rows": [{"values":
    [text, …]}]}; `type` is `row_heading`, `text` or `number`. Each text is translated once,
    wherever and how often it stands; columns of numbers are not.
    """

    row_heading = blocks.CharBlock(label=_("Headings of the rows"), max_length=200, required=False)
    text = blocks.CharBlock(label=_("Text"), max_length=500, required=False)
    number = blocks.CharBlock(label=_("Numbers"), max_length=40, required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "core/blocks/table.html"
        description = _("Facts in rows and columns.")
        help_text = _(
            "Begin with a column “Headings of the rows”, so that people who listen to the table "
            "know where they are. Use one fact for each cell. Columns of numbers are not offered "
            "to translators."
        )
        default = {
            "caption": "",
            "columns": [{"type": "row_heading", "heading": ""}, {"type": "text", "heading": ""}],
            "rows": [{"values": ["", ""]}],
        }
        preview_value = {
            "caption": _("Who was heard before land was leased"),
            "columns": [
                {"type": "row_heading", "heading": _("Province")},
                {"type": "text", "heading": _("Hearing")},
                {"type": "number", "heading": _("Families")},
            ],
            "rows": [
                {"values": [_("Coast"), _("none"), "1 240"]},
                {"values": [_("Highlands"), _("one, in the capital"), "310"]},
            ],
        }

    def to_python(self, value: Any) -> TypedTable:
        """The table; what is no table is an empty one, so that no stored value breaks a page."""
        value = value if isinstance(value, dict) else {}
        columns = [
            {
                "block": self.child_blocks.get(str(column.get("type")), self.child_blocks["text"]),
                "heading": _as_text(column.get("heading")),
            }
            for column in _dicts(value.get("columns"))
        ]
        rows = [
            {"values": [_as_text(cell) for cell in _list(row.get("values"))]}
            for row in _dicts(value.get("rows"))
        ]
        return TypedTable(columns=columns, row_data=rows, caption=_as_text(value.get("caption")))

    def clean(self, table: TypedTable) -> TypedTable:
        """As Wagtail; raises ValidationError for what is too large or lacks headings."""
        width, height = len(table.columns), len(table.row_data)
        if width * height > MAX_CELLS:
            raise ValidationError(
                _(
                    "This table has %(cells)d cells; %(most)d is the most. Split it into several "
                    "tables, or attach it as a document."
                ),
                params={"cells": width * height, "most": MAX_CELLS},
            )
        for number, row in enumerate(table.row_data, start=1):
            if len(row["values"]) != width:
                raise ValidationError(
                    _("Row %(row)d has %(cells)d cells, but there are %(columns)d columns."),
                    params={"row": number, "cells": len(row["values"]), "columns": width},
                )
        if not self.is_deferred_validation:
            _check_headings(table)
        return super().clean(table)

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        """What wagtail-localize offers to translators: each text once."""
        texts = dict.fromkeys(filter(None, self._texts(table)))
        return [StringSegmentValue(_path(text), text) for text in texts]

    def restore_translated_segments(
        self, table: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        """The table with its texts replaced by their translations."""
        translations: dict[str, str] = {segment.path: segment.render_text() for segment in segments}

        def translated(text: str) -> str:
            return translations.get(_path(text), text)

        return TypedTable(
            caption=translated(table.caption),
            columns=[
                {**column, "heading": translated(column["heading"])} for column in table.columns
            ],
            row_data=[
                {
                    "values": [
                        translated(cell) if _is_translated(column) else cell
                        for column, cell in zip(table.columns, row["values"], strict=False)
                    ]
                }
                for row in table.row_data
            ],
        )

    def longest(self, table: TypedTable) -> dict[str, int]:
        """How long each text may be where it stands in cells, by its path among the segments."""
        found: dict[str, int] = {}
        for row in table.row_data:
            for column, cell in zip(table.columns, row["values"], strict=False):
                most = column["block"].field.max_length
                found[_path(cell)] = min(most, found.get(_path(cell), most))
        return found

    @staticmethod
    def _texts(table: TypedTable) -> list[str]:
        cells = [
            cell
            for row in table.row_data
            for column, cell in zip(table.columns, row["values"], strict=False)
            if _is_translated(column)
        ]
        return [table.caption, *(column["heading"] for column in table.columns), *cells]


def _check_headings(table: TypedTable) -> None:
    if not table.row_data or not table.columns:
        raise ValidationError(_("Add a column and a row to this table, or remove it."))
    if not table.caption.strip():
        raise ValidationError(_("Say in the caption what this table shows."))
    if not all(column["heading"].strip() for column in table.columns):
        raise ValidationError(
            _("Give every column a heading: people who listen to a table know a cell by it.")
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
