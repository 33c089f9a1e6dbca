"""Queries taken apart."""

import pytest

from search.terms import Term, Terms, parse


def test_the_last_word_may_be_unfinished() -> None:
    assert parse("land rights") == Terms(
        (Term("land"), Term("rights", prefix=True)), (), "land rights"
    )


@pytest.mark.parametrize(
    "query", ['"land rights"', "“land rights”", '"land rights', "«land rights»"]
)
def test_a_phrase_is_one_term_and_finished(query: str) -> None:
    assert parse(query) == Terms((Term("land rights"),))


def test_words_can_be_left_out() -> None:
    assert parse('land -mining -"open pit"') == Terms(
        (Term("land", prefix=True),), (Term("mining"), Term("open pit"))
    )


def test_what_only_leaves_out_is_looked_for() -> None:
    assert parse("-governmental") == Terms((Term("governmental", prefix=True),), (), "governmental")


@pytest.mark.parametrize(
    "query", ["", "   ", '""', '"', "-", "…", "?!", "\x00", "\u0e31", "្", '-""']
)
def test_nothing_to_look_for(query: str) -> None:
    assert not parse(query)


def test_a_vowel_sign_left_over_from_a_cut_is_dropped() -> None:
    assert parse("ีบุคคลที่").wanted == (Term("บุคคลที่", prefix=True),)
    assert parse("ের অধিকার").wanted == (Term("র"), Term("অধিকার", prefix=True))


def test_the_tail_is_what_follows_the_first_word() -> None:
    assert parse("ery or servitude").tail == Term("or servitude", prefix=True)
    assert parse("រគោរព").tail == Term("គោរព", prefix=True)
    assert parse("slavery").tail is None


def test_units_are_words_as_dictionaries_know_them() -> None:
    assert parse("แรงงานข้ามชาติ").units == (Term("แรงงาน"), Term("ข้าม"), Term("ชาติ", prefix=True))
    assert parse("free labour").units == (Term("free"), Term("labour", prefix=True))


def test_of_a_long_query_the_beginning_counts() -> None:
    assert parse("a" * 5000).wanted == (Term("a" * 200, prefix=True),)
