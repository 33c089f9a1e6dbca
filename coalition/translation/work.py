"""What there is to translate of a page, segment by segment, and how far that is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from coalition.core.models import CoalitionPage
from coalition.translation.models import TranslationState
from coalition.translation.places import Place, Places
from coalition.translation.segments import Strings, hash_of, hash_of_text, strings_of


class Status(models.TextChoices):
    """How far one segment is."""

    MISSING = "missing", _("Not translated")
    STALE = "stale", _("The original has changed")
    MACHINE = "machine", _("Translated by a machine")
    DONE = "done", _("Translated")


@dataclass
class Segment:
    """A string of the source in its place; texts are as `Place.shown` shows them."""

    row: StringSegment
    place: Place
    source: str
    text: str
    status: Status

    @property
    def key(self) -> str:
        """Names it in forms, for as long as the source says it there."""
        return f"{self.row.string_id}-{self.row.context_id}"

    @property
    def path(self) -> str:
        """The place as wagtail-localize names it."""
        return str(self.row.context.path)

    @property
    def name(self) -> str:
        """What to call it in a message: where it stands and how it begins."""
        begin = self.source if len(self.source) <= 60 else f"{self.source[:59]}…"
        return f"{self.place.name}: {begin}"

    @property
    def is_left(self) -> bool:
        """Whether there is something to do."""
        return self.status != Status.DONE


@dataclass
class Work:
    """The translation of one page: `page` as its row is, `original` as the public sees it."""

    page: CoalitionPage
    original: CoalitionPage
    translation: Translation
    rows: list[StringSegment]
    state: TranslationState | None
    stored: dict[tuple[int, int], StringTranslation] = field(default_factory=dict)

    @cached_property
    def segments(self) -> list[Segment]:
        """In the order of the page; a string that stands twice in one place once."""
        found = {(row.string_id, row.context_id): row for row in reversed(self.rows)}
        places = Places(self.original)
        rows = sorted(found.values(), key=lambda row: row.order)
        return [self._segment(row, places.at(row.context.path)) for row in rows]

    @property
    def left(self) -> list[Segment]:
        """Those with something to do."""
        return [segment for segment in self.segments if segment.is_left]

    @property
    def untranslated(self) -> list[Segment]:
        """Those that no text can be taken for."""
        return [s for s in self.segments if s.status in (Status.MISSING, Status.STALE)]

    @cached_property
    def hashes(self) -> dict[str, list[str]]:
        """Path -> the hashes of the strings there, as `TranslatedRevision` keeps them."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row.context.path, set()).add(hash_of(row.string.data))
        return {path: sorted(names) for path, names in found.items()}

    @property
    def version(self) -> str:
        """Changes when translators would see something else of the source."""
        return hash_of_text([f"{row.context.path} {row.string.data}" for row in self.rows])

    def translated_from(self, path: str) -> list[str]:
        """The hashes of what the source said when the public translation of this place was made."""
        had = self.state.segments.get(path) if self.state else None
        return list(had["of"]) if had else []

    def _segment(self, row: StringSegment, place: Place) -> Segment:
        found = self.stored.get((row.string_id, row.context_id))
        status = Status.DONE
        if found is None or found.has_error:
            had = self.translated_from(row.context.path)
            changed = had and hash_of(row.string.data) not in had
            status = Status.STALE if changed else Status.MISSING
        elif found.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
            status = Status.MACHINE
        return Segment(
            row=row,
            place=place,
            source=place.shown(row.string.data),
            text=place.shown(found.data) if found else "",
            status=status,
        )


def translation_of(page: Page, original: Page) -> Translation | None:
    """The record of a page's translation, if there is one."""
    rows = Translation.objects.filter(
        source__object=page.translation_key,
        source__locale=original.locale_id,
        target_locale=page.locale_id,
    )
    return rows.select_related("source__locale", "target_locale").first()


def load(page: CoalitionPage, original: CoalitionPage, translation: Translation) -> Work:
    """The work on a translation as it stands in the records."""
    rows = StringSegment.objects.filter(source=translation.source)
    return Work(
        page=page,
        original=original,
        translation=translation,
        rows=list(rows.select_related("string", "context").order_by("order")),
        state=TranslationState.objects.filter(page=page.pk).first(),
        stored=stored(translation),
    )


def stored(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    """What has been written into the places of this page, by string and context."""
    rows = StringTranslation.objects.filter(
        context__object=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(row.translation_of_id, row.context_id): row for row in rows}


def is_current(work: Work) -> bool:
    """Whether the records say what the public sees of the original now. No query."""
    source: TranslationSource = work.translation.source
    revision = json.loads(source.content_json).get("live_revision")
    if revision != work.original.live_revision_id:
        return False
    return _by_path(work.rows) == strings_of(work.original)


def _by_path(rows: Iterable[StringSegment]) -> Strings:
    found: Strings = {}
    for row in rows:
        found.setdefault(row.context.path, []).append(row.string.data)
    return found


def wrote_by_hand(work: Work) -> bool:
    """Whether the page may have been edited as a whole since its text was last taken in."""
    since = work.translation.destination_last_updated_at
    last = work.page.latest_revision_created_at
    return last is not None and (since is None or last > since)


def named(segments: Sequence[Segment], *, most: int = 5) -> list[str]:
    """What to call the first of these segments, for a message."""
    return [segment.name for segment in segments[:most]]
