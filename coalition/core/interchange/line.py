"""One line of the format: parsed and checked before anything is written."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from coalition.core import languages
from coalition.core.interchange.types import page_types
from coalition.core.models.key import KEY_PATTERN

_KNOWN = {
    "key",
    "language",
    "source_language",
    "section",
    "type",
    "live",
    "slug",
    "title",
    "body",
    "tags",
    "first_published",
    "parent",
    "fields",
}


class LineError(ValueError):
    """Why a line cannot go in, in words for the person who wrote the file."""


@dataclass(frozen=True)
class Line:
    """A page in one language. `live` is None where the line does not say."""

    key: str
    language: str
    source_language: str
    section: str | None
    type: str
    slug: str
    title: str
    live: bool | None = None
    body: list[dict[str, Any]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    first_published: datetime | None = None
    parent: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def parse(text: str) -> Line:
    """The line's content. Raises LineError with the first thing that is wrong."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise LineError(f"this is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise LineError("a line is an object: {\"key\": …, \"language\": …}")
    if unknown := sorted(set(data) - _KNOWN):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    line = Line(
        key=_text(data, "key"),
        language=_language(data, "language"),
        source_language=_language(data, "source_language", data.get("language")),
        section=_text(data, "section", None) if data.get("section") is not None else None,
        type=_text(data, "type"),
        slug=_text(data, "slug"),
        title=_text(data, "title"),
        live=_live(data),
        body=_list_of(data, "body", dict),
        tags=_list_of(data, "tags", str),
        first_published=_date(data),
        parent=_text(data, "parent", None) if data.get("parent") is not None else None,
        fields=_fields(data),
    )
    if not re.match(KEY_PATTERN, line.key):
        raise LineError(f"key “{line.key}”: use up to 81 of a–z, 0–9 and hyphens")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,200}", line.slug):
        raise LineError(f"slug “{line.slug}”: use lower-case ASCII letters, digits and hyphens")
    if line.type not in page_types():
        known = ", ".join(sorted(page_types()))
        raise LineError(f"unknown type “{line.type}”; there are {known}")
    return line


def _text(data: dict[str, Any], name: str, default: str | None = "") -> str:
    value = data.get(name, default)
    if not isinstance(value, str) or not value.strip():
        raise LineError(f"{name}: a text is missing")
    return value.strip()


def _language(data: dict[str, Any], name: str, default: Any = None) -> str:
    code = data.get(name, default)
    if not isinstance(code, str) or not languages.is_known(code):
        raise LineError(
            f"{name}: unknown language {code!r}; there are {', '.join(languages.codes())}"
        )
    return code


def _live(data: dict[str, Any]) -> bool | None:
    live = data.get("live")
    if live is not None and not isinstance(live, bool):
        raise LineError("live: use true or false")
    return live


def _list_of(data: dict[str, Any], name: str, kind: type) -> list[Any]:
    value = data.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        what = "objects with type and value" if kind is dict else "texts"
        raise LineError(f"{name}: a list of {what} is needed")
    return value


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    fields = data.get("fields") or {}
    if not isinstance(fields, dict):
        raise LineError("fields: an object is needed")
    return fields


def _date(data: dict[str, Any]) -> datetime | None:
    value = data.get("first_published")
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise LineError(f"first_published: {value!r} is no ISO date (2026-03-01)") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
