"""Keeps what each live page has as segments, and in which of them its translations are behind.

Segment by segment, by the hash of the source's string: moving blocks about, drafts and saves that
change nothing make nothing stale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from coalition.core.models import CoalitionPage, PageKey
from coalition.translation.models import SourceText, TranslatedRevision, TranslationState
from coalition.translation.segments import hash_of, hash_of_text, strings_of

Segments = dict[str, Any]
"""As the models keep them."""
STRANGERS = ""
"""In place of a path: what a translation has where its source has nothing."""


def follow(pages: Sequence[Page]) -> int:
    """Read those of `pages` that are live in another revision than was read last; how many.

    Some ten queries and those for the texts themselves, whatever their number.
    """
    unread = _unread(pages)
    texts = [page for page in _specific(unread) if isinstance(page, CoalitionPage)]
    if not texts:
        return 0
    sources = _source_languages(texts)
    own = [page for page in texts if _language(page) == sources.get(page.translation_key)]
    translated = [page for page in texts if page not in own]
    _read_sources(own)
    changed = {page.translation_key for page in own}
    if translated:
        _read_translations(translated, sources)
        changed |= {page.translation_key for page in translated}
    recount(changed)
    return len(texts)


def _source_languages(pages: Sequence[Page]) -> dict[UUID, str]:
    keys = PageKey.objects.filter(translation_key__in={page.translation_key for page in pages})
    return dict(keys.values_list("translation_key", "source_language"))


def _unread(pages: Sequence[Page]) -> list[Page]:
    live: dict[int, int | None] = {}
    # By their own types: of a page that is being deleted the row of all pages is still there.
    for model in {type(page) for page in pages}:
        ids = [page.pk for page in pages if type(page) is model]
        rows = model._base_manager.filter(pk__in=ids, live=True, alias_of=None, depth__gt=1)
        live.update(rows.values_list("pk", "live_revision_id"))
    if not live:
        return []
    read = dict(SourceText.objects.filter(page__in=live).values_list("page", "revision_id"))
    states = TranslationState.objects.filter(page__in=live).exclude(segments={})
    read |= dict(states.values_list("page", "revision_id"))
    return [page for page in pages if page.pk in live and read.get(page.pk, -1) != live[page.pk]]


def _specific(pages: Sequence[Page]) -> list[Page]:
    """As their own types; those that are so already are not read again, those being deleted go."""
    found = {page.pk: page for page in pages if type(page) is not Page}
    bare = [page for page in pages if type(page) is Page]
    for model in {page.specific_class for page in bare} - {None}:
        ids = [page.pk for page in bare if page.specific_class is model]
        rows = model._base_manager.filter(pk__in=ids).select_related("locale")
        found.update({page.pk: page for page in rows})
    return [found[page.pk] for page in pages if page.pk in found]


@transaction.atomic
def become_source(page: CoalitionPage) -> None:
    """Read a translation as the source, which it has become; the others are translations of it."""
    TranslationState.objects.filter(page=page.pk).delete()
    states = TranslationState.objects.filter(page__translation_key=page.translation_key)
    states.update(segments={}, stale=0, stale_since=None)
    follow([page])


def _language(page: Page) -> str:
    return str(page.locale.language_code)


def _read_sources(pages: Sequence[CoalitionPage]) -> None:
    before = SourceText.objects.in_bulk([page.pk for page in pages])
    rows = []
    for page in pages:
        when = page.last_published_at or timezone.now()
        row = before.get(page.pk) or SourceText(page_id=page.pk, changed_at=when)
        had = row.segments
        row.segments = _dated(page, had, when)
        row.revision_id = page.live_revision_id
        if row.segments != had:
            row.changed_at = when
        rows.append(row)
    SourceText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["segments", "revision_id", "changed_at"],
    )


def _dated(page: CoalitionPage, had: Segments, when: datetime) -> Segments:
    """The page's segments; those that were there keep the date on which they came."""
    return {
        path: {
            name: had.get(path, {}).get(name, when.isoformat()) for name in map(hash_of, strings)
        }
        for path, strings in strings_of(page).items()
    }


