"""Full-text search in the SQLite file itself: FTS5, ranked by bm25."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from search import analysis
from search.models import SearchEntry
from search.terms import Term, Terms

from .base import Ask, Drift, Found
from .tally import Row, tally

TABLE = "search_text"
_CHUNK = 500

# Marks belong to words (SQLite would split Indic words at vowel signs), and so do numbers.
CREATE = """
CREATE VIRTUAL TABLE {table} USING fts5(
    title, summary, body, digest UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)
"""
_SELECT = """
SELECT e.page_id, e.key, e.language, e.section_id, e.type, e.topics,
       julianday('now') - julianday(e.published), {score}
FROM {source}
"""
_ALL = _SELECT.format(score="0.0", source="search_searchentry e")
_MATCHED = _SELECT.format(
    score=f"-bm25({TABLE}, 10.0, 3.0, 1.0)",
    source=f"{TABLE} JOIN search_searchentry e ON e.page_id = {TABLE}.rowid WHERE {TABLE} MATCH %s",
)
_SUGGEST = f"""
SELECT e.page_id, e.key FROM {TABLE} JOIN search_searchentry e ON e.page_id = {TABLE}.rowid
WHERE {TABLE} MATCH %s ORDER BY e.language = %s DESC, rank LIMIT %s
"""
_DRIFT = f"""
SELECT e.page_id, t.rowid IS NULL FROM search_searchentry e
LEFT JOIN {{table}} t ON t.rowid = e.page_id WHERE t.digest IS NOT %s || e.digest
"""


class SqliteEngine:
    """One row of `search_text` per entry, its rowid the page's id."""

    name = "sqlite"
    degraded = False
    follows = True

    def search(self, ask: Ask) -> Found:
        """All words; when the languages searched have no page with all of them, any of them."""
        if not ask.terms:
            return tally(_rows(_ALL, []), ask)
        rows = _rows(_MATCHED, [strict(ask.terms)])
        language = ask.filters.language
        if any(language in (None, row.language) for row in rows):
            return tally(rows, ask, ask.terms.wanted)
        return tally(_rows(_MATCHED, [loose(ask.terms)]), ask, ask.terms.units)

    def suggest(self, terms: Terms, language: str, limit: int) -> list[int]:
        """Titles with all of the words, the last one unfinished."""
        if not terms:
            return []
        # Every page may match in each of its languages.
        arguments = [f"title : ({strict(terms)})", language, limit * 25]
        with connection.cursor() as cursor:
            cursor.execute(_SUGGEST, arguments)
            first: dict[str, int] = {}
            for page_id, key in cursor.fetchall():
                first.setdefault(key, page_id)
        return list(first.values())[:limit]

    def sync(self, page_ids: Sequence[int]) -> None:
        """Write the rows of these pages from their entries, in chunks of one transaction each."""
        for start in range(0, len(page_ids), _CHUNK):
            with transaction.atomic():
                _write(TABLE, page_ids[start : start + _CHUNK])

    def rebuild(self) -> int:
        """Fill a second table in short transactions, then put it in the place of the first."""
        fresh = f"{TABLE}_fresh"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {fresh}")
            cursor.execute(CREATE.format(table=fresh))
        ids = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), _CHUNK):
            with transaction.atomic():
                _write(fresh, ids[start : start + _CHUNK])
        with transaction.atomic(), connection.cursor() as cursor:
            # What was published meanwhile went to the old table only.
            drift = _drift(fresh)
            _write(fresh, [*drift.missing, *drift.outdated, *drift.surplus])
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
            cursor.execute(f"ALTER TABLE {fresh} RENAME TO {TABLE}")
            cursor.execute(f"SELECT count(*) FROM {TABLE}")
            return int(cursor.fetchone()[0])

    def drift(self) -> Drift:
        """Compare digests."""
        return _drift(TABLE)

    def problems(self) -> list[str]:
        """Whether the table is there and whole."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH 'a'")
        except OperationalError as error:
            return [
                _("The search index does not answer (%(error)s). Run: manage.py search_index rebuild.")
                % {"error": error}
            ]
        return []


def strict(terms: Terms) -> str:
    """The FTS5 expression for pages with all words and none of the unwanted."""
    return _without(" AND ".join(map(_phrase, terms.wanted)), terms.unwanted)


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
def _topics(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def _rows(sql: str, arguments: list[str]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [
            Row(page, key, language, section, type_, _topics(topics), age, score)
            for page, key, language, section, type_, topics, age, score in cursor.fetchall()
        ]


def _mark(entry: SearchEntry) -> str:
    """What tells whether a row is that of the entry as it is now and of today's analysis."""
    return f"{analysis.VERSION}:{entry.digest}"


def _write(table: str, page_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {table} WHERE rowid = %s",  # noqa: S608
            [(page_id,) for page_id in page_ids],
        )
        cursor.executemany(
            f"INSERT INTO {table} (rowid, title, summary, body, digest) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, %s)",
            _documents(page_ids),
        )


def _documents(page_ids: Sequence[int]) -> Iterator[tuple[object, ...]]:
    for entry in SearchEntry.objects.filter(pk__in=page_ids):
        texts = (analysis.segment(text) for text in (entry.title, entry.summary, entry.body))
        yield (entry.pk, *texts, _mark(entry))


def _drift(table: str) -> Drift:
    missing, outdated = [], []
    with connection.cursor() as cursor:
        cursor.execute(_DRIFT.format(table=table), [f"{analysis.VERSION}:"])
        for page_id, absent in cursor.fetchall():
            (missing if absent else outdated).append(page_id)
        cursor.execute(
            f"SELECT rowid FROM {table} "  # noqa: S608
            "WHERE rowid NOT IN (SELECT page_id FROM search_searchentry)"
        )
        surplus = [row[0] for row in cursor.fetchall()]
    return Drift(missing=missing, outdated=outdated, surplus=surplus)
