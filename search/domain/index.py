"""Entries follow pages: in the transaction that changed them, or all of them at once."""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page, get_page_models

from coalition.core.models import CoalitionPage, PageKey, PageTopic
from coalition.core.queries import public_pages
from coalition.plugins import gate
from coalition.plugins.boundary import attempt
from coalition.plugins.contributions import search_text_of_plugins, search_values_of_plugins
from coalition.plugins.registry import slug_of_type
from coalition.sections.models import Section, SectionStatus
from search import analysis, engines
from search.models import SearchEntry
from search.tasks import sync_engine

CHUNK = 200
AT_ONCE, LATER = 1_000, 10_000
"""Entries that are read again in one go: about a second's work, and about ten."""
OPEN = SectionStatus.OPEN
_DIGESTED = (
    "key", "language", "section_id", "type", "topics", "url", "published",
    "picture_id", "facets", "title", "summary", "body",
)  # fmt: skip

T = TypeVar("T")


@dataclass
class Changes:
    """What entries lack: rows to write, and ids of pages that must have none.

    `stored` are the ids of the pages that have an entry now.
    """

    stored: set[int] = field(default_factory=set)
    write: list[SearchEntry] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    unchanged: int = 0

    @property
    def page_ids(self) -> list[int]:
        """All pages whose entry changes."""
        return [*(entry.pk for entry in self.write), *self.remove]


def refresh(pages: Iterable[Page]) -> None:
    """Make the entries of `pages` what the public may see of them now.

    Runs in the caller's transaction and leaves a task in it that brings the engine up to date.
    Nothing of the instances is trusted but id and type: they may be old, drafts or deleted.
    """
    for chunk in chunks([page for page in pages if page.pk]):
        with transaction.atomic():
            changes = compare(chunk)
            write(changes)


def refresh_entries(*, section_id: int | None, after: int = 0) -> int | None:
    """Make entries what their pages say now: the next ones of a section, or (None) of all.

    Returns the id of the last page, to go on `after` it; None when there are no more.
    """
    limit = LATER if after else AT_ONCE
    found = SearchEntry.objects.filter(pk__gt=after).order_by("pk")
    if section_id is not None:
        found = found.filter(section=section_id)
    ids = list(found.values_list("pk", flat=True)[:limit])
    refresh(Page.objects.filter(pk__in=ids))
    return ids[-1] if len(ids) == limit else None


def write(changes: Changes, *, follow: bool = True) -> None:
    """Write rows, drop rows, and leave a task for the engine if it is to `follow`."""
    if not changes.page_ids:
        return
    _drop_archived(changes)
    _drop_switched_off(changes)
    SearchEntry.objects.filter(pk__in=changes.remove).delete()
    columns = [column.name for column in SearchEntry._meta.concrete_fields if column.name != "page"]
    SearchEntry.objects.bulk_create(
        changes.write, update_conflicts=True, unique_fields=["page"], update_fields=columns
    )
    if follow and engines.current().follows:
        sync_engine.enqueue(page_ids=changes.page_ids)


def _drop_archived(changes: Changes) -> None:
    """Whoever publishes and whoever archives the section at that moment wait for each other.

    Without the lock neither would see what the other has not committed yet.
    """
    wanted = {entry.section_id for entry in changes.write if entry.section_id}
    if not wanted:
        return
    rows = Section.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    still_open = {pk for pk, status in rows.values_list("pk", "status") if status == OPEN}
    archived = [e.pk for e in changes.write if e.section_id and e.section_id not in still_open]
    changes.write = [entry for entry in changes.write if entry.pk not in archived]
    changes.remove += archived


def _drop_switched_off(changes: Changes) -> None:
    """As `_drop_archived`: whoever publishes and whoever switches the plugin off wait."""
    slugs = {e.type: slug for e in changes.write if (slug := slug_of_type(e.type))}
    if not slugs:
        return
    switches = gate.locked(slugs.values())
    off = [
        entry.pk
        for entry in changes.write
        if entry.type in slugs and not switches.is_on(slugs[entry.type], entry.section_id)
    ]
    changes.write = [entry for entry in changes.write if entry.pk not in off]
    changes.remove += off


