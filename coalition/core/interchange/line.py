"""One line of the format: parsed and checked before anything is written."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from coalition.core import languages
from coalition.core.interchange.types import page_types
from coalition.core.models.key import KEY_PATTERN

SLUG_PATTERN = r"[a-z0-9][a-z0-9_-]{0,200}"
# An escape that is not itself escaped, as json.dumps writes it.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_HALF = re.compile("[\ud800-\udfff]")
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
    """A page in one language. What is None was not said and stays as it is."""

    key: str
    language: str
    source_language: str
    section: str | None
    type: str
    slug: str
    title: str
    live: bool | None = None
    body: list[Any] | None = None
    tags: list[str] | None = None
    first_published: datetime | None = None
    parent: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def parse(text: str) -> Line:
    """The line's content. Raises LineError with the first thing that is wrong."""
    data = json_object(text, example='{"key": …, "language": …}')
    if unknown := sorted(set(data) - _KNOWN):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    line = Line(
        key=_text(data, "key"),
        language=_language(data, "language"),
        source_language=_language(data, "source_language", data.get("language")),
        section=_optional_text(data, "section"),
        type=_text(data, "type"),
        slug=_text(data, "slug"),
        title=_text(data, "title"),
        live=_optional(data, "live", bool, "true or false"),
        body=_optional(data, "body", list, "a list of objects with type and value"),
        tags=_tags(data),
        first_published=_date(data),
        parent=_optional_text(data, "parent"),
        fields=_optional(data, "fields", dict, "an object") or {},
    )
    if line.type not in page_types():
        known = ", ".join(sorted(page_types()))
        raise LineError(f"unknown type “{line.type}”; there are {known}")
    for name, key in (("key", line.key), ("parent", line.parent)):
        if key is not None and not re.fullmatch(KEY_PATTERN, key):
            raise LineError(f"{name} “{key[:90]}”: use 1 to 81 of a–z, 0–9 and hyphens")
    if not re.fullmatch(SLUG_PATTERN, line.slug):
        raise LineError(
            f"slug “{line.slug[:90]}”: use lower-case ASCII letters, digits and hyphens"
        )
    return line


def json_object(text: str, *, example: str) -> dict[str, Any]:
    """The JSON object that a line holds. Raises LineError, with an `example` of one."""
    try:
        data = json.loads(text)
        again = json.dumps(data, ensure_ascii=False)
    except RecursionError as error:
        raise LineError("this is nested too deeply") from error
    except ValueError as error:
        raise LineError(f"this is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise LineError(f"a line is an object: {example}")
    # JSON can write both, databases can store neither.
    if _NUL.search(again):
        raise LineError("the text holds a NUL character (\\u0000); take it out")
    if _HALF.search(again):
        raise LineError("the text holds half of a character (\\ud8…); write it whole")
    return data


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        raise LineError(f"{name}: a text is missing")
    return value.strip()


def _optional_text(data: dict[str, Any], name: str) -> str | None:
    return None if data.get(name) is None else _text(data, name)


def _optional(data: dict[str, Any], name: str, kind: type, words: str) -> Any:
    value = data.get(name)
    if value is not None and not isinstance(value, kind):
        raise LineError(f"{name}: {words} is needed")
    return value


def _language(data: dict[str, Any], name: str, default: Any = None) -> str:
    code = data.get(name, default)
    if not isinstance(code, str) or not languages.is_known(code):
        raise LineError(
            f"{name}: unknown language {code!r}; there are {', '.join(languages.codes())}"
        )
    return code


def _tags(data: dict[str, Any]) -> list[str] | None:
    tags: list[str] | None = _optional(data, "tags", list, "a list of texts")
    if not all(isinstance(tag, str) for tag in tags or ()):
        raise LineError("tags: a list of texts is needed")
    return tags


def _date(data: dict[str, Any]) -> datetime | None:
    value = data.get("first_published")
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise LineError(f"first_published: {value!r} is no ISO date (2026-03-01)") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
