"""Plain substring search over the entries, for databases whose own engine is not there yet."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from operator import and_, or_

from django.db.models import Case, FloatField, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from search.models import SearchEntry
from search.terms import Term, Terms

from .base import Ask, Drift, Found
from .tally import Row, tally

_WEIGHTS = (("title", 10.0), ("summary", 3.0), ("body", 1.0))
_MOST = 12  # terms; each costs three comparisons with every text, and SQLite's parser is shallow


class OrmEngine:
    """Reads the entries themselves: no index to follow, and no answer as good as an engine's."""

    name = "database"
    degraded = True
    follows = False

    def search(self, ask: Ask) -> Found:
        """All words; when the languages searched have no page with all of them, any of them."""
        if not ask.terms:
            return tally(_rows(Q(), ()), ask)
        wanted = ask.terms.wanted[:_MOST]
        every = reduce(and_, map(_anywhere, wanted))
        # Terms are folded and texts are not: what was copied from a text is looked for as it is.
        run = Term(ask.terms.run)
        if run.text:
            every |= _anywhere(run)
        terms = (*wanted, run) if " " in run.text else wanted
        rows = _rows(_without(ask.terms, every), terms)
        language = ask.filters.language
        if any(language in (None, row.language) for row in rows):
            return tally(rows, ask, wanted)
        # A substring may begin inside a word anyway; the query as it stands is one of the pieces.
        pieces = ask.terms.pieces[:_MOST]
        rows = _rows(_without(ask.terms, reduce(or_, map(_anywhere, pieces))), pieces)
        return tally(rows, ask, pieces)

    def suggest(self, terms: Terms, language: str, limit: int) -> list[int]:
        """Titles that contain all of the words."""
        if not terms:
            return []
        titles = reduce(and_, (Q(title__icontains=term.text) for term in terms.wanted[:_MOST]))
        entries = SearchEntry.objects.filter(titles).order_by(
            Case(When(language=language, then=0), default=1), "-published", "pk"
        )
        first: dict[str, int] = {}
        for page_id, key in entries.values_list("pk", "key")[: limit * 25]:
            first.setdefault(key, page_id)
        return list(first.values())[:limit]

    def sync(self, page_ids: Sequence[int]) -> None:
        """Nothing to do."""

    def rebuild(self) -> int:
        """Nothing to do: the entries are the index."""
        return SearchEntry.objects.count()

    def drift(self) -> Drift:
        """None is possible."""
        return Drift()

    def problems(self) -> list[str]:
        """None of its own; the database has a check elsewhere."""
        return []


def _anywhere(term: Term) -> Q:
    found = [Q(**{f"{field}__icontains": term.text}) for field, _weight in _WEIGHTS]
    return reduce(or_, found)


def _without(terms: Terms, query: Q) -> Q:
    return reduce(and_, (~_anywhere(term) for term in terms.unwanted[:_MOST]), query)


def _score(terms: Sequence[Term]) -> Combinable:
    """Long words are rare ones, runs of words rarer still, and title weighs more than text."""
    score: Combinable = Value(0.0, output_field=FloatField())
    for term in terms:
        for field, weight in _WEIGHTS:
            rarity = len(term.text) ** (2 if " " in term.text else 1)
            gain = Value(weight * rarity, output_field=FloatField())
            score = score + Case(
                When(**{f"{field}__icontains": term.text}, then=gain),
                default=Value(0.0),
                output_field=FloatField(),
            )
    return score


def _rows(query: Q, terms: Sequence[Term]) -> list[Row]:
    now = timezone.now()
    entries = SearchEntry.objects.filter(query).annotate(score=_score(terms))
    columns = ("pk", "key", "language", "section_id", "type", "topics", "facets")
    return [
        Row(
            pk,
            key,
            language,
            section,
            type_,
            topics,
            facets,
            (now - day) / timedelta(days=1),
            score,
        )
        for pk, key, language, section, type_, topics, facets, day, score in entries.values_list(
            *columns, "published", "score"
        )
    ]
