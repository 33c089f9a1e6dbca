"""What readers get of each block."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from coalition.core import blocks
from tests.factories import standard_page, translate
from tests.installed import switch_queries

from .made import TABLE, inside, rendered

PLAINNESS = re.compile(
    r"<(?:aside|nav|main|header|footer|section|article|form|iframe|script|style|h1)\b"
    r"|\sstyle=|\son\w+=|https?://"
)


@pytest.mark.parametrize(
    ("name", "value", "html"),
    [
        ("heading", "Land & water", "<h2>Land &amp; water</h2>"),
        ("subheading", "The shore", "<h3>The shore</h3>"),
        ("paragraph", "<p>Who <b>owns</b> it?</p>", "<p>Who <b>owns</b> it?</p>"),
        (
            "quote",
            {"text": "We do.", "attribution": "A farmer"},
            (
                '<figure class="quote"><blockquote><p>We do.</p></blockquote>'
                "<figcaption>A farmer</figcaption></figure>"
            ),
        ),
        (
            "callout",
            {"kind": "warning", "text": "<p>Leave it at home.</p>"},
            (
                '<div class="callout callout-warning"><p class="callout-kind">Warning</p>'
                "<p>Leave it at home.</p></div>"
            ),
        ),
        (
            "accordion",
            [{"question": "Who?", "answer": "<p>All.</p>"}],
            (
                '<div class="accordion"><details><summary>Who?</summary>'
                '<div class="answer"><p>All.</p></div></details></div>'
            ),
        ),
        (
            "statistics",
            [
                {"number": "-3", "label": "a year", "source": "Survey", "url": "https://e.org/s"},
                {"number": "12", "label": "people", "source": "", "url": "https://www.e.org/s"},
                {"number": "12", "label": "people", "source": "Survey", "url": ""},
                {"number": "12", "label": "people"},
            ],
            (
                '<ul class="statistics"><li><strong><bdi>-3</bdi></strong><span>a year</span>'
                '<span class="quiet">Source: <a href="https://e.org/s" rel="noopener noreferrer">'
                "Survey</a></span></li><li><strong><bdi>12</bdi></strong><span>people</span>"
                '<span class="quiet">Source: <a href="https://www.e.org/s"'
                ' rel="noopener noreferrer">e.org</a></span></li>'
                "<li><strong><bdi>12</bdi></strong><span>people</span>"
                '<span class="quiet">Source: Survey</span></li>'
                "<li><strong><bdi>12</bdi></strong><span>people</span></li></ul>"
            ),
        ),
        (
            "table",
            TABLE,
            (
                '<div class="table" role="group" aria-label="Hearings" tabindex="0"><table>'
                "<caption><span>Hearings</span></caption><thead><tr>"
                '<th scope="col">Province</th><th scope="col">Hearing</th>'
                '<th scope="col" class="number">Families</th></tr></thead><tbody>'
                '<tr><th scope="row">Coast</th><td>none</td>'
                '<td class="number"><bdi>1 240</bdi></td></tr>'
                '<tr><th scope="row">Hills</th><td>none</td>'
                '<td class="number"><bdi>-3</bdi></td></tr>'
                "</tbody></table></div>"
            ),
        ),
        (
            "video",
            {"title": "The lake", "url": "https://www.video.example.org/3", "picture": None},
            (
                '<div class="video"><a href="https://www.video.example.org/3"'
                ' rel="noopener noreferrer"><span class="video-title">The lake</span></a>'
                '<p class="quiet">A video on <bdi>video.example.org</bdi>. That site learns of '
                "your visit only if you follow the link.</p></div>"
            ),
        ),
    ],
)
def test_a_block_without_files(name: str, value: Any, html: str) -> None:
    assert inside(rendered(name, value)) == html


def test_a_kind_that_is_no_more_is_a_note() -> None:
    html = rendered("callout", {"kind": "alarm", "text": "<p>Soon.</p>"})
    assert '<p class="callout-kind">Note</p>' in html


def test_names_of_blocks_are_in_the_language_of_the_text() -> None:
    value = {"kind": "warning", "text": "<p>Leave it at home.</p>"}
    html = rendered("callout", value, language="en", interface="km")
    assert html.startswith('<div class="prose wrap" lang="en" dir="ltr">')
    assert '<p class="callout-kind">Warning</p>' in html
    with translation.override("ur"):
        warning = translation.gettext("Warning")
    assert warning != "Warning"
    html = rendered("callout", value, language="ur", interface="en")
    assert html.startswith('<div class="prose wrap" lang="ur" dir="rtl">')
    assert f'<p class="callout-kind">{warning}</p>' in html


def test_a_picture_says_what_it_shows_and_who_took_it(image: Any) -> None:
    value = {"image": image.pk, "alt": "A boat", "caption": "The lake"}
    html = rendered("picture", value)
    assert html.count("<img ") == 1
    assert ' alt="A boat" ' in html
    assert "<figcaption><span>The lake</span></figcaption>" in html
    if hasattr(image, "credit"):
        type(image).objects.update(credit="Village committee")
        html = rendered("picture", value)
        assert '<span class="credit">Picture: Village committee</span></figcaption>' in html


def test_a_picture_without_caption_has_none(image: Any) -> None:
    assert "figcaption" not in rendered("picture", {"image": image.pk, "alt": "A boat"})


def test_pictures_and_documents_that_are_gone_leave_no_trace(image: Any, document: Any) -> None:
    gone = {"image": image.pk + 1, "alt": "A boat", "caption": "The lake"}
    there = {"image": image.pk, "alt": "A river", "caption": ""}
    assert inside(rendered("picture", gone)) == ""
    html = rendered("gallery", [gone, there])
    assert re.findall(r'alt="([^"]*)"', html) == ["A river"]
    assert html.count("<li>") == 1
    html = rendered("documents", [{"document": document.pk + 1, "title": "Map"}])
    assert inside(html) == '<ul class="documents"></ul>'


@pytest.mark.parametrize("pictures", [2, 6])
def test_a_gallery_costs_two_queries(
    image: Any, pictures: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    value = [{"image": image.pk, "alt": f"Boat {n}", "caption": ""} for n in range(pictures)]
    rendered("gallery", value)
    with django_assert_num_queries(2):
        html = rendered("gallery", value)
    assert html.count("<img ") == pictures


def test_a_document_says_its_kind_and_size(document: Any) -> None:
    html = inside(rendered("documents", [{"document": document.pk, "title": "The report"}]))
    assert html == (
        f'<ul class="documents"><li><a href="{document.url}">The report<span class="quiet"> '
        f"(<bdi>PDF</bdi>, <bdi>{filesizeformat(document.file_size)}</bdi>)</span></a></li></ul>"
    )


def test_the_still_of_a_video_is_ours_and_says_nothing_twice(image: Any) -> None:
    html = rendered("video", {"title": "Lake", "url": "https://v.org/", "picture": image.pk})
    assert re.findall(r'alt="([^"]*)"', html) == [""]
    assert "<a href=" in html.split("<picture>")[0]
    assert re.findall(r'(?:src|srcset)="(?!/media/)', html) == []


@pytest.mark.django_db
def test_related_pages_are_those_that_the_public_may_read_in_the_language() -> None:
    both, english, draft, private, gone = (
        standard_page(title=title) for title in ("Both", "English", "Draft", "Private", "Gone")
    )
    translate(both, "km", title="ទាំងពីរ")
    translate(english, "km", title="មិនទាន់", live=False)
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    chosen = [page.pk for page in (english, both, draft, private, gone, both)]
    gone.delete()
    assert inside(rendered("related_pages", chosen)) == (
        '<div class="related"><h2>See also</h2><ul>'
        f'<li><a href="{english.url_path}">English</a></li>'
        f'<li><a href="{both.url_path}">Both</a></li></ul></div>'
    )
    html = rendered("related_pages", chosen, language="km")
    assert re.findall(r"<li>.*?</li>", html) == [f'<li><a href="/km/{both.slug}/">ទាំងពីរ</a></li>']
    assert inside(rendered("related_pages", chosen, language="th")) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_related_pages_cost_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [standard_page() for _ in range(count)]
    with django_assert_num_queries(3 + switch_queries()):
        html = rendered("related_pages", [page.pk for page in pages])
    assert html.count("<li>") == count


def test_templates_of_blocks_are_plain() -> None:
    """No landmarks inside of a text, nothing inline, nothing that loads from elsewhere."""
    folder = Path(blocks.__file__).parents[1] / "templates" / "core" / "blocks"
    found = {
        path.name: PLAINNESS.findall(path.read_text()) for path in sorted(folder.glob("*.html"))
    }
    assert len(found) >= 15
    assert {name: hits for name, hits in found.items() if hits} == {}