def compare(pages: Sequence[Page]) -> Changes:
    """What the entries of `pages` lack. Its queries grow with the types of page, not with pages."""
    ids = [page.pk for page in pages]
    stored = {
        entry.pk: entry
        for entry in SearchEntry.objects.filter(pk__in=ids).only("digest", "published")
    }
    changes = Changes(stored=set(stored))
    due: set[int] = set()
    with gate.reading_once():
        for entry in _documents(pages, {pk: entry.published for pk, entry in stored.items()}):
            due.add(entry.pk)
            if entry.pk in stored and stored[entry.pk].digest == entry.digest:
                changes.unchanged += 1
            else:
                changes.write.append(entry)
    # A deleted page's entry went with it, but the engine still has to hear of it.
    changes.remove = [pk for pk in dict.fromkeys(ids) if pk not in due]
    return changes


def searchable_models() -> list[type[CoalitionPage]]:
    """The page types that search knows."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, CoalitionPage) and model.searchable and model.interchange_type
    ]


def all_pages() -> Iterator[Sequence[Page]]:
    """Every page that has an entry or may be due one, in chunks, without their content."""
    for model in searchable_models():
        ids = model.objects.live().order_by("pk").values_list("pk", flat=True)
        for chunk in chunks(list(ids)):
            yield list(Page.objects.filter(pk__in=chunk).defer_streamfields())
    gone = SearchEntry.objects.exclude(page__live=True).values_list("page_id", flat=True)
    for chunk in chunks(list(gone)):
        yield list(Page.objects.filter(pk__in=chunk))


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`items` in parts of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _documents(pages: Sequence[Page], published: dict[int, datetime]) -> Iterator[SearchEntry]:
    """Unsaved entries of those of `pages` that are public."""
    public = list(_public(pages))
    ids = [page.pk for page in public]
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    keys = dict(
        PageKey.objects.filter(
            translation_key__in=[page.translation_key for page in public]
        ).values_list("translation_key", "key")
    )
    topics: dict[int, list[str]] = defaultdict(list)
    rows = PageTopic.objects.filter(content_object_id__in=ids).order_by("tag__slug")
    for page_id, slug in rows.values_list("content_object_id", "tag__slug"):
        topics[page_id].append(slug)
    for page in public:
        language = languages[page.locale_id]
        with translation.override(language):
            facets, text = search_values_of_plugins(page), _text(page)
        entry = SearchEntry(
            page_id=page.pk,
            key=keys.get(page.translation_key, str(page.translation_key)),
            language=language,
            section_id=page.section_id,
            type=page.interchange_type,
            topics=topics[page.pk],
            facets=facets,
            url=page.url_path,
            picture_id=page.picture_id,
            published=page.first_published_at
            or page.last_published_at
            or published.get(page.pk)
            or timezone.now(),
            title=analysis.normal(page.title),
            summary=analysis.normal(page.summary),
            body=text,
        )
        entry.digest = _digest(entry)
        yield entry


def _public(pages: Sequence[Page]) -> Iterator[CoalitionPage]:
    """The pages as they are in the database now, as far as they are public.

    An alias of another language would show text of that language under the name of this one.
    """
    ids: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages:
        if page.specific_class is not None:
            ids[page.specific_class].append(page.pk)
    found = public_pages().filter(pk__in=[pk for some in ids.values() for pk in some])
    public = set(found.values_list("pk", flat=True)) if ids else set()
    for model in searchable_models():
        if wanted := public.intersection(ids[model]):
            yield from model.objects.filter(pk__in=wanted)


def _text(page: CoalitionPage) -> str:
    """What the page declares as SearchField, but for title and summary, and what plugins add."""
    with gate.standing_in(page.section):
        slug = slug_of_type(page.interchange_type)
        if slug is None:
            parts = _declared(page)
        else:
            nothing: list[str] = []
            parts = attempt(slug, "page_types", partial(_declared, page), nothing)
    return _one_after_another([*parts, *search_text_of_plugins(page)])


def _one_after_another(parts: Iterable[str]) -> str:
    """The parts as one text; where one does not end with a stop, a dot keeps it from the next."""
    texts = list(filter(None, map(analysis.normal, parts)))
    return "".join([*(text + _gap_after(text) for text in texts[:-1]), *texts[-1:]])


def _gap_after(text: str) -> str:
    return " " if unicodedata.category(text[-1]).startswith("P") else " · "


def _declared(page: CoalitionPage) -> list[str]:
    parts: list[str] = []
    for search_field in page.get_searchable_search_fields():
        if search_field.field_name in ("title", "summary"):
            continue
        value = search_field.get_value(page)
        parts += [value] if isinstance(value, str) else [str(part) for part in value or ()]
    return parts


def _digest(entry: SearchEntry) -> str:
    values = json.dumps([getattr(entry, name) for name in _DIGESTED], default=str)
    return hashlib.blake2b(values.encode(), digest_size=16).hexdigest()
