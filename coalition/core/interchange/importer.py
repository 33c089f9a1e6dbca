"""Takes lines in: each by itself, so that a bad one harms no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from wagtail.models import Page

from coalition.core.interchange.content import fill, state
from coalition.core.interchange.line import Line, LineError, parse
from coalition.core.interchange.places import (
    MissingParentError,
    Places,
    check_section,
    translation_key_for,
)
from coalition.core.interchange.reader import RawLine, line_at, raw_lines
from coalition.core.interchange.types import page_types
from coalition.core.interchange.values import validation_words
from coalition.core.models import CoalitionPage, PageKey

PLACED = ("path", "depth", "url_path", "draft_title", "content_type")
"""Fields that a page has once it stands in the tree."""


class Outcome(StrEnum):
    """What became of a line."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class LineReport:
    """The line's number, what became of it, and what its author should know."""

    number: int
    outcome: Outcome
    message: str = ""


def import_pages(
    file: BinaryIO, *, section: str | None = None, publish: bool = False, keep: bool = False
) -> Iterator[LineReport]:
    """Import every line, those whose parent comes later at the end. Yields a report for each.

    `section` fills only a null; `publish` overrides `live`; with `keep` a page that somebody has
    written already stays as it is. The file is read line by line.
    """
    run = _Run(Places(section), publish, keep)
    waiting: list[tuple[int, int]] = []
    for line in raw_lines(file):
        try:
            yield run.take(line)
        except MissingParentError:
            waiting.append((line.number, line.offset))
    while waiting:
        rest: list[tuple[int, int]] = []
        for number, offset in waiting:
            try:
                yield run.take(line_at(file, number, offset))
            except MissingParentError:
                rest.append((number, offset))
        if len(rest) == len(waiting):
            for number, offset in rest:
                yield run.refuse(line_at(file, number, offset))
            return
        waiting = rest


@dataclass
class _Run:
    """One import. `seen` holds the keys and languages that have gone in."""

    places: Places
    publish: bool
    keep: bool
    seen: set[tuple[str, str]] = field(default_factory=set)

    def take(self, raw: RawLine) -> LineReport:
        """Import one line. Raises MissingParentError, for a second try."""
        try:
            line = parse(raw.text)
            if (line.key, line.language) in self.seen:
                raise LineError(f"key “{line.key}” in {line.language} stands in an earlier line")
            with transaction.atomic():
                outcome, remarks = self._import(line)
        except MissingParentError:
            raise
        except LineError as error:
            return LineReport(raw.number, Outcome.REFUSED, str(error))
        except ValidationError as error:
            return LineReport(raw.number, Outcome.REFUSED, validation_words(error))
        except (DataError, IntegrityError) as error:
            return LineReport(raw.number, Outcome.REFUSED, f"the database refuses it: {error}")
        self.seen.add((line.key, line.language))
        return LineReport(raw.number, outcome, "; ".join(remarks))

    def refuse(self, raw: RawLine) -> LineReport:
        """The report of a line whose parent came nowhere."""
        try:
            return self.take(raw)
        except MissingParentError as error:
            return LineReport(raw.number, Outcome.REFUSED, str(error))

    def _import(self, line: Line) -> tuple[Outcome, list[str]]:
        page = self.places.existing(line)
        section = self.places.section_of(line)
        if page is None:
            return self._create(line)
        check_section(page, line, section)
        # Pages that migrating and provisioning make have no revision.
        if self.keep and page.latest_revision_id is not None:
            return Outcome.UNCHANGED, []
        before = state(page)
        removed = fill(page, line)
        live = True if self.publish else line.live
        changed = before != state(page)
        remarks = [*_taken_out(removed), *_elsewhere(page, line)]
        if changed and page.live and page.has_unpublished_changes:
            remarks.append("a newer draft of it is now in its history")
        if live is None:
            live = page.live
        if not changed and live == page.live:
            return Outcome.UNCHANGED, remarks
        _save(page, live=live, changed=changed)
        return Outcome.CHANGED, remarks

    def _create(self, line: Line) -> tuple[Outcome, list[str]]:
        model = page_types()[line.type]
        parent = self.places.parent(line, self.places.section_of(line))
        if not model.can_create_at(parent):
            raise LineError(f"a {line.type} cannot stand below “{parent}”")
        page = model(slug=line.slug, locale=self.places.locale(line.language), live=False)
        key, _created = PageKey.objects.get_or_create(
            key=line.key,
            defaults={
                "translation_key": translation_key_for(line.key),
                "source_language": line.source_language,
            },
        )
        page.translation_key = key.translation_key
        removed = fill(page, line)
        # Wagtail checks little of a draft, and the database less kindly.
        page.clean_fields(exclude=PLACED)
        parent.add_child(instance=page)
        _save(page, live=self.publish or bool(line.live), changed=True)
        return Outcome.CREATED, _taken_out(removed)


def _save(page: CoalitionPage, *, live: bool, changed: bool) -> None:
    """Write changed content down as a revision, and make the page public or not."""
    revision = page.latest_revision
    if changed or revision is None:
        # Publishing takes everything from the revision but for this.
        Page.objects.filter(pk=page.pk).update(first_published_at=page.first_published_at)
        revision = page.save_revision()
    if live:
        revision.publish()
    elif page.live:
        page.unpublish()


def _taken_out(removed: list[str]) -> list[str]:
    return [f"taken out of the text: {', '.join(dict.fromkeys(removed))}"] if removed else []


def _elsewhere(page: CoalitionPage, line: Line) -> list[str]:
    """A remark when the page has been moved: a line's parent says where a new page goes."""
    if line.parent is None:
        return []
    parent = page.get_parent()
    key = PageKey.objects.filter(translation_key=parent.translation_key, key=line.parent)
    if key.exists():
        return []
    return [f"it stays below “{parent}”, not below “{line.parent}”; move it in the admin"]
