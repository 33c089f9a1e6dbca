"""`lang` and `dir` stand on every fragment in another language than the interface."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from coalition.core.links import Choice, Language
from coalition.core.templatetags.languages import lang_of

MODULE = '<script type="module" src="/static/coalition/leave.js"'


@dataclass(frozen=True)
class Entry:
    """What an entry card shows."""

    language: str
    url: str = "/page/"
    title: str = "Title"
    summary: str = "Summary"
    type: str = "standard"
    published: datetime = datetime(2026, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("interface", "written", "attributes"),
    [
        ("en", "en", ""),
        ("en", "", ""),
        ("en", None, ""),
        ("en", "ur", ' lang="ur" dir="rtl"'),
        ("ur", "en", ' lang="en" dir="ltr"'),
        ("km", "zh-hans", ' lang="zh-Hans" dir="ltr"'),
        ("zh-hans", Language("zh-hans"), ""),
        ("km", Language("ar"), ' lang="ar" dir="rtl"'),
    ],
)
def test_attributes_of_a_fragment(
    interface: str, written: str | Language | None, attributes: str
) -> None:
    with translation.override(interface):
        assert lang_of(written) == attributes


def test_card_marks_title_and_summary_but_not_the_date() -> None:
    with translation.override("en"):
        card = render_to_string(
            "components/entry_card.html", {"entry": Entry("km"), "show_type": False, "level": 2}
        )
    assert '<h2 lang="km" dir="ltr"><a href="/page/">Title</a></h2>' in card
    assert '<p lang="km" dir="ltr">Summary</p>' in card
    assert '<time datetime="2026-01-09">' in card
    assert card.count("lang=") == 2


def test_switcher_separates_languages_without_the_page() -> None:
    languages = [
        Choice(Language("en"), "/en/a/", current=True, available=True),
        Choice(Language("ur"), "/ur/a/", current=False, available=True),
        Choice(Language("km"), "/km/a/", current=False, available=False),
    ]
    with translation.override("en"):
        switcher = render_to_string(
            "components/language_switcher.html",
            {"language": Language("en"), "languages": languages},
        )
    there, missing = switcher.split("not yet translated")
    assert '<a href="/en/a/" hreflang="en" aria-current="true"><span>English</span></a>' in there
    assert '<a href="/ur/a/" hreflang="ur"><span lang="ur" dir="rtl">اردو</span></a>' in there
    assert '<a href="/km/a/" hreflang="km"><span lang="km" dir="ltr">ខ្មែរ</span></a>' in missing


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "500.html"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("km", "ltr"), ("ur", "rtl")])
def test_error_pages_need_no_context(name: str, language: str, direction: str) -> None:
    with translation.override(language):
        page = render_to_string(name)
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert page.count("<h1>") == 1
    assert re.findall("<script[^>]*", page) == [MODULE]
    assert "style=" not in page


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "9 January 2026"),
        ("km", "9 មករា 2026"),
        ("th", "9 มกราคม ค.ศ. 2026"),
        ("ur", "9 جنوری، 2026"),
    ],
)
def test_dates_are_in_the_readers_language(language: str, shown: str) -> None:
    with translation.override(language):
        card = render_to_string("components/entry_card.html", {"entry": Entry(language)})
    assert f">{shown}</time>" in card
