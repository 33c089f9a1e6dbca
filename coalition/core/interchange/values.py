"""Values of page fields as the format writes them, and back.

`written(page, name)` gives JSON; `assign(page, name, value)` takes it and returns what was
taken out of HTML. Comparing `written` before and after tells whether a line changes anything.
"""

import json
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.dateparse import parse_date
from wagtail.blocks import RichTextBlock, StreamValue, StructBlock
from wagtail.fields import RichTextField

from coalition.core.blocks import blocks_of
from coalition.core.fields import PluginStreamField
from coalition.core.interchange.html import sanitised
from coalition.core.interchange.line import LineError
from coalition.core.models import CoalitionPage
from coalition.sections.models import sections_by_code


def written(page: CoalitionPage, name: str) -> Any:
    """The value of a field as JSON."""
    if child := _child_model(page, name):
        return [_row(item, child) for item in getattr(page, name).all()]
    field = page._meta.get_field(name)
    if isinstance(field, PluginStreamField):
        stream = _blocks(getattr(page, name))
        if field.area == "body":
            return stream
        return [block["value"] for block in stream]
    if isinstance(field, models.ManyToManyField):
        return sorted(section.code for section in getattr(page, name).all())
    value = getattr(page, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def assign(page: CoalitionPage, name: str, value: Any) -> list[str]:
    """Set a field from JSON. Returns what was taken out of HTML; raises LineError."""
    if child := _child_model(page, name):
        _assign_children(page, name, child, value)
        return []
    field = page._meta.get_field(name)
    if isinstance(field, PluginStreamField):
        return _assign_stream(page, field, value)
    if isinstance(field, RichTextField):
        clean, removed = sanitised(_expect(value or "", str, name))
        setattr(page, name, clean)
        return removed
    if isinstance(field, models.ManyToManyField):
        codes = _expect(value or [], list, name)
        found = sections_by_code(codes)
        if missing := sorted(set(codes) - set(found)):
            raise LineError(f"{name}: no section {', '.join(missing)}")
        setattr(page, name, [found[code] for code in codes])
        return []
    try:
        setattr(page, name, field.to_python(value if value is not None else field.get_default()))
    except ValidationError as error:
        raise LineError(f"{name}: {' '.join(error.messages)}") from error
    return []


def _child_model(page: CoalitionPage, name: str) -> type[models.Model] | None:
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LineError(f"{name}: {page.interchange_type} has no such field") from error
    return field.related_model if field.one_to_many else None


def _own_fields(child: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in child._meta.fields
        if not field.primary_key and not field.is_relation and field.name != "sort_order"
    ]


def _row(item: models.Model, child: type[models.Model]) -> dict[str, Any]:
    row = {field.name: getattr(item, field.name) for field in _own_fields(child)}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }


def _assign_children(
    page: CoalitionPage, name: str, child: type[models.Model], value: Any
) -> None:
    known = {field.name: field for field in _own_fields(child)}
    items = []
    for order, row in enumerate(_expect(value or [], list, name)):
        if unknown := set(_expect(row, dict, name)) - set(known):
            raise LineError(f"{name}: unknown members {', '.join(sorted(unknown))}")
        item = child(sort_order=order, **{key: _date_or(known[key], row[key]) for key in row})
        try:
            item.full_clean(exclude=["page"])
        except ValidationError as error:
            raise LineError(f"{name}: {' '.join(error.messages)}") from error
        items.append(item)
    setattr(page, name, items)


def _date_or(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.DateField) and isinstance(value, str):
        return parse_date(value) or value
    return value


def _expect(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind):
        words = {str: "a text", list: "a list", dict: "an object"}
        raise LineError(f"{name}: {words[kind]} is needed")
    return value


def _blocks(stream: StreamValue) -> list[dict[str, Any]]:
    raw = json.loads(DjangoJSONEncoder().encode(stream.get_prep_value()))
    return [{"type": block["type"], "value": block["value"]} for block in raw]


def _assign_stream(page: CoalitionPage, field: PluginStreamField, value: Any) -> list[str]:
    name = field.name
    known = dict(blocks_of(field.area))
    rows = _expect(value or [], list, name)
    if field.area != "body":
        only = next(iter(known))
        rows = [{"type": only, "value": row} for row in rows]
    before = list(getattr(page, name).get_prep_value())
    removed: list[str] = []
    raw = []
    for position, row in enumerate(rows):
        kind = row.get("type") if isinstance(row, dict) else None
        if kind not in known:
            raise LineError(f"{name}: unknown block {kind!r}; there are {', '.join(known)}")
        content, outsiders = _block_value(known[kind], row.get("value"), name)
        removed += outsiders
        block = {"type": kind, "value": content}
        # wagtail-localize finds translations by block id: never rewrite one that can stay.
        if position < len(before) and before[position]["type"] == kind:
            block["id"] = before[position]["id"]
        raw.append(block)
    setattr(page, name, raw)
    _clean_stream(page, field)
    return removed


def _block_value(block: Any, value: Any, name: str) -> tuple[Any, list[str]]:
    if isinstance(block, RichTextBlock):
        return sanitised(_expect(value, str, name))
    if isinstance(block, StructBlock):
        if isinstance(value, str):
            value = {next(iter(block.child_blocks)): value}
        known = set(block.child_blocks)
        if unknown := set(_expect(value, dict, name)) - known:
            raise LineError(f"{name}: unknown members {', '.join(sorted(unknown))}")
        return {child: value.get(child, "") for child in block.child_blocks}, []
    return _expect(value, str, name), []


def _clean_stream(page: CoalitionPage, field: PluginStreamField) -> None:
    try:
        field.stream_block.clean(getattr(page, field.name))
    except ValidationError as error:
        raise LineError(f"{field.name}: a block is not valid ({_words(error)})") from error


def _words(error: ValidationError) -> str:
    blocks = getattr(error, "block_errors", None) or {}
    if isinstance(blocks, dict) and blocks:
        return "; ".join(f"{place}: {_words(inner)}" for place, inner in blocks.items())
    return " ".join(str(message) for message in error.messages)
