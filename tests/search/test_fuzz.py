"""No text that a reader can type is an error, whatever it means to an engine."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.domain import queries
from search.domain.queries import SearchRequest
from search.engines.base import Ask, Engine
from search.excerpts import find
from search.terms import parse
from tests.search.factories import Text, make_entries

# Characters that mean something to FTS5, LIKE or the parser, and ones that break scripts apart.
SPECIAL = st.text(
    alphabet="\"'-+*^:(){}[]<>%_\\.,;!?~@#$/|& \x00\x1f\u200b\u0e31\u17d2កข学aA1", max_size=40
)
SYNTAX = [
    "AND", "OR", "NOT", "NEAR", "NEAR(a,b,3)", "title:", "title:x", "-title", '"', '""', "*", "a*",
    "^a", "rank", "search_text", "AND(", "NOT)", "สิทธิ", "-สิทธิ", '-"', "{title,body}:a", "+",
    "a+b", "(a", "OR", "b)", "')", "--", ";", "\\",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(SYNTAX), max_size=12).map(" ".join)
QUERIES = st.one_of(st.text(max_size=300), SPECIAL, WORDS)


QUICK = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(query=QUERIES)
def test_any_text_is_a_query(engine: Engine, query: str) -> None:
    terms = parse(query)
    found = engine.search(Ask(terms, "en"))
    assert found.total >= len(found.matches)
    assert len(engine.suggest(terms, "en", 8)) <= 8


@pytest.mark.parametrize(
    "query",
    [
        '"' * 10_000,
        "(" * 10_000,
        "a " * 5_000,
        "-a " * 5_000,
        "ก" * 10_000,
        "a*" * 5_000,
        "\x00" * 300,
    ],
)
def test_long_queries_are_no_trouble(engine: Engine, query: str) -> None:
    make_entries([Text("a", "en", body="a land without ก")])
    assert engine.search(Ask(parse(query), "en")).total <= 100


@pytest.mark.django_db
@QUICK
@given(query=QUERIES, language=st.sampled_from(["en", "th", "km", "ur"]))
def test_any_text_has_an_answer(query: str, language: str) -> None:
    answer = queries.search(SearchRequest(q=query, language=language))
    assert all(hit.excerpt is not None for hit in answer.hits)


@given(st.text(max_size=80), st.text(max_size=300))
def test_marks_lie_inside_the_text_and_apart(query: str, text: str) -> None:
    terms = parse(query)
    spans = find(text, (*terms.wanted, *terms.units))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
