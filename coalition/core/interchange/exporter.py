"""Writes pages as lines: sorted by key and language, every member said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache
from itertools import islice
from typing import Any, TextIO

from django.db.models import OuterRef, Subquery
from wagtail.models import Page, PageViewRestriction

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.export_names import ExportNames
from coalition.core.interchange.types import page_types
from coalition.core.interchange.values import written
from coalition.core.models import CoalitionPage, PageKey
from coalition.sections.models import Section

CHUNK = 50


@dataclass(frozen=True, order=True)
class Row:
    """A page that is to be written, in the order of the file."""

    key: str
    language: str
    pk: int
    type: str
    source_language: str


@dataclass
class PageExport:
    """The pages of the network, or of one section, and their files.

    `remarks` say what a reader of the export should know; `topics` are the slugs that are used.
    """

    media: MediaExport
    section: Section | None = None
    remarks: list[str] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    newer_drafts: int = 0

    def __post_init__(self) -> None:
        restrictions = PageViewRestriction.objects.select_related("page")
        self._private = tuple(restriction.page.path for restriction in restrictions)
        self._parent = lru_cache(maxsize=1000)(_parent_at)
        self._default_parent = lru_cache(maxsize=1000)(_default_parent)
        self._names = ExportNames(self.media)

    def rows(self) -> list[Row]:
        """All pages that are written; an alias is another page once more, so it is not."""
        rows: list[Row] = []
        for name, model in page_types().items():
            pages = model.objects.filter(depth__gt=1)
            if self.section is not None:
                pages = pages.filter(section=self.section)
            if aliases := pages.exclude(alias_of=None).count():
                self.remarks.append(f"{aliases} of type {name} left out: aliases of other pages")
            rows += _rows(name, pages.filter(alias_of=None))
        if self.section is None:
            self._count_others()
        return sorted(rows)

    def write(self, rows: list[Row], file: TextIO) -> Iterator[Row]:
        """Write the line of each; yields the row when it is written."""
        waiting = iter(rows)
        while chunk := list(islice(waiting, CHUNK)):
            pages = _pages(chunk)
            for row in chunk:
                if page := pages.get(row.pk):
                    file.write(f"{json.dumps(self._line(row, page), ensure_ascii=False)}\n")
                yield row

    def _line(self, row: Row, page: CoalitionPage) -> dict[str, Any]:
        content = _content(page)
        names = self._names
        names.begin(row.language)
        first = page.first_published_at
        tags = sorted(topic.slug for topic in content.topics.all())
        self.topics.update(tags)
        line = {
            "key": row.key,
            "language": row.language,
            "source_language": row.source_language,
            "section": page.section.code if page.section else None,
            "type": row.type,
            "live": self._live(row, page),
            "slug": page.slug,
            "title": content.title.strip(),
            "body": written(content, "body", names),
            "tags": tags,
            "first_published": first and first.astimezone(UTC).date().isoformat(),
            "parent": self._parent_key(row, page),
            "fields": {name: written(content, name, names) for name in page.interchange_fields},
        }
        self.remarks += [f"{row.key} in {row.language}: {remark}" for remark in names.remarks]
        return line

    def _live(self, row: Row, page: CoalitionPage) -> bool:
        if page.live and page.has_unpublished_changes:
            self.newer_drafts += 1
        if page.live and page.path.startswith(self._private):
            self.remarks.append(
                f"{row.key} in {row.language}: not everybody may read it, so it is written as a "
                "draft"
            )
            return False
        return bool(page.live)

    def _parent_key(self, row: Row, page: CoalitionPage) -> str | None:
        """The key of the page above, None where pages of this type go by themselves."""
        parent, key = self._parent(page.path[: -Page.steplen])
        default = self._default_parent(row.type, page.section, row.language)
        return None if parent == default else key

    def _count_others(self) -> None:
        known = [model.__name__.lower() for model in page_types().values()]
        others = Page.objects.filter(depth__gt=1).exclude(content_type__model__in=known).count()
        if others:
            self.remarks.append(f"{others} pages left out: their type has no name in the format")


def _rows(name: str, pages: Any) -> Iterator[Row]:
    keys = PageKey.objects.filter(translation_key=OuterRef("translation_key"))
    values = pages.annotate(
        key=Subquery(keys.values("key")[:1]),
        source=Subquery(keys.values("source_language")[:1]),
    ).values_list("key", "locale__language_code", "pk", "source", "translation_key")
    for key, language, pk, source, translation_key in values.order_by().iterator():
        yield Row(key or str(translation_key), language, pk, name, source or language)


def _pages(chunk: list[Row]) -> dict[int, CoalitionPage]:
    """The pages of some rows by their ids."""
    pages: dict[int, CoalitionPage] = {}
    for name in {row.type for row in chunk}:
        ids = [row.pk for row in chunk if row.type == name]
        found = page_types()[name].objects.filter(pk__in=ids)
        for page in found.select_related("section", "latest_revision"):
            pages[page.pk] = page
    return pages


def _content(page: CoalitionPage) -> CoalitionPage:
    """What is public of a live page; of a draft what was written last."""
    if not page.live and page.has_unpublished_changes:
        latest: CoalitionPage = page.get_latest_revision_as_object()
        return latest
    return page


def _parent_at(path: str) -> tuple[int | None, str | None]:
    """Id and key of the page at that place in the tree."""
    page = Page.objects.filter(path=path).values_list("pk", "translation_key").first()
    if page is None:
        return None, None
    key = PageKey.objects.filter(translation_key=page[1]).values_list("key", flat=True).first()
    return page[0], key


def _default_parent(name: str, section: Section | None, language: str) -> int | None:
    parent = page_types()[name].default_parent(section=section, language=language)
    return parent and parent.pk
