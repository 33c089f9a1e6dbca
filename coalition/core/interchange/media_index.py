"""`media/index.jsonl`: what is said of each file beside its bytes."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.core.files.picture_kinds import EXTENSIONS as PICTURES
from coalition.core.files.pictures import extension_of
from coalition.core.interchange.block_values import expect
from coalition.core.interchange.line import LineError, json_object
from coalition.core.interchange.media import Holder, Media, check_owner, collection_of
from coalition.core.interchange.names import MissingFileError
from coalition.core.interchange.reader import RawLine, raw_lines
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.interchange.values import validation_words
from coalition.core.models import CoalitionDocument, CoalitionImage
from coalition.sections.models import Section

MEMBERS: dict[str, type] = {
    "file": str,
    "title": str,
    "description": str,
    "credit": str,
    "focal_point": list,
    "section": str,
}
FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def index_line(row: Holder, name: str, section: str | None) -> dict[str, Any]:
    """The line of a picture or a document; `section` is the code of the one that has it."""
    line: dict[str, Any] = {"file": name, "title": row.title}
    if isinstance(row, CoalitionImage):
        point = [getattr(row, part) for part in FOCAL_POINT]
        line["description"] = row.description
        line["credit"] = row.credit
        line["focal_point"] = None if None in point else point
    return {**line, "section": section}


def import_media(file: BinaryIO, media: Media) -> Iterator[LineReport]:
    """Take in the file of every line and what is said of it. Yields a report for each."""
    for raw in raw_lines(file):
        media.begin()
        try:
            with transaction.atomic():
                outcome, remark = _import(raw, media)
        except (LineError, MissingFileError, ValidationError) as error:
            media.undo()
            words = validation_words(error) if isinstance(error, ValidationError) else str(error)
            yield LineReport(raw.number, Outcome.REFUSED, words)
            continue
        yield LineReport(raw.number, outcome, remark)


def _import(raw: RawLine, media: Media) -> tuple[Outcome, str]:
    line = _line(raw)
    code = line.get("section")
    section = Section.objects.filter(code=code).first() if code else None
    remark = f"there is no section “{code}” for “{line['file']}”" if code and not section else ""
    is_picture = extension_of(line["file"]) in PICTURES
    model: type[Holder] = CoalitionImage if is_picture else CoalitionDocument
    found = media.find(model, line["file"], section)
    row = model.objects.get(pk=found.pk)
    before = index_line(row, "", str(row.collection_id))
    owner = row.collection_id
    _describe(row, line, section)
    if index_line(row, "", str(row.collection_id)) == before:
        return found.outcome, remark
    # Files of the network may be given to a section; none may be taken from one.
    if owner != collection_of(None).pk:
        check_owner(owner, line["file"], section)
    row.full_clean(exclude=["file"])
    row.save()
    return (Outcome.CHANGED if found.outcome is Outcome.UNCHANGED else found.outcome), remark


def _line(raw: RawLine) -> dict[str, Any]:
    """The members that are there and not null; raises LineError."""
    members = json_object(raw.text, example='{"file": "media/…", "title": …}')
    if unknown := sorted(set(members) - set(MEMBERS)):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    if "file" not in members:
        raise LineError("file: missing")
    for name, value in members.items():
        if value is not None:
            expect(value, MEMBERS[name], name)
    return members


def _describe(row: Holder, line: dict[str, Any], section: Section | None) -> None:
    """Set what the line says; what it does not say stays."""
    if section is not None:
        row.collection = collection_of(section)
    row.title = line.get("title") or row.title
    if not isinstance(row, CoalitionImage):
        return
    for name in ("description", "credit"):
        if line.get(name) is not None:
            setattr(row, name, line[name])
    if "focal_point" in line:
        point = line["focal_point"] or [None] * 4
        if len(point) != 4 or not all(part is None or _is_place(part) for part in point):
            raise LineError("focal_point: four whole numbers are needed: x, y, width, height")
        for name, part in zip(FOCAL_POINT, point, strict=True):
            setattr(row, name, part)


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100_000
