"""Folding, segmentation and cutting, which all engines share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ไม้และไม่", ["ไ", "ม้", "แ", "ล", "ะ", "ไ", "ม่"]),
        ("ລາວ NGO", ["ລ", "າ", "ວ", "NGO"]),
        ("ប្រទេស", ["ប្រ", "ទេ", "ស"]),
        ("ကျောင်း", ["ကျေ", "ာ", "င်", "း"]),
        ("労働者の権利", ["労", "働", "者", "の", "権", "利"]),
        ("劳动法第19条", ["劳", "动", "法", "第", "19", "条"]),
        ("अधिकार और कर्म", ["अधिकार", "और", "कर्म"]),
        ("quyền con người", ["quyền", "con", "người"]),
    ],
)
def test_only_scripts_without_spaces_become_graphemes(text: str, pieces: list[str]) -> None:
    assert analysis.tokens(text) == pieces


def test_graphemes_are_joined_by_the_unit_separator() -> None:
    assert analysis.segment("a ลาว.") == "a \x1fล\x1fา\x1fว\x1f."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e\u0301tat", "\u00e9tat"),  # composed or not
        ("มาตรา ๑๒", "มาตรา 12"),
        ("ধারা ১৯", "ধারা 19"),
        ("كيف", "کیف"),  # Arabic and Urdu keyboards
        ("أحرارًا", "احرارا"),
        ("ශ්‍රී", "ශ්රී"),  # with and without a joiner
        ("ស\u200bិទ្ធិ", "សិទ្ធិ"),
    ],
)
def test_what_readers_take_for_the_same_is_folded_to_the_same(one: str, other: str) -> None:
    assert analysis.fold(one) == analysis.fold(other)


@pytest.mark.parametrize(("one", "other"), [("ไม้", "ไม่"), ("कर्म", "करम"), ("آم", "ام")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert analysis.fold(one) != analysis.fold(other)


def test_normal_text_is_one_line_without_control_characters() -> None:
    assert analysis.normal(" a\x00b\r\n c\u0301\u200bd ") == "a b ć\u200bd"


@given(st.text())
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(analysis.graphemes(text)) == text


@given(st.text())
def test_a_mask_keeps_every_offset(text: str) -> None:
    assert len(analysis.mask(text)) == len(text)


@given(st.text())
def test_segmenting_twice_is_segmenting_once(text: str) -> None:
    assert analysis.tokens(analysis.segment(text)) == analysis.tokens(text)


def test_an_excerpt_is_cut_between_words() -> None:
    text = "Nobody shall be held in slavery or servitude wherever they may be working today."
    at = text.index("servitude")
    start, end = analysis.cut(text, (at, at + 9), 40, "en")
    assert text[start:end] == "slavery or servitude wherever they may be"


def test_an_excerpt_is_cut_between_words_where_no_spaces_are() -> None:
    text = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"
    at = text.index("เสมอภาค")
    start, end = analysis.cut(text, (at, at + 7), 30, "th")
    assert text[start:end] == "อิสระและเสมอภาคกันใน"


def test_a_short_text_is_not_cut() -> None:
    assert analysis.cut("short text", (6, 10), 40, "en") == (0, 10)


@given(
    st.text(min_size=1, max_size=400),
    st.integers(0, 399),
    st.integers(0, 60),
    st.integers(10, 120),
)
def test_a_cut_holds_what_it_is_around(text: str, at: int, length: int, width: int) -> None:
    at = min(at, len(text) - 1)
    length = min(length, len(text) - at, width)
    start, end = analysis.cut(text, (at, at + length), width, "th")
    assert 0 <= start <= end <= len(text)
    assert text[at : at + length].strip() in text[start:end]
    assert end - start <= width + 30 or len(text) <= width
