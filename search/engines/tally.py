"""Ranking, filters and facets over matched rows, for engines that are a database."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from coalition.sections.models import Section
from search.terms import Term

from .base import NETWORK, Ask, Facets, Filters, Found, Match

HALF_LIFE = 730.0  # days in which the bonus for freshness falls by half
FRESH, OWN_LANGUAGE = 0.3, 0.5  # added to the weight 1 of the match itself


class Row(NamedTuple):
    """A version of a page that matched. `age` in days; `score` is the engine's, more is better."""

    page_id: int
    key: str
    language: str
    section_id: int | None
    type: str
    topics: Sequence[str]
    facets: Mapping[str, Sequence[str]]
    age: float
    score: float


class _Counts:
    """Keys by facet and value. A row that fails one filter still counts in that facet alone:
    a facet shows what choosing another of its values would give."""

    def __init__(self, filters: Filters) -> None:
        self.filters = filters
        self.codes = dict(Section.objects.values_list("pk", "code"))
        self.keys: dict[str, dict[str, set[str]]] = {
            name: defaultdict(set) for name in ("language", "section", "type", "topic")
        }

    def passes(self, row: Row) -> bool:
        """Count `row`, and say whether it passes all filters."""
        wanted, keys = self.filters, self.keys
        section = self.codes[row.section_id] if row.section_id else NETWORK
        language_fails = wanted.language is not None and row.language != wanted.language
        section_fails = wanted.section is not None and section != wanted.section
        type_fails = wanted.type is not None and row.type != wanted.type
        topic_fails = wanted.topic is not None and wanted.topic not in row.topics
        others_fail = [
            name for name, value in wanted.others.items() if value not in row.facets.get(name, ())
        ]
        fails = language_fails + section_fails + type_fails + topic_fails + len(others_fail)
        if fails > 1:
            return False
        if language_fails or not fails:
            keys["language"][row.language].add(row.key)
        if section_fails or not fails:
            keys["section"][section].add(row.key)
        if type_fails or not fails:
            keys["type"][row.type].add(row.key)
        if topic_fails or not fails:
            for topic in row.topics:
                keys["topic"][topic].add(row.key)
        for name, values in row.facets.items():
            if name in others_fail or not fails:
                for value in values:
                    keys.setdefault(name, defaultdict(set))[value].add(row.key)
        return not fails

    def facets(self) -> Facets:
        """Numbers of pages, most first."""
        return {
            name: dict(
                sorted(
                    ((value, len(found)) for value, found in values.items()),
                    key=lambda item: (-item[1], item[0]),
                )
            )
            for name, values in self.keys.items()
        }


def tally(rows: Iterable[Row], ask: Ask, shown: tuple[Term, ...] = ()) -> Found:
    """Filter, group by key, rank and count; `shown` is passed on."""
    counts = _Counts(ask.filters)
    ranks: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for row in rows:
        if counts.passes(row):
            ranks[row.key].append((_weight(row, ask), -row.page_id, row.language))
    best = {key: max(found) for key, found in ranks.items()}
    order = sorted(best, key=best.__getitem__, reverse=True)
    return Found(
        total=len(order),
        matches=[
            Match(key, [language for *_rank, language in sorted(ranks[key], reverse=True)])
            for key in order[ask.offset : ask.offset + ask.limit]
        ],
        facets=counts.facets(),
        shown=shown,
    )


def _weight(row: Row, ask: Ask) -> float:
    """The row's score, raised a little for fresh pages and for the reader's language."""
    if not ask.terms:
        return -row.age
    # A bell curve without its middle: an old page keeps its whole score, it only gains nothing.
    fresh = FRESH * math.exp2(-((max(row.age, 0.0) / HALF_LIFE) ** 2))
    return row.score * (1 + fresh + (OWN_LANGUAGE if row.language == ask.language else 0))
