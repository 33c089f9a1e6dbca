"""Values of page fields as the format writes them, and back.

`written(page, name)` gives JSON; `assign(page, name, value)` takes it and returns what was
taken out of HTML. Comparing `written` before and after tells whether a line changes anything.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

from coalition.core.fields import PluginStreamField
from coalition.core.interchange import streams
from coalition.core.interchange.block_values import Finder, expect, iso_date
from coalition.core.interchange.line import LineError
from coalition.core.interchange.names import STORED, MissingError, Names
from coalition.core.models import CoalitionDocument, CoalitionImage, CoalitionPage
from coalition.sections.models import Section, sections_by_code

NAMED: dict[type[models.Model], str] = {
    CoalitionImage: "picture",
    CoalitionDocument: "document",
    Page: "page",
}
"""Models whose rows the format has names for."""


def written(page: CoalitionPage, name: str, names: Names = STORED) -> Any:
    """The value of a field as JSON."""
    field = _field(page, name)
    if isinstance(field, models.ForeignKey):
        return _chosen(page, field, names)
    if field.one_to_many:
        return [_row(item) for item in getattr(page, name).all()]
    if isinstance(field, PluginStreamField):
        return streams.written(getattr(page, name), field, names)
    if isinstance(field, RichTextField):
        return names.html(getattr(page, name))
    if isinstance(field, models.ManyToManyField):
        return sorted(section.code for section in getattr(page, name).all())
    return _plain(getattr(page, name))


def assign(page: CoalitionPage, name: str, value: Any, finder: Finder) -> list[str]:
    """Set a field from JSON; null empties it. Returns what was taken out of HTML.

    Raises LineError.
    """
    field = _field(page, name)
    if isinstance(field, models.ForeignKey):
        _choose(page, field, value, finder)
    elif field.one_to_many:
        _assign_children(page, name, field.related_model, value)
    elif isinstance(field, PluginStreamField):
        rows = expect([] if value is None else value, list, name)
        stream, removed = streams.read(rows, field, getattr(page, name), finder)
        setattr(page, name, stream)
        return removed
    elif isinstance(field, RichTextField):
        clean, removed = finder.html(expect(value or "", str, name), name)
        if clean != STORED.html(getattr(page, name)):
            setattr(page, name, clean)
        return removed
    elif isinstance(field, models.ManyToManyField):
        _assign_sections(page, name, value)
    else:
        setattr(page, name, _python(field, value, name))
    return []


def _field(page: CoalitionPage, name: str) -> Any:
    try:
        return page._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LineError(f"fields: {page.interchange_type} has no {name}") from error


def _chosen(page: CoalitionPage, field: Any, names: Names) -> Any:
    """The name of what a field chooses; with the words for it where the page has a field for them.

    A picture `image` with its words in `image_alt` is {"image": "media/…", "alt": "…"}.
    """
    pk, alt = getattr(page, field.attname), f"{field.name}_alt"
    try:
        chosen = None if pk is None else getattr(names, _kind(field))(pk)
    except MissingError as error:
        names.left_out(error)
        chosen = None
    if chosen is None or not hasattr(page, alt):
        return chosen
    return {"image": chosen, "alt": getattr(page, alt).strip()}


def _choose(page: CoalitionPage, field: Any, value: Any, finder: Finder) -> None:
    """Set what a field chooses; what is not there leaves it as it is."""
    alt = f"{field.name}_alt"
    words, chosen = "", value
    if value is not None and hasattr(page, alt):
        members = expect(value, dict, field.name)
        if unknown := sorted(set(members) - {"image", "alt"}):
            raise LineError(f"{field.name}: unknown members {', '.join(unknown)}")
        words = _python(page._meta.get_field(alt), members.get("alt") or "", f"{field.name}, alt")
        if not words:
            raise LineError(f"{field.name}, alt: say in one sentence what the picture tells")
        chosen = members.get("image")
    try:
        pk = None if value is None else finder.find(_kind(field), chosen, field.name)
    except MissingError as error:
        finder.left_out(field.name, error)
        return
    setattr(page, field.attname, pk)
    if hasattr(page, alt):
        setattr(page, alt, words)


def is_nameless(field: Any) -> bool:
    """Whether a field, or one of its rows, chooses what the format has no name for."""
    if field.one_to_many:
        others = [other for other in field.related_model._meta.fields if other.is_relation]
        return any(other is not field.remote_field for other in others)
    if isinstance(field, models.ManyToManyField):
        return not issubclass(field.related_model, Section)
    if isinstance(field, models.ForeignKey):
        return not issubclass(field.related_model, tuple(NAMED))
    return False


def _kind(field: Any) -> str:
    for model, kind in NAMED.items():
        if issubclass(field.related_model, model):
            return kind
    raise LineError(f"{field.name}: what this field chooses has no name in the format")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _python(field: Any, value: Any, where: str) -> Any:
    """What Django keeps for a JSON value, which has to be of the field's kind."""
    if value is None:
        return field.get_default()
    if isinstance(field, models.BooleanField):
        return expect(value, bool, where)
    if isinstance(field, models.IntegerField):
        return expect(None if isinstance(value, bool) else value, int, where)
    if isinstance(field, models.DateField):
        return iso_date(value, where)
    if isinstance(field, models.CharField | models.TextField):
        text: str = expect(value, str, where).strip()
        # Django checks the length of a TextField in forms only.
        if field.max_length and len(text) > field.max_length:
            raise LineError(f"{where}: {len(text)} characters; {field.max_length} is the most")
        return text
    try:
        return field.to_python(value)
    except ValidationError as error:
        raise LineError(f"{where}: {' '.join(error.messages)}") from error


def _assign_sections(page: CoalitionPage, name: str, value: Any) -> None:
    codes = [expect(code, str, name).lower() for code in expect(value or [], list, name)]
    found = sections_by_code(codes)
    if missing := sorted(set(codes) - set(found)):
        raise LineError(f"{name}: there is no section {', '.join(missing)}")
    setattr(page, name, [found[code] for code in dict.fromkeys(codes)])


def _own_fields(child: type[models.Model]) -> dict[str, Any]:
    return {
        field.name: field
        for field in child._meta.fields
        if not field.primary_key and not field.is_relation and field.name != "sort_order"
    }


def _row(item: models.Model) -> dict[str, Any]:
    return {name: _plain(getattr(item, name)) for name in _own_fields(type(item))}


def _assign_children(page: CoalitionPage, name: str, child: type[models.Model], value: Any) -> None:
    """Rows keep their ids by position, so that one that is unchanged is not made anew."""
    known = _own_fields(child)
    ids = [item.pk for item in getattr(page, name).all()]
    items = []
    for order, row in enumerate(expect(value or [], list, name)):
        where = f"{name}, {order + 1}"
        if unknown := sorted(set(expect(row, dict, where)) - set(known)):
            raise LineError(f"{where}: unknown members {', '.join(unknown)}")
        values = {key: _python(known[key], row[key], f"{where}, {key}") for key in row}
        item = child(sort_order=order, pk=ids[order] if order < len(ids) else None, **values)
        try:
            item.clean_fields(exclude=["page"])
            item.clean()
        except ValidationError as error:
            raise LineError(f"{where}: {validation_words(error)}") from error
        items.append(item)
    setattr(page, name, items)


def validation_words(error: ValidationError) -> str:
    """“goal: Enter a whole number.” for each field."""
    if hasattr(error, "message_dict"):
        return "; ".join(
            f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
        )
    return " ".join(error.messages)
