"""Reads: searching for readers, titles while they type, entries for lists of pages."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)

from coalition.core import languages
from coalition.core.models import CoalitionPage, PageKey, PageTopic
from coalition.plugins.contributions import search_facets_of_plugins
from coalition.sections.models import Section
from search import engines, excerpts, terms
from search.domain.index import searchable_models
from search.engines.base import NETWORK, Ask, Facets, Filters, Found, Match
from search.excerpts import Part
from search.models import SearchEntry

MAX_PAGE_SIZE = 50
MAX_PAGE = 10_000_000  # beyond it there is nothing, and engines count with finite numbers
SUGGESTIONS = 8
OURS = ("language", "section", "type", "topic")


@dataclass(frozen=True)
class SearchRequest:
    """What a reader wants. `language` is theirs; `within` limits the language searched.

    `section` is a code, or `network` for pages of none. `facets` are those of plugins. An empty
    `q` lists the newest.
    """

    q: str = ""
    language: str = "en"
    within: str | None = None
    section: str | None = None
    type: str | None = None
    topic: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True)
class Version:
    """Another language in which a hit may be read."""

    language: str
    url: str


@dataclass(frozen=True)
class Hit:
    """One page, shown in one language. `parts` are the excerpt with what was found marked."""

    entry: SearchEntry
    section: str
    parts: tuple[Part, ...]
    also_in: tuple[Version, ...]

    @property
    def excerpt(self) -> str:
        """The excerpt as plain text."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class SearchAnswer:
    """One part of the hits, the number of all, and facets counted in pages."""

    total: int
    page: int
    page_size: int
    engine: str
    degraded: bool
    hits: tuple[Hit, ...]
    facets: Facets

    @property
    def pages(self) -> int:
        """The number of parts, at least one."""
        return max(1, -(-self.total // self.page_size))


def search(request: SearchRequest) -> SearchAnswer:
    """Find pages; in a number of queries that does not depend on how many are found."""
    engine, on = engines.current(), search_facets_of_plugins()
    page = min(request.page, MAX_PAGE)
    found = engine.search(
        Ask(
            terms=terms.parse(request.q),
            language=request.language,
            filters=Filters(
                request.within, request.section, request.type, request.topic, request.facets
            ),
            offset=(page - 1) * request.page_size,
            limit=request.page_size,
        )
    )
    return SearchAnswer(
        total=found.total,
        page=request.page,
        page_size=request.page_size,
        engine=engine.name,
        degraded=engine.degraded,
        hits=tuple(_hits(found, request.language)),
        facets={name: found.facets[name] for name in (*OURS, *on) if name in found.facets},
    )


def _hits(found: Found, language: str) -> Iterator[Hit]:
    """The matches that are still public, in their order, each in one language."""
    versions: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    rows = SearchEntry.objects.filter(key__in=[match.key for match in found.matches])
    for key, code, page_id, url in rows.values_list("key", "language", "page_id", "url"):
        versions[key][code] = (page_id, url)
    shown = {
        match.key: versions[match.key][shown_in]
        for match in found.matches
        if (shown_in := _shown_in(match, versions[match.key], language))
    }
    ids = [page_id for page_id, _url in shown.values()]
    full = SearchEntry.objects.select_related("section").in_bulk(ids)
    order = languages.codes()
    for match in found.matches:
        entry = full.get(shown.get(match.key, (0, ""))[0])
        if entry is not None:
            others = sorted(set(versions[entry.key]) - {entry.language}, key=order.index)
            yield Hit(
                entry=entry,
                section=entry.section.code if entry.section else NETWORK,
                parts=_excerpt(entry, found),
                also_in=tuple(Version(code, versions[entry.key][code][1]) for code in others),
            )


def _shown_in(match: Match, live: Container[str], language: str) -> str | None:
    """The reader's language where the page is live in it, else one in which it matched."""
    return next((code for code in (language, *match.languages) if code in live), None)


def _excerpt(entry: SearchEntry, found: Found) -> tuple[Part, ...]:
    """Around what matched in text or summary; else the summary, else how the text begins."""
    for text in (entry.body, entry.summary):
        if parts := excerpts.excerpt(text, found.shown, entry.language):
            return parts
    return excerpts.beginning(entry.summary or entry.body, entry.language)


def suggest(q: str, language: str) -> list[SearchEntry]:
    """Pages whose titles have the words of `q`, the last one unfinished; `language` first."""
    ids = engines.current().suggest(terms.parse(q), language, SUGGESTIONS)
    found = SearchEntry.objects.only("title", "url", "language").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def entries(
    *,
    language: str,
    type: str | None = None,
    section: Section | None = None,
) -> QuerySet[SearchEntry]:
    """Entries for a list of pages in one language, newest first, without their long texts.

    No `section` means the whole network, all sections included.
    """
    return _listed(SearchEntry.objects.filter(language=language), type, section)


def entries_once(*, language: str, type: str, section: Section | None) -> QuerySet[SearchEntry]:
    """As `entries`, with what is not there in `language`: each page once, newest first.

    It is then in its source language, or in the first that there is.
    """
    versions = SearchEntry.objects.filter(key=OuterRef("key"))
    source = PageKey.objects.filter(key=OuterRef("key")).values("source_language")
    in_source = versions.filter(language=Subquery(source))
    found = SearchEntry.objects.filter(
        Q(language=language)
        | ~Exists(versions.filter(language=language))
        & (
            Q(language=Subquery(source))
            | ~Exists(in_source) & ~Exists(versions.filter(pk__lt=OuterRef("pk")))
        )
    )
    return _listed(found, type, section)


def _listed(
    found: QuerySet[SearchEntry], type: str | None, section: Section | None
) -> QuerySet[SearchEntry]:
    if type is not None:
        found = found.filter(type=type)
    if section is not None:
        found = found.filter(section=section)
    return found.select_related("section").defer("body").order_by("-published", "-pk")


def pictured(**lists: Iterable[SearchEntry]) -> dict[str, list[SearchEntry]]:
    """Lists of entries by name, with the pictures of all of them in two queries."""
    found = {name: list(rows) for name, rows in lists.items()}
    prefetch_related_objects(
        [row for rows in found.values() for row in rows], "picture__renditions"
    )
    return found


def without_frames(found: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """The entries that may be news: none of types that only hold others together."""
    return found.exclude(type__in=[m.interchange_type for m in searchable_models() if m.is_frame])


def related(page: CoalitionPage, *, type: str | None = None, limit: int = 3) -> list[SearchEntry]:
    """What to read after `page`, in its language: most topics shared, its section, the newest.

    Two queries at most. Nothing is known of the reader. The page itself and what stands below it
    are left out.
    """
    others = without_frames(entries(language=page.locale.language_code, type=type))
    if page.pk:
        others = others.exclude(pk=page.pk).exclude(url__startswith=page.url_path)
    here = Q(section=page.section_id) if page.section_id else Q(section=None)
    near = Case(When(here, then=Value(0)), default=Value(1))
    topics = PageTopic.objects.filter(content_object_id=page.pk).values("tag_id")
    order = (near, "-published", "-pk")
    found: list[SearchEntry] = list(
        others.filter(page__topic_items__tag__in=topics)
        .annotate(shared=Count("page__topic_items"))
        .order_by("-shared", *order)[:limit]
    )
    if missing := limit - len(found):
        known = [entry.pk for entry in found]
        found += others.exclude(pk__in=known).order_by(*order)[:missing]
    return found
