"""Full-text search in the SQLite file itself: FTS5, ranked by bm25."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import OperationalError, connection, transaction

from search import analysis
from search.models import SearchEntry
from search.terms import Term, Terms

from .base import Ask, Drift, Found
from .tally import Row, tally

_CHUNK = 500
CONTAINS = 1000.0  # more than bm25 gives for any words
FEW = 5  # pages; a run copied from a text may have all its words in some other page by chance
LONG = 8  # characters of a run that would not be in another page by chance

# Marks belong to words (SQLite would split Indic words at vowel signs), and so do numbers.
_CREATE = """
CREATE VIRTUAL TABLE {table} USING fts5(
    title, summary, body, digest UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)
"""
_COLUMNS = """
SELECT e.page_id, e.key, e.language, e.section_id, e.type, e.topics, e.facets,
       julianday('now') - julianday(e.published),
"""
_ALL = f"{_COLUMNS} 0.0 FROM search_searchentry e"
_MATCHED = f"""
{_COLUMNS} -bm25(search_text, 10.0, 3.0, 1.0)
FROM search_text JOIN search_searchentry e ON e.page_id = search_text.rowid
WHERE search_text MATCH %s
"""
_CONTAINING = f"{_COLUMNS} 0.0 FROM search_searchentry e WHERE instr(e.body, %s)"
_CONTAINING_IN = f"{_CONTAINING} AND e.language = %s"
_SUGGEST = """
SELECT e.page_id, e.key
FROM search_text JOIN search_searchentry e ON e.page_id = search_text.rowid
WHERE search_text MATCH %s ORDER BY e.language = %s DESC, rank LIMIT %s
"""
_INSERT = "INSERT INTO {table} (rowid, title, summary, body, digest) VALUES (%s, %s, %s, %s, %s)"
_DELETE = "DELETE FROM {table} WHERE rowid = %s"
_DIFFERENT = """
SELECT e.page_id, t.rowid IS NULL
FROM search_searchentry e LEFT JOIN {table} t ON t.rowid = e.page_id
WHERE t.digest IS NOT %s || e.digest
"""
_SURPLUS = """
SELECT rowid FROM {table} WHERE rowid NOT IN (SELECT page_id FROM search_searchentry)
"""


class SqliteEngine:
    """One row of `search_text` per entry, its rowid the page's id."""

    name = "sqlite"
    degraded = False
    follows = True

    def search(self, ask: Ask) -> Found:
        """All words; when the languages searched have no page with all of them, any of them.

        Where that finds few pages, those come first that contain the query as it stands.
        """
        terms, language = ask.terms, ask.filters.language
        if not terms:
            return tally(_rows(_ALL, []), ask)
        rows = _rows(_MATCHED, [strict(terms)])
        here = {row.key for row in rows if language in (None, row.language)}
        if not here:
            rows = _rows(_MATCHED, [loose(terms)])
            return tally(_first(rows, _containing(terms.run, language)), ask, terms.pieces)
        if len(here) < FEW and " " in terms.run and len(terms.run) >= LONG:
            rows = _first(rows, _containing(terms.run, language or ask.language))
        return tally(rows, ask, terms.found)

    def suggest(self, terms: Terms, language: str, limit: int) -> list[int]:
        """Titles with all of the words, the last one unfinished."""
        if not terms:
            return []
        # Every page may match in each of its languages.
        with connection.cursor() as cursor:
            cursor.execute(_SUGGEST, [f"title : ({strict(terms)})", language, limit * 25])
            first: dict[str, int] = {}
            for page_id, key in cursor.fetchall():
                first.setdefault(key, page_id)
        return list(first.values())[:limit]

    def sync(self, page_ids: Sequence[int]) -> None:
        """Write the rows of these pages from their entries, in chunks of one transaction each."""
        for start in range(0, len(page_ids), _CHUNK):
            with transaction.atomic():
                _write("search_text", page_ids[start : start + _CHUNK])

    def rebuild(self) -> int:
        """Fill a second table in short transactions, then put it in the place of the first."""
        fresh = "search_text_fresh"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_text_fresh")
            cursor.execute(_CREATE.format(table=fresh))
        ids = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), _CHUNK):
            with transaction.atomic():
                _write(fresh, ids[start : start + _CHUNK])
        with transaction.atomic(), connection.cursor() as cursor:
            # What was published meanwhile went to the old table only.
            drift = _drift(fresh)
            _write(fresh, [*drift.missing, *drift.outdated, *drift.surplus])
            cursor.execute("DROP TABLE IF EXISTS search_text")
            cursor.execute("ALTER TABLE search_text_fresh RENAME TO search_text")
            cursor.execute("SELECT count(*) FROM search_text")
            return int(cursor.fetchone()[0])

    def drift(self) -> Drift:
        """Compare digests."""
        return _drift("search_text")

    def problems(self) -> list[str]:
        """Whether the table is there and whole."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT rowid FROM search_text WHERE search_text MATCH 'a' LIMIT 1")
        except OperationalError as error:
            problem = f"The full-text table of the database does not answer: {error}."
            return [f"{problem} Run “manage.py search_index rebuild”."]
        return []


def strict(terms: Terms) -> str:
    """The FTS5 expression for pages with all words and none of the unwanted.

    The words side by side are asked for once more: that finds no other page, and bm25 puts those
    first that have them so.
    """
    every = " AND ".join(map(_phrase, terms.wanted))
    if len(terms.wanted) > 1:
        every = f"({every}) OR {_phrase(terms.whole)}"
    return _without(every, terms.unwanted)


def loose(terms: Terms) -> str:
    """The FTS5 expression for pages with any word; bm25 puts those with the rare ones first."""
    either = (terms.tail, *terms.units) if terms.tail else terms.units
    return _without(" OR ".join(map(_phrase, either)), terms.unwanted)


def _without(expression: str, unwanted: Iterable[Term]) -> str:
    refused = " OR ".join(map(_phrase, unwanted))
    return f"({expression}) NOT ({refused})" if refused else expression


def _phrase(term: Term) -> str:
    """The term as an FTS5 string: within one, all but the quote is plain text to the tokenizer."""
    text = analysis.segment(term.text).replace('"', " ").replace("\0", " ")
    return f'"{text}"*' if term.prefix else f'"{text}"'


@lru_cache(maxsize=4096)
def _json(stored: str) -> Any:
    """Shared by all rows that have the same: not to be changed."""
    return json.loads(stored)


def _first(rows: list[Row], containing: list[Row]) -> list[Row]:
    """Both, each page once, with those of `containing` ranked before all others."""
    scores = {row.page_id: row.score for row in rows}
    ids = {row.page_id for row in containing}
    return [
        *(row._replace(score=CONTAINS + scores.get(row.page_id, 0)) for row in containing),
        *(row for row in rows if row.page_id not in ids),
    ]


def _containing(run: str, language: str | None) -> list[Row]:
    """Pages with `run` in their text, also where it begins and ends inside words.

    FTS5 knows whole words and their beginnings only, so all texts are read: of one language if
    the search is limited to it.
    """
    if not run:
        return []
    if language:
        return _rows(_CONTAINING_IN, [run, language])
    return _rows(_CONTAINING, [run])


def _rows(sql: str, arguments: list[str]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [
            Row(page, key, language, section, type_, _json(topics), _json(facets), age, score)
            for page, key, language, section, type_, topics, facets, age, score in cursor.fetchall()
        ]


def _write(table: str, page_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_DELETE.format(table=table), [(page_id,) for page_id in page_ids])
        cursor.executemany(_INSERT.format(table=table), list(_documents(page_ids)))


def _documents(page_ids: Sequence[int]) -> Iterator[tuple[int, str, str, str, str]]:
    for entry in SearchEntry.objects.filter(pk__in=page_ids):
        title, summary, body = map(analysis.segment, (entry.title, entry.summary, entry.body))
        yield entry.pk, title, summary, body, f"{analysis.VERSION}:{entry.digest}"


def _drift(table: str) -> Drift:
    """By the digests stored beside the texts, which name the version of the analysis as well."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(table=table), [f"{analysis.VERSION}:"])
        different = cursor.fetchall()
        cursor.execute(_SURPLUS.format(table=table))
        surplus = [page_id for (page_id,) in cursor.fetchall()]
    return Drift(
        missing=[page_id for page_id, absent in different if absent],
        outdated=[page_id for page_id, absent in different if not absent],
        surplus=surplus,
    )
