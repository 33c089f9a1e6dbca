"""Takes lines in: each by itself, so that a bad one harms no other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page

from coalition.core.interchange.line import Line, LineError, parse
from coalition.core.interchange.types import page_types
from coalition.core.interchange.values import assign, written
from coalition.core.models import CoalitionPage, PageKey, Topic
from coalition.sections.models import Section


class MissingParent(LineError):
    """The parent may come later in the file."""


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


@dataclass(frozen=True)
class Options:
    """`section` fills only a null; `publish` overrides `live`."""

    section: str | None = None
    publish: bool = False


def import_lines(lines: Iterable[str], options: Options) -> Iterator[LineReport]:
    """Import every line, those whose parent comes later at the end. Yields a report for each."""
    seen: set[tuple[str, str]] = set()
    waiting: list[tuple[int, str]] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            yield _import_line(number, text, options, seen)
        except MissingParent:
            waiting.append((number, text))
    while waiting:
        rest: list[tuple[int, str]] = []
        for number, text in waiting:
            try:
                yield _import_line(number, text, options, seen)
            except MissingParent as error:
                rest.append((number, text))
                reason = str(error)
        if len(rest) == len(waiting):
            for number, text in rest:
                yield LineReport(number, Outcome.REFUSED, _reason(text, options) or reason)
            return
        waiting = rest


def _reason(text: str, options: Options) -> str:
    try:
        _place(parse(text), options)
    except LineError as error:
        return str(error)
    return ""


def _import_line(
    number: int, text: str, options: Options, seen: set[tuple[str, str]]
) -> LineReport:
    try:
        line = parse(text)
        if (line.key, line.language) in seen:
            raise LineError(f"key “{line.key}” in {line.language} stands in an earlier line")
        with transaction.atomic():
            outcome, removed = _import(line, options)
        seen.add((line.key, line.language))
    except MissingParent:
        raise
    except LineError as error:
        return LineReport(number, Outcome.REFUSED, str(error))
    except ValidationError as error:
        return LineReport(number, Outcome.REFUSED, _validation(error))
    message = f"taken out of the text: {', '.join(removed)}" if removed else ""
    return LineReport(number, outcome, message)


def _validation(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return "; ".join(
            f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
        )
    return " ".join(error.messages)


@dataclass(frozen=True)
class _Place:
    section: Section | None
    parent: Page


def _place(line: Line, options: Options) -> _Place:
    section = _section(line, options)
    model = page_types()[line.type]
    if line.parent:
        parent = _page(line.parent, line.language)
        if parent is None:
            raise MissingParent(f"parent “{line.parent}” has no page in {line.language}")
    else:
        parent = model.default_parent(section=section, language=line.language)
        if parent is None:
            raise LineError(f"there is no place for a {line.type} in {line.language} here")
    return _Place(section, parent)


def _section(line: Line, options: Options) -> Section | None:
    code = line.section or options.section
    if code is None:
        return None
    section = Section.objects.filter(code=code.lower()).first()
    if section is None:
        raise LineError(f"there is no section “{code}”; open it with provision_section")
    if line.language not in section.languages:
        raise LineError(
            f"section {section.code} does not use {line.language}; it uses "
            f"{', '.join(section.languages)}"
        )
    return section


def _page(key: str, language: str) -> CoalitionPage | None:
    known = PageKey.objects.filter(key=key).first()
    if known is None:
        return None
    page = Page.objects.filter(
        translation_key=known.translation_key, locale__language_code=language
    ).first()
    return page.specific if page else None


def _import(line: Line, options: Options) -> tuple[Outcome, list[str]]:
    place = _place(line, options)
    model = page_types()[line.type]
    page = _page(line.key, line.language) or _adopt(line, model, place)
    if page is None:
        page = model(slug=line.slug, locale=Locale.objects.get(language_code=line.language))
    elif not isinstance(page, model):
        raise LineError(f"key “{line.key}” is a {page.interchange_type} already")
    _check_slug(line, page)
    before = _state(page)
    removed = _fill(page, line)
    live = True if options.publish else line.live
    if page.pk and before == _state(page) and (live is None or live == page.live):
        return Outcome.UNCHANGED, removed
    outcome = Outcome.CHANGED if page.pk else Outcome.CREATED
    _save(page, place, line, live=page.live if page.pk and live is None else bool(live))
    return outcome, removed


def _adopt(line: Line, model: type[CoalitionPage], place: _Place) -> CoalitionPage | None:
    """The page that stands there already without a key of its own: a home, a section, a list."""
    if line.type == "home":
        found = place.parent.get_children().filter(slug=line.language).first()
    elif model.is_section_root and place.section:
        found = place.parent.get_children().filter(slug=place.section.slug).first()
    else:
        found = place.parent.get_children().filter(slug=line.slug).first()
    if found is None:
        return None
    key = PageKey.of(found)
    if not isinstance(found.specific, model) or key.key != str(key.translation_key):
        raise LineError(f"slug “{line.slug}” is taken by “{key.key}” there")
    if not PageKey.objects.filter(key=line.key).exists():
        PageKey.objects.filter(pk=key.pk).update(
            key=line.key, source_language=line.source_language
        )
    return found.specific


def _check_slug(line: Line, page: CoalitionPage) -> None:
    if page.pk or page.is_section_root or line.type == "home":
        return
    key = PageKey.objects.filter(key=line.key).first()
    twin = key and Page.objects.filter(translation_key=key.translation_key).first()
    if twin and twin.slug != line.slug:
        raise LineError(f"slug “{line.slug}”: key “{line.key}” has “{twin.slug}” already")


def _state(page: CoalitionPage) -> dict[str, object]:
    names = ("title", "body", "first_published_at", *page.interchange_fields)
    return {
        **{name: written(page, name) for name in names},
        "tags": sorted(tag.slug for tag in page.topics.all()) if page.pk else [],
    }


def _fill(page: CoalitionPage, line: Line) -> list[str]:
    if unknown := sorted(set(line.fields) - set(page.interchange_fields)):
        raise LineError(f"fields: {line.type} has no {', '.join(unknown)}")
    page.title = page.draft_title = line.title
    if line.first_published:
        page.first_published_at = line.first_published
    removed = assign(page, "body", line.body)
    for name, value in line.fields.items():
        removed += assign(page, name, value)
    page.topics.set([_topic(slug) for slug in line.tags])
    return removed


def _topic(slug: str) -> Topic:
    name = slug.replace("-", " ").capitalize()
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _save(page: CoalitionPage, place: _Place, line: Line, *, live: bool) -> None:
    if page.pk is None:
        key, _created = PageKey.objects.get_or_create(
            key=line.key,
            defaults={"translation_key": uuid4(), "source_language": line.source_language},
        )
        page.translation_key = key.translation_key
        page.live = False
        if not type(page).can_create_at(place.parent):
            raise LineError(f"a {line.type} cannot stand below “{place.parent.specific}”")
        place.parent.specific.add_child(instance=page)
    page.full_clean()
    revision = page.save_revision()
    if live:
        revision.publish()
    elif page.live:
        page.unpublish()
