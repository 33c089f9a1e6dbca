"""Takes lines in: each by itself, so that a bad one harms no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from wagtail.models import Page

from coalition.core.fields import PluginStreamField
from coalition.core.interchange.content import fill, state
from coalition.core.interchange.line import Line, LineError, parse
from coalition.core.interchange.media import Media
from coalition.core.interchange.places import (
    MissingParentError,
    Places,
    check_section,
    translation_key_for,
)
from coalition.core.interchange.reader import RawLine, line_at, raw_lines
from coalition.core.interchange.references import References
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.interchange.types import page_types
from coalition.core.interchange.values import validation_words
from coalition.core.models import CoalitionPage, PageKey

PLACED = ("path", "depth", "url_path", "draft_title", "content_type")
"""Fields that a page has once it stands in the tree."""


class LaterError(LineError):
    """A page that is there already names pages that may come later in the file."""


@dataclass(frozen=True)
class _Waiting:
    """Where a line stands that is looked at once more; its report when it has gone in by then."""

    number: int
    offset: int
    report: LineReport | None = None


def import_pages(
    file: BinaryIO,
    *,
    section: str | None = None,
    publish: bool = False,
    keep: bool = False,
    media: Media | None = None,
) -> Iterator[LineReport]:
    """Import every line, those whose parent comes later at the end. Yields a report for each.

    `section` fills only a null; `publish` overrides `live`; with `keep` a page that somebody has
    written already stays as it is. The file is read line by line, and those lines again that name
    pages which came after them.
    """
    run = _Run(Places(section), publish, keep, media or Media())
    for line in raw_lines(file):
        yield from run.take(line)
    while waiting := run.parents:
        run.parents = []
        for place in waiting:
            yield from run.take(line_at(file, place.number, place.offset))
        if len(run.parents) == len(waiting):
            for place in waiting:
                yield run.refuse(line_at(file, place.number, place.offset))
            break
    for place in run.links:
        yield run.finish(line_at(file, place.number, place.offset), place.report)


@dataclass
class _Run:
    """One import. `seen` holds the keys and languages that have gone in.

    `parents` are lines without a parent yet, `links` those that name pages not there yet.
    """

    places: Places
    publish: bool
    keep: bool
    media: Media
    seen: set[tuple[str, str]] = field(default_factory=set)
    parents: list[_Waiting] = field(default_factory=list)
    links: list[_Waiting] = field(default_factory=list)

    def take(self, raw: RawLine) -> Iterator[LineReport]:
        """Import one line. Yields nothing when it has to be looked at once more."""
        place = _Waiting(raw.number, raw.offset)
        try:
            line, references = self._begin(raw, self.seen)
            report = self._report(raw, line, references, last=False, keep=self.keep)
        except MissingParentError:
            self.parents.append(place)
            return
        except LaterError:
            self.seen.add((line.key, line.language))
            self.links.append(place)
            return
        except LineError as error:
            yield LineReport(raw.number, Outcome.REFUSED, str(error))
            return
        if report.outcome is not Outcome.REFUSED:
            self.seen.add((line.key, line.language))
        if report.outcome is Outcome.CREATED and references.unsettled:
            self.links.append(replace(place, report=report))
        else:
            yield report

    def refuse(self, raw: RawLine) -> LineReport:
        """The report of a line whose parent came nowhere."""
        try:
            line, references = self._begin(raw, self.seen)
            return self._report(raw, line, references, last=False, keep=self.keep)
        except LineError as error:
            return LineReport(raw.number, Outcome.REFUSED, str(error))

    def finish(self, raw: RawLine, made: LineReport | None) -> LineReport:
        """Import a line whose links can be filled in now; `made` is what was said of it before."""
        try:
            line, references = self._begin(raw, set())
            keep = self.keep and made is None
            report = self._report(raw, line, references, last=True, keep=keep)
        except LineError as error:
            return LineReport(raw.number, Outcome.REFUSED, str(error))
        if made is None:
            return report
        if report.outcome is Outcome.REFUSED:
            return replace(made, message=f"its links are not filled in: {report.message}")
        return replace(report, outcome=made.outcome)

    def _begin(self, raw: RawLine, seen: set[tuple[str, str]]) -> tuple[Line, References]:
        line = parse(raw.text)
        if (line.key, line.language) in seen:
            raise LineError(f"key “{line.key}” in {line.language} stands in an earlier line")
        section = self.places.section_of(line)
        draft = line.live is False and not self.publish
        return line, References(line, section, self.places, self.media, draft)

    def _report(
        self, raw: RawLine, line: Line, references: References, *, last: bool, keep: bool
    ) -> LineReport:
        """Import the line whole or not at all. Raises MissingParentError, LaterError."""
        self.media.begin()
        try:
            with transaction.atomic():
                outcome, remarks = self._import(line, references, last=last, keep=keep)
        except (LineError, ValidationError, DataError, IntegrityError) as error:
            self.media.undo()
            if isinstance(error, MissingParentError | LaterError):
                raise
            return LineReport(raw.number, Outcome.REFUSED, _words(error))
        return LineReport(raw.number, outcome, "; ".join([*remarks, *references.remarks]))

    def _import(
        self, line: Line, references: References, *, last: bool, keep: bool
    ) -> tuple[Outcome, list[str]]:
        page = self.places.existing(line)
        if page is None:
            return self._create(line, references)
        check_section(page, line, references.section)
        # Pages that migrating and provisioning make have no revision.
        if keep and page.latest_revision_id is not None:
            return Outcome.UNCHANGED, []
        before = state(page)
        removed = fill(page, line, references)
        if references.unsettled and not last:
            raise LaterError("it names pages that are not there yet")
        changed = before != state(page)
        live = True if self.publish else line.live
        remarks = [*_taken_out(removed), *_elsewhere(page, line)]
        if changed and page.live and page.has_unpublished_changes:
            remarks.append("a newer draft of it is now in its history")
        if live is None:
            live = page.live
        if page.live and not live and page.get_view_restrictions().exists():
            remarks.append("not everybody may read it, so it stays live; unpublish it in the admin")
            live = True
        if not changed and live == page.live:
            return Outcome.UNCHANGED, remarks
        _save(page, live=live, changed=changed)
        return Outcome.CHANGED, remarks

    def _create(self, line: Line, references: References) -> tuple[Outcome, list[str]]:
        model = page_types()[line.type]
        parent = self.places.parent(line, references.section)
        # Also where its plugin is off: what was exported there goes in again.
        if not model.fits_below(parent):
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
        _take_ids(page, line, key)
        removed = fill(page, line, references)
        # Wagtail checks little of a draft, and the database less kindly.
        page.clean_fields(exclude=PLACED)
        parent.add_child(instance=page)
        _save(page, live=self.publish or bool(line.live), changed=True)
        return Outcome.CREATED, _taken_out(removed)


def _take_ids(page: CoalitionPage, line: Line, key: PageKey) -> None:
    """The blocks of a new translation get the ids of those they translate: segments hang on them.

    What is set here is what the page had before as far as `fill` is concerned, which replaces it.
    """
    others = type(page)._default_manager.filter(translation_key=key.translation_key)
    is_source = Q(locale__language_code=key.source_language)
    other = others.annotate(is_source=is_source).order_by("-is_source", "pk").first()
    if other is None:
        return
    for name in ["body"] * (line.body is not None) + list(line.fields):
        if name in page.interchange_fields or name == "body":
            field = page._meta.get_field(name)
            if isinstance(field, PluginStreamField):
                setattr(page, name, getattr(other, name))


def _words(error: Exception) -> str:
    """Why a line is refused."""
    if isinstance(error, ValidationError):
        return validation_words(error)
    if isinstance(error, DataError | IntegrityError):
        return f"the database refuses it: {error}"
    return str(error)


def _save(page: CoalitionPage, *, live: bool, changed: bool) -> None:
    """Write changed content down as a revision, and make the page public or not."""
    revision = page.latest_revision
    if changed or revision is None:
        # Publishing takes everything from the revision but for this.
        Page.objects.filter(pk=page.pk).update(first_published_at=page.first_published_at)
        revision = page.save_revision()
    if live:
        if lacking := page.lacking():
            raise ValidationError(lacking)
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
