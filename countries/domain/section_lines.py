"""`sections.jsonl` of the interchange format: a section per line, opened by provisioning."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from coalition.core.interchange.block_values import expect
from coalition.core.interchange.line import LineError, json_object
from coalition.core.interchange.reader import RawLine, raw_lines
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.sections.models import Approval, Section, SectionStatus
from countries.domain.archive import archive_section
from countries.domain.provision import ProvisioningError, provision_section
from countries.domain.workflows import ensure_workflow

MEMBERS: dict[str, type] = {
    "code": str,
    "kind": str,
    "languages": list,
    "slug": str,
    "names": dict,
    "approval": str,
    "status": str,
}
CHOICES = {"approval": Approval.values, "status": SectionStatus.values}
NEEDED = ("code", "kind", "languages")
# A file may be older than a decision: of a section that is there it may take away, never give.
LOOSE = {"approval": Approval.SECTION, "status": SectionStatus.OPEN}
STAYS = {
    "approval": "the secretariat goes on approving its pages; change that in the admin",
    "status": "it stays archived; bring it back in the admin",
}


def import_sections(file: BinaryIO) -> Iterator[LineReport]:
    """Open or complete the section of every line. Yields a report for each."""
    for line in raw_lines(file):
        try:
            row = _row(line)
            result = provision_section(**_request(row))
            refused = [] if result.opened else _loosened(result.section, row)
            done = [*result.done, *_settle(result.section, row, refused)]
        except (LineError, ProvisioningError) as error:
            yield LineReport(line.number, Outcome.REFUSED, str(error))
            continue
        remark = "; ".join(STAYS[name] for name in refused)
        if result.opened:
            outcome = Outcome.CREATED
        else:
            outcome = Outcome.CHANGED if done else Outcome.UNCHANGED
        yield LineReport(line.number, outcome, remark)


def section_lines(code: str | None = None) -> Iterator[dict[str, Any]]:
    """The line of every section, or of the one with that code."""
    sections = Section.objects.prefetch_related("names")
    for section in sections.filter(code=code) if code else sections:
        default = section.default_language
        names = {name.language: name.name for name in section.names.all()}
        yield {
            "code": section.code,
            "kind": section.kind,
            "languages": [default, *(other for other in section.languages if other != default)],
            "slug": section.slug,
            "names": dict(sorted(names.items())),
            "approval": section.approval,
            "status": section.status,
        }


def _row(line: RawLine) -> dict[str, Any]:
    """The members of the line. Raises LineError."""
    row = json_object(line.text, example='{"code": …, "kind": …, "languages": […]}')
    if unknown := sorted(set(row) - set(MEMBERS)):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    if missing := [name for name in NEEDED if name not in row]:
        raise LineError(f"{', '.join(missing)}: missing")
    for name, value in row.items():
        expect(value, MEMBERS[name], name)
    for text in [*row["languages"], *row.get("names", {}).values()]:
        expect(text, str, "languages and names")
    for name, known in CHOICES.items():
        if name in row and row[name] not in known:
            raise LineError(f"{name}: use one of {', '.join(known)}")
    return row


def _request(row: dict[str, Any]) -> dict[str, Any]:
    """What a line asks of provisioning."""
    return {
        "code": row["code"],
        "kind": row["kind"],
        "languages_used": row["languages"],
        "slug": row.get("slug", ""),
        "names": row.get("names", {}),
    }


def _loosened(section: Section, row: dict[str, Any]) -> list[str]:
    """What the line would give to a section that was there before it."""
    return [
        name for name, loose in LOOSE.items() if row.get(name) == loose != getattr(section, name)
    ]


def _settle(section: Section, row: dict[str, Any], refused: list[str]) -> list[str]:
    """Approval and status as the line says, but for what is refused; returns what was changed."""
    wanted = {name: row.get(name) for name in CHOICES if name not in refused}
    changed = [
        name for name, value in wanted.items() if value not in (None, getattr(section, name))
    ]
    if "approval" in changed:
        section.approval = row["approval"]
        section.save(update_fields=["approval"])
        ensure_workflow(section)
    if "status" in changed:
        archive_section(section=section)
    return changed