def _read_translations(pages: Sequence[CoalitionPage], sources: dict[UUID, str]) -> None:
    before = TranslationState.objects.in_bulk([page.pk for page in pages])
    made = dict(
        TranslatedRevision.objects.filter(
            revision__in=[page.live_revision_id for page in pages]
        ).values_list("revision", "segments")
    )
    texts = _source_texts({page.translation_key for page in pages})
    rows = []
    for page in pages:
        row = before.get(page.pk) or TranslationState(page_id=page.pk)
        own = {path: hash_of_text(strings) for path, strings in strings_of(page).items()}
        source = texts.get(page.translation_key)
        if (translated := made.get(page.live_revision_id)) is not None:
            row.segments = {
                path: {"of": names, "text": own.get(path, "")} for path, names in translated.items()
            }
        elif source is not None:
            row.segments = translation_by_hand(source.segments, own, row.segments)
        row.revision_id = page.live_revision_id
        rows.append(row)
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["segments", "revision_id"],
    )


def translation_by_hand(source: Segments, own: dict[str, str], before: Segments) -> Segments:
    """What a translation that somebody wrote in the editor, or imported, is a translation of.

    The first one is one of all that the source has. Later, where the own text has changed it
    follows the source of now; elsewhere it is what it was. Paths that the translation does not
    have (somebody built it anew) change together with those that only it has.
    """
    known = source.keys() | before.keys()
    strangers = hash_of_text(sorted(f"{p} {text}" for p, text in own.items() if p not in known))
    rebuilt = strangers != before.get(STRANGERS, {"text": hash_of_text([])})["text"]
    result: Segments = {STRANGERS: {"of": [], "text": strangers}}
    for path, strings in source.items():
        text = own.get(path, strangers)
        was = before.get(path)
        changed = was is None and (not before or path in own or rebuilt)
        changed = changed or (was is not None and was["text"] != text)
        if changed:
            result[path] = {"of": sorted(strings), "text": text}
        elif was is not None:
            result[path] = was
    gone = {path: was for path, was in before.items() if path not in source and path in own}
    return result | {path: was for path, was in gone.items() if own[path] == was["text"]}


@dataclass(frozen=True)
class Behind:
    """How many segments of how many are stale, and since when the oldest is."""

    total: int
    stale: int
    since: datetime | None


def behind(source: SourceText, translated: Segments) -> Behind:
    """What has changed in the source since a translation of these segments.

    A path whose strings are all known and some of which are gone counts once.
    """
    stale, dates = 0, []
    for path, strings in source.segments.items():
        known = set(translated.get(path, {"of": ()})["of"])
        new = [parse_datetime(when) for name, when in strings.items() if name not in known]
        if new:
            stale += len(new)
            dates += new
        elif known - set(strings):
            stale += 1
            dates.append(source.changed_at)
    gone = translated.keys() - source.segments.keys() - {STRANGERS}
    stale += len(gone)
    dates += [source.changed_at] * bool(gone)
    total = sum(map(len, source.segments.values()))
    return Behind(total, stale, min(filter(None, dates), default=None))


def recount(translation_keys: Iterable[UUID]) -> None:
    """Count anew what is stale in the translations of these pages, drafts included."""
    keys = set(translation_keys)
    texts = _source_texts(keys)
    states = TranslationState.objects.filter(page__translation_key__in=texts).select_related("page")
    changed = []
    for state in states:
        source = texts[state.page.translation_key]
        if state.page.live and not state.segments:
            # It was public before its source was.
            own = {p: hash_of_text(s) for p, s in strings_of(state.page.specific).items()}
            state.segments = translation_by_hand(source.segments, own, {})
        found = behind(source, state.segments)
        state.total, state.stale, state.stale_since = found.total, found.stale, found.since
        changed.append(state)
    TranslationState.objects.bulk_update(
        changed, ["segments", "total", "stale", "stale_since"], batch_size=200
    )


def _source_texts(translation_keys: Iterable[UUID]) -> dict[UUID, SourceText]:
    rows = SourceText.objects.filter(page__translation_key__in=set(translation_keys))
    return {row.page.translation_key: row for row in rows.select_related("page")}
