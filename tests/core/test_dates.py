"""Dates in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from coalition.core import languages
from coalition.core.dates import long_date

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "5 March 2026"),
        ("fil", "Marso 5, 2026"),
        ("ja", "2026年3月5日"),
        ("km", "5 មីនា 2026"),
        ("lo", "5 ມີນາ 2026"),
        ("si", "2026 මාර්තු 5"),
        ("tet", "5 marsu 2026"),
        ("th", "5 มีนาคม ค.ศ. 2026"),
        ("tpi", "5 Mas 2026"),
        ("ur", "5 مارچ، 2026"),
        ("zh-hans", "2026年3月5日"),
    ],
)
def test_a_day_in_words(code: str, written: str) -> None:
    assert long_date(DAY, code) == written


def test_every_language_names_its_months_differently_from_english() -> None:
    # Malay and Indonesian share March's day and year, never its name, with English.
    others = [code for code in languages.codes() if code != "en"]
    assert [code for code in others if "March" in long_date(DAY, code)] == []


def test_the_filter_takes_the_language_of_the_page_around_it() -> None:
    template = Template("{% load languages %}{{ day|reader_date }} {{ none|reader_date }}")
    with translation.override("tet"):
        assert template.render(Context({"day": datetime(2026, 3, 5, 12, tzinfo=UTC)})) == (
            "5 marsu 2026 "
        )
