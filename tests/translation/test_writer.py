"""Our writer of segments against wagtail-localize's own: the same rows, in far fewer queries."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from campaigns.models import PersonShown
from coalition.core.models import CoalitionPage
from coalition.translation.domain.writer import MOST_VALUES, write_sources
from home.models import StandardPage
from tests.factories import (
    call_page,
    campaign_page,
    home_of,
    now,
    standard_page,
    stored_picture,
    story_page,
)
from tests.interchange.network import every_block, link, stored_document

pytestmark = pytest.mark.django_db

# Everything but the ids, which another run would give anew.
ROWS: dict[Any, list[str]] = {
    TranslatableObject: ["translation_key", "content_type"],
    TranslationSource: [
        *("object", "locale", "specific_content_type", "object_repr", "content_json"),
        "schema_version",
    ],
    TranslationContext: ["object", "path_id", "path"],
    String: ["locale", "data_hash", "data"],
    Template: ["uuid", "template", "template_format", "string_count"],
    StringSegment: ["source__object", "context__path", "order", "string__data", "attrs"],
    TemplateSegment: ["source__object", "context__path", "order", "template__uuid"],
    RelatedObjectSegment: ["source__object", "context__path", "order", "object"],
    OverridableSegment: ["source__object", "context__path", "order", "data_json"],
}


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """All that wagtail-localize's tables know of sources."""
    return {
        model.__name__: sorted(model.objects.values_list(*fields), key=repr)
        for model, fields in ROWS.items()
    }


def written_by(write: Callable[[], object]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that `write` leaves, which are then undone."""
    with transaction.atomic():
        write()
        found = rows()
        transaction.set_rollback(True)
    return found


def ours(*pages: Page) -> dict[int, TranslationSource]:
    return write_sources([now(page) for page in pages])


def stock(*pages: Page) -> None:
    for page in pages:
        TranslationSource.update_or_create_from_instance(now(page))


def settled(page: Any) -> Any:
    """As an editor's save does: rows of lists get their ids."""
    page.body = page.body.stream_block.clean(page.body)
    page.save_revision().publish()
    return now(page)


@pytest.fixture
def pages(media: Path) -> list[CoalitionPage]:
    """One of each type, and one with every block and whatever rich text may hold."""
    picture, report = stored_picture(), stored_document()
    other = standard_page(title="Other")
    body = every_block([other, home_of()], picture, report)
    body += [
        {
            "type": "paragraph",
            "value": "<p>One <b>two</b>.</p>"
            f"<ul><li>{link(other)}</li><li>x &amp; y<br/>z</li></ul>"
            '<p><a href="https://example.org/?a=1&amp;b=2">out</a></p>',
        },
        {"type": "heading", "value": "Land & water"},
    ]
    lead = {"picture": picture, "picture_alt": "A boat", "seo_title": "Seo", "summary": "Short"}
    every = settled(standard_page(title="Every", body=body, search_description="All.", **lead))
    campaign = campaign_page(title="Campaign", **lead)
    campaign.goal = f"<p>More {link(other)}</p>"
    campaign.timeline = [{"type": "milestone", "value": {"date": "2026-03-01", "text": "Launch"}}]
    campaign.partners = [{"type": "partner", "value": {"name": "A group", "url": ""}}]
    campaign.save_revision().publish()
    story = story_page(title="Story", **lead)
    story.people = [
        PersonShown(
            description="a teacher", consent_given_on="2026-01-01", consent_expires_on="2099-01-01"
        )
    ]
    story.save_revision().publish()
    return [every, now(campaign), call_page(campaign, title="Sign", goal=100), now(story), other]


def test_the_rows_are_those_of_wagtail_localize(pages: list[CoalitionPage]) -> None:
    expected = written_by(lambda: stock(*pages))
    # No block or field of ours leads to what is translated by itself.
    assert [name for name, found in expected.items() if not found] == ["RelatedObjectSegment"]
    assert written_by(lambda: ours(*pages)) == expected


def test_again_changes_nothing(pages: list[CoalitionPage]) -> None:
    sources = ours(*pages)
    before = {model: list(model.objects.order_by("pk").values_list()) for model in ROWS}
    with CaptureQueriesContext(connection) as captured:
        again = ours(*pages)
    assert {model: list(model.objects.order_by("pk").values_list()) for model in ROWS} == before
    assert again == sources
    assert [q["sql"] for q in captured if q["sql"].startswith(("UPDATE", "DELETE"))] == []


def test_ours_takes_over_what_stock_has_written(pages: list[CoalitionPage]) -> None:
    stock(*pages)
    expected = rows()
    every = now(pages[0])
    every.title = "Everything"
    every.save_revision().publish()
    with transaction.atomic():
        stock(every)
        changed = rows()
        transaction.set_rollback(True)
    assert changed != expected
    ours(*pages)
    assert rows() == changed


def test_one_changed_paragraph_changes_one_segment(pages: list[CoalitionPage]) -> None:
    ours(*pages)
    before = {name: set(found) for name, found in rows().items()}
    ids = set(StringSegment.objects.values_list("pk", flat=True))
    every = now(pages[0])
    every.body[-1].value = "Land & sea"
    every.save_revision().publish()
    ours(*pages)
    after = {name: set(found) for name, found in rows().items()}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"TranslationSource", "String", "StringSegment"}
    assert len(before["StringSegment"] - after["StringSegment"]) == 1
    ((*_place, text, _attrs),) = after["StringSegment"] - before["StringSegment"]
    assert text == "Land &amp; sea"
    kept = set(StringSegment.objects.values_list("pk", flat=True)) & ids
    assert len(kept) == len(ids) - 1


def test_what_is_gone_goes_and_may_come_back(pages: list[CoalitionPage]) -> None:
    ours(*pages)
    every = now(pages[0])
    body = every.body.raw_data[:]
    expected = rows()
    every.body = every.body.stream_block.to_python([])
    every.save_revision().publish()
    ours(every)
    left = StringSegment.objects.filter(source__object=every.translation_key)
    paths = set(left.values_list("context__path", flat=True))
    assert not any(path.startswith("body") for path in paths)
    every = now(every)
    every.body = every.body.stream_block.to_python(list(body))
    every.save_revision().publish()
    ours(every)
    found = rows()
    del found["TranslationSource"], expected["TranslationSource"]  # has dates in it
    assert found == expected


def test_more_strings_than_a_query_takes(media: Path) -> None:
    number = 2 * MOST_VALUES + 1
    body = [{"type": "heading", "value": f"Heading {place}"} for place in range(number)]
    page = settled(standard_page(title="Long", body=body))
    with CaptureQueriesContext(connection) as captured:
        (source,) = ours(page).values()
    assert StringSegment.objects.filter(source=source).count() == number + 1
    assert len(captured) < 60
    page = now(page)
    page.body = page.body.stream_block.to_python([])
    page.save_revision().publish()
    ours(page)
    assert StringSegment.objects.filter(source=source).count() == 1


def test_many_pages_cost_hardly_more_than_one(media: Path) -> None:
    def queries(number: int) -> int:
        pages = [settled(standard_page(title=f"{number} {n}", body=BODY)) for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            write_sources(pages)
        return len(captured)

    one = queries(1)
    # What belongs to each page, its topics, is read with it.
    assert queries(10) <= one + 9 * 2
    assert one <= 25


BODY = [{"type": "paragraph", "value": "<p>One <b>two</b>.</p>"}]


def test_no_pages_are_no_trouble() -> None:
    assert write_sources([]) == {}
    assert StandardPage.objects.count() == 0
