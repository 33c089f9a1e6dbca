"""The trail as a table for spreadsheets, written row by row while it is read."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from coalition.audit.models import AuditEntry

COLUMNS = (
    "at",
    "actor",
    "actor_id",
    "action",
    "kind",
    "object_id",
    "name",
    "section",
    "language",
    "data",
)
# A spreadsheet runs a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
AT_ONCE = 2000


class _Line:
    """What `csv` writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def safe(value: object) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def as_csv(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """Lines, the names of the columns first; the byte order mark tells Excel that it is UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    for row in _rows(entries):
        yield str(writer.writerow([safe(value) for value in row]))


def _rows(entries: QuerySet[AuditEntry]) -> Iterable[list[Any]]:
    for at, *texts, data in entries.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE):
        written = json.dumps(data, ensure_ascii=False, sort_keys=True) if data else ""
        yield [at.isoformat(timespec="seconds"), *texts, written]
