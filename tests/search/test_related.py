"""What to read next: by topics, section and date, in the page's language."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coalition.core.models import CoalitionPage
from search.domain.queries import related
from tests.factories import (
    TopicFactory,
    call_page,
    campaign_page,
    home_of,
    open_section,
    root_of,
    standard_page,
    story_page,
    translate,
)

pytestmark = pytest.mark.django_db


def story(title: str, day: int, below: Any = None, **fields: Any) -> CoalitionPage:
    first = datetime(2026, 1, day, tzinfo=UTC)
    return story_page(below, title=title, first_published_at=first, **fields)


def titles(page: CoalitionPage, **options: Any) -> list[str]:
    return [entry.title for entry in related(page, **options)]


def test_shared_topics_come_first_then_the_section_then_the_newest() -> None:
    land, water, other = TopicFactory.create_batch(3)
    kh = root_of(open_section("kh"))
    page = story("page", 1, kh, topics=[land, water])
    story("newest", 9, topics=[other])
    story("newer", 8)
    story("same section", 3, kh)
    story("one topic", 4, topics=[land, other])
    story("one topic, same section", 2, kh, topics=[water])
    story("two topics", 1, topics=[land, water])
    assert titles(page, type="story", limit=9) == [
        "two topics",
        "one topic, same section",
        "one topic",
        "same section",
        "newest",
        "newer",
    ]
    assert titles(page, type="story") == [
        "two topics",
        "one topic, same section",
        "one topic",
    ]


def test_pages_of_the_network_are_nearest_to_each_other() -> None:
    story("of a section", 9, root_of(open_section("kh")))
    page = story("page", 1)
    story("of the network", 2)
    assert titles(page) == ["of the network", "of a section"]


def test_only_the_pages_own_language() -> None:
    page = story("page", 1)
    other = story("other", 2)
    translate(other, "km", title="ផ្សេង")
    khmer = translate(page, "km", title="ទំព័រ")
    assert titles(page) == ["other"]
    assert titles(khmer) == ["ផ្សេង"]


def test_neither_itself_nor_what_is_below_it_nor_homes_nor_drafts() -> None:
    open_section("kh")
    campaign = campaign_page(title="Campaign")
    call_page(campaign, title="Call")
    story_page(title="Draft", live=False)
    assert titles(campaign) == []


def test_two_queries_at_most(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    land = TopicFactory.create()
    page = story("page", 1, topics=[land])
    for number in range(2, 5):
        story(f"story-{number}", number, topics=[land])
    page.locale  # noqa: B018 - fetched already where a page is served
    with django_assert_num_queries(1):
        related(page)
    with django_assert_num_queries(2):
        related(page, limit=4)


def test_pages_show_it(client: Client) -> None:
    story("first", 1)
    story("second", 2)
    campaign_page(slug="water", title="Water for all")
    standard_page(home_of(), slug="about", title="About us")
    html = client.get("/en/stories/first/").content.decode()
    assert '<h2 id="read-on">More stories from the network</h2>' in html
    assert "Water for all" not in html.partition('id="read-on"')[2]
    assert 'href="/en/stories/second/"' in html.partition('id="read-on"')[2]
    for address, other in (("/en/about/", "Water for all"), ("/en/campaigns/water/", "About us")):
        _before, _id, after = client.get(address).content.decode().partition('id="read-on"')
        assert after.startswith(">Related pages</h2>")
        assert other in after
