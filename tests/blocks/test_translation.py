"""Every text of a body reaches translators, once; ids and pictures stay."""

from collections import Counter
from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments

from home.models import StandardPage
from tests.factories import now, standard_page

from .made import TABLE

pytestmark = pytest.mark.django_db


def body_of_all(image: Any, document: Any, page: StandardPage) -> list[tuple[str, Any]]:
    """A body with every block."""
    boat = {"image": image.pk, "alt": "A boat", "caption": "Lake"}
    return [
        ("heading", "Land"),
        ("subheading", "Shore"),
        ("paragraph", "<p>Who owns it?</p>"),
        ("quote", {"text": "We do.", "attribution": "A farmer"}),
        ("callout", {"kind": "tip", "text": "<p>Leave it.</p>"}),
        ("accordion", [{"question": "Who?", "answer": "<p>All.</p>"}]),
        ("picture", boat),
        ("gallery", [{**boat, "alt": "A net", "caption": ""}, {**boat, "alt": "A river"}]),
        (
            "statistics",
            [{"number": "3/4", "label": "boats", "source": "Survey", "url": "https://e.org/"}],
        ),
        ("table", TABLE),
        ("documents", [{"document": document.pk, "title": "The report"}]),
        ("related_pages", [page.pk]),
        ("video", {"title": "The lake", "url": "https://v.org/", "picture": image.pk}),
    ]


TEXTS = [
    *("Land", "Shore", "Who owns it?", "We do.", "A farmer", "Leave it.", "Who?", "All."),
    *("A boat", "Lake", "A net", "A river", "Lake", "3/4", "boats", "Survey"),
    # Texts of a table are offered once; its numbers are not.
    *("Hearings", "Province", "Hearing", "Families", "Coast", "none", "Hills"),
    *("The report", "The lake"),
]


@pytest.fixture
def page(image: Any, document: Any) -> StandardPage:
    body = body_of_all(image, document, standard_page())
    blocks = [{"type": name, "value": value} for name, value in body]
    made = standard_page(title="Source", body=blocks)
    # As an editor's save does: rows of lists get their ids.
    made.body = made.body.stream_block.clean(made.body)
    made.save_revision().publish()
    return now(made)


def strings(page: StandardPage) -> list[StringSegmentValue]:
    found = extract_segments(page)
    return [
        segment
        for segment in found
        if isinstance(segment, StringSegmentValue) and segment.path.startswith("body.")
    ]


def ids(value: Any) -> list[str]:
    """All ids in a stored body, from the top down."""
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [found for part in value.values() for found in ids(part)]
    return [found for part in value for found in ids(part)] if isinstance(value, list) else []


def stored(page: StandardPage) -> Any:
    return page.body.get_prep_value()


def test_every_text_is_offered(page: StandardPage) -> None:
    assert [segment.string.get_translatable_html() for segment in strings(page)] == TEXTS
    assert len({segment.path for segment in strings(page)}) == len(TEXTS)


def test_a_translation_has_the_texts_the_ids_and_the_pictures(
    page: StandardPage, image: Any, document: Any
) -> None:
    before = stored(page)
    target = StandardPage(title="Target", body=[])
    segments = []
    for segment in extract_segments(page):
        copy = segment.clone()
        if isinstance(copy, StringSegmentValue):
            copy.string = type(copy.string)(f"km {copy.string.get_translatable_html()}")
        segments.append(copy)
    english, khmer = (Locale.objects.get(language_code=code) for code in ("en", "km"))
    ingest_segments(page, target, english, khmer, segments)
    after = stored(target)
    assert ids(after) == ids(before)
    assert len(ids(after)) == 13 + 1 + 2 + 1 + 1 + 1
    values = {block["type"]: block["value"] for block in after}
    assert values["heading"] == "km Land"
    assert values["paragraph"] == "<p>km Who owns it?</p>"
    assert values["callout"] == {"kind": "tip", "text": "<p>km Leave it.</p>"}
    assert values["picture"] == {"image": image.pk, "alt": "km A boat", "caption": "km Lake"}
    assert [row["value"]["alt"] for row in values["gallery"]] == ["km A net", "km A river"]
    assert values["accordion"][0]["value"] == {"question": "km Who?", "answer": "<p>km All.</p>"}
    assert values["documents"][0]["value"] == {"document": document.pk, "title": "km The report"}
    assert values["video"]["url"] == "https://v.org/"
    assert values["table"] == {
        "caption": "km Hearings",
        "columns": [
            {"type": "row_heading", "heading": "km Province"},
            {"type": "text", "heading": "km Hearing"},
            {"type": "number", "heading": "km Families"},
        ],
        "rows": [
            {"values": ["km Coast", "km none", "1 240"]},
            {"values": ["km Hills", "km none", "-3"]},
        ],
    }


def test_pictures_documents_and_pages_may_differ_by_language(page: StandardPage) -> None:
    found = [
        segment
        for segment in extract_segments(page)
        if isinstance(segment, OverridableSegmentValue)
    ]
    kinds = Counter(segment.path.rpartition(".")[2] for segment in found)
    rows = next(block for block in stored(page) if block["type"] == "related_pages")["value"]
    assert kinds == {"slug": 1, "image": 3, "document": 1, rows[0]["id"]: 1, "url": 2, "picture": 1}


def test_texts_of_a_table_keep_their_places_when_it_is_rearranged(page: StandardPage) -> None:
    def of_table() -> set[tuple[str, str]]:
        block = next(block for block in page.body if block.block_type == "table")
        segments = block.block.get_translatable_segments(block.value)
        return {(segment.path, segment.string.get_translatable_html()) for segment in segments}

    before = of_table()
    table = next(block for block in page.body if block.block_type == "table").value
    table.row_data.reverse()
    table.columns.reverse()
    for row in table.row_data:
        row["values"].reverse()
    assert of_table() == before


def test_what_was_left_out_is_empty(page: StandardPage) -> None:
    """Imported blocks hold only what their line said."""
    bare = [
        {"type": "quote", "value": {"text": "We do."}},
        {"type": "statistics", "value": [{"number": "3", "label": "boats"}]},
    ]
    page.body = page.body.stream_block.clean(page.body.stream_block.to_python(bare))
    page.save_revision().publish()
    found = [segment.string.get_translatable_html() for segment in strings(now(page))]
    assert found == ["We do.", "3", "boats"]
    words = page.body.stream_block.get_searchable_content(page.body)
    assert list(filter(None, words)) == found
