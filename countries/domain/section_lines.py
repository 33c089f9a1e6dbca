"""`sections.jsonl` of the interchange format: a section per line, opened by provisioning."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from coalition.core.interchange.block_values import expect
from coalition.core.interchange.importer import LineReport, Outcome
from coalition.core.interchange.line import LineError, json_object
from coalition.core.interchange.reader import RawLine, raw_lines
from countries.domain.provision import ProvisioningError, provision_section

MEMBERS: dict[str, type] = {
    "code": str,
    "kind": str,
    "languages": list,
    "slug": str,
    "names": dict,
}
NEEDED = ("code", "kind", "languages")


def import_sections(file: BinaryIO) -> Iterator[LineReport]:
    """Open or complete the section of every line. Yields a report for each."""
    for line in raw_lines(file):
        try:
            done = provision_section(**_request(line)).done
        except (LineError, ProvisioningError) as error:
            yield LineReport(line.number, Outcome.REFUSED, str(error))
            continue
        if not done:
            yield LineReport(line.number, Outcome.UNCHANGED)
        else:
            created = done[0].startswith("section ")
            yield LineReport(line.number, Outcome.CREATED if created else Outcome.CHANGED)


def _request(line: RawLine) -> dict[str, Any]:
    """What the line asks of provisioning. Raises LineError."""
    row = json_object(line.text, example='{"code": …, "kind": …, "languages": […]}')
    if unknown := sorted(set(row) - set(MEMBERS)):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    if missing := [name for name in NEEDED if name not in row]:
        raise LineError(f"{', '.join(missing)}: missing")
    for name, value in row.items():
        expect(value, MEMBERS[name], name)
    for text in [*row["languages"], *row.get("names", {}).values()]:
        expect(text, str, "languages and names")
    return {
        "code": row["code"],
        "kind": row["kind"],
        "languages_used": row["languages"],
        "slug": row.get("slug", ""),
        "names": row.get("names", {}),
    }
