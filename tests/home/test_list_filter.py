"""Lists are narrowed by what they have."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coalition.core.models import TopicName
from tests.factories import (
    TopicFactory,
    home_of,
    open_section,
    root_of,
    story_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stories() -> None:
    """Three stories in two sections and the network, about two topics."""
    water, land = TopicFactory.create(slug="water", name="Water"), TopicFactory.create(slug="land")
    TopicName.objects.create(topic=water, language="km", name="ទឹក")
    TopicFactory.create(slug="unused")
    cambodia = open_section("kh")
    open_section("pk", languages=["en"])
    thailand = open_section("th", languages=["en"])
    story_page(title="Of the network", topics=[water])
    story_page(root_of(cambodia), title="Of Cambodia", topics=[water, land])
    story_page(root_of(thailand), title="Of Thailand", topics=[land])
    story_page(root_of(cambodia, "km"), title="រឿង", topics=[water])


def shown(html: str) -> list[str]:
    return sorted(re.findall(r"<h2><a href=[^>]+>([^<]+)</a></h2>", html))


def options(html: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)"', html)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Of Cambodia", "Of Thailand", "Of the network"]),
        ("?topic=land", ["Of Cambodia", "Of Thailand"]),
        ("?section=kh", ["Of Cambodia"]),
        ("?section=th&topic=land", ["Of Thailand"]),
        ("?section=xx&topic=land", ["Of Cambodia", "Of Thailand"]),
        ("?topic=unused", ["Of Cambodia", "Of Thailand", "Of the network"]),
    ],
)
def test_section_and_topic_narrow_the_list(client: Client, query: str, titles: list[str]) -> None:
    assert shown(client.get(f"/en/stories/{query}").content.decode()) == titles


def test_only_what_the_list_has_is_offered(client: Client) -> None:
    html = client.get("/en/stories/").content.decode()
    assert options(html) == ["", "kh", "th", "", "land", "water"]
    # One topic is no choice, and a section's list is of that section.
    assert options(client.get("/km/countries/cambodia/stories/").content.decode()) == []
    assert options(client.get("/en/countries/cambodia/stories/").content.decode()) == [
        "",
        "land",
        "water",
    ]


def test_a_choice_without_pages_says_so_and_leads_back(client: Client) -> None:
    html = client.get("/en/stories/?section=th&topic=water").content.decode()
    assert "No page of this list matches." in html
    assert '<a href="/en/stories/">Show the whole list</a>' in html


def test_other_pages_of_the_list_stay_narrowed(client: Client) -> None:
    below = root_of(open_section("la", languages=["en"]))
    topics = [TopicFactory.create(slug="air")]
    for number in range(21):
        story_page(below, title=f"Number {number}", topics=topics)
    html = client.get("/en/stories/?section=la&topic=air").content.decode()
    assert len(shown(html)) == 20
    assert 'href="?section=la&amp;topic=air&amp;page=2"' in html
    assert len(shown(client.get("/en/stories/?section=la&topic=air&page=2").content.decode())) == 1


def test_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/stories/")
    with django_assert_max_num_queries(25):
        client.get("/en/stories/?topic=land")
    assert home_of().title == "Coalition"
