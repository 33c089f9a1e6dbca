"""Homes: one for each language, made by migrating, and what stands on them."""

import re

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from pytest_django import Settings
from wagtail.models import Locale, Page, Site

from coalition.core import languages
from home.domain.homes import ensure_child, ensure_homes, ensure_lists
from home.models import HomePage, ListPage, StandardPage
from tests.factories import (
    call_page,
    campaign_page,
    child_of,
    home_of,
    open_section,
    root_of,
    standard_page,
    story_page,
)

pytestmark = pytest.mark.django_db


def test_migrating_makes_a_home_in_every_language() -> None:
    codes = [code for code, _name in site_settings.LANGUAGES]
    homes = {home.locale.language_code: home for home in HomePage.objects.all()}
    assert sorted(homes) == sorted(codes)
    assert {home.slug for home in homes.values()} == set(codes)
    assert {home.depth for home in homes.values()} == {2}
    assert len({home.translation_key for home in homes.values()}) == 1
    assert all(home.live for home in homes.values())
    assert Page.objects.filter(depth=2).count() == len(codes)


def test_every_home_has_its_lists() -> None:
    for home in HomePage.objects.all():
        children = home.get_children().live().values_list("slug", flat=True)
        assert sorted(children) == ["campaigns", "countries", "networks", "stories"]
    stories = Page.objects.filter(depth=3, slug="stories")
    assert len(set(stories.values_list("translation_key", flat=True))) == 1


def test_lists_are_titled_in_their_language() -> None:
    with translation.override("km"):
        assert child_of(home_of("km"), "stories").title == translation.gettext("Stories")


def test_there_is_one_site() -> None:
    site = Site.objects.get()
    assert (site.is_default_site, site.root_page_id) == (True, home_of("en").pk)


@pytest.mark.parametrize(
    ("base", "hostname", "port"),
    [
        ("https://coalition.example", "coalition.example", 443),
        ("http://coalition.example", "coalition.example", 80),
        ("http://localhost:8000", "localhost", 8000),
    ],
)
def test_the_site_is_at_the_public_address(
    settings: Settings, base: str, hostname: str, port: int
) -> None:
    settings.BASE_URL = base
    ensure_homes()
    site = Site.objects.get()
    assert (site.hostname, site.port) == (hostname, port)


def test_again_it_makes_nothing() -> None:
    before = Page.objects.count()
    assert ensure_homes() == 0
    assert Page.objects.count() == before


def test_a_home_that_is_missing_is_made_again() -> None:
    key = home_of("en").translation_key
    home_of("km").delete()
    Locale.objects.get(language_code="km").delete()
    assert ensure_homes() == 1
    assert home_of("km").translation_key == key
    assert sorted(home_of("km").get_children().values_list("slug", flat=True)) == [
        "campaigns",
        "stories",
    ]


def test_nobody_makes_a_second_home() -> None:
    root = Page.objects.get(depth=1)
    assert not HomePage.can_create_at(root)
    assert not HomePage.can_create_at(home_of("en"))


def test_a_child_is_made_once_and_is_one_page_in_all_languages() -> None:
    english, made = ensure_child(home_of("en"), StandardPage(title="About us", slug="about"))
    assert (made, english.live, english.locale.language_code) == (True, True, "en")
    khmer, made = ensure_child(home_of("km"), StandardPage(title="អំពី", slug="about"))
    assert (made, khmer.translation_key) == (True, english.translation_key)
    again, made = ensure_child(home_of("en"), StandardPage(title="Another", slug="about"))
    assert (made, again.title) == (False, "About us")


def test_lists_that_are_there_are_not_made_again() -> None:
    assert ensure_lists(home_of("en")) == []


def test_the_home_shows_what_is_going_on_in_its_language(client: Client) -> None:
    section = open_section("kh", languages=["en", "km"])
    open_section("water", kind="network", languages=["en"])
    campaign = campaign_page(title="Land")
    calls = [call_page(campaign, title=f"Call {number}") for number in range(4)]
    story = story_page(root_of(section, "en"), title="A dam is stopped")
    story_page(root_of(section, "km"), title="រឿង")
    guide = standard_page(root_of(section, "en"), title="A safer phone")
    context = client.get("/en/").context
    titles = {
        name: [entry.title for entry in context[name]]
        for name in ("campaigns", "calls", "stories", "latest")
    }
    assert titles["campaigns"] == ["Land"]
    assert titles["calls"] == [call.title for call in reversed(calls[1:])]
    assert titles["stories"] == [story.title]
    # What stands above it is not told twice.
    assert titles["latest"] == [guide.title]
    assert [link.code for link in context["countries"]] == ["kh"]
    assert [link.code for link in context["networks"]] == ["water"]


def test_a_list_has_pages_and_shows_the_nearest_to_any_number(client: Client) -> None:
    for number in range(21):
        story_page(title=f"Story {number:02}")
    first, second = (client.get(f"/en/stories/?page={page}") for page in (1, 2))
    assert [entry.title for entry in first.context["entries"]][:2] == ["Story 20", "Story 19"]
    assert [entry.title for entry in second.context["entries"]] == ["Story 00"]
    for junk in ("99", "x", "-1", "", "0"):
        shown = client.get(f"/en/stories/?page={junk}").context["entries"].number
        assert shown == (2 if junk in ("99", "-1", "0") else 1)


def test_a_section_s_list_shows_its_own_and_the_network_s_shows_all(client: Client) -> None:
    section = open_section("kh")
    story_page(title="Of the network")
    story_page(root_of(section), title="Of Cambodia")
    shown = {
        path: {entry.title for entry in client.get(path).context["entries"]}
        for path in ("/en/stories/", "/en/countries/cambodia/stories/", "/km/stories/")
    }
    assert shown == {
        "/en/stories/": {"Of the network", "Of Cambodia"},
        "/en/countries/cambodia/stories/": {"Of Cambodia"},
        "/km/stories/": set(),
    }


@pytest.mark.parametrize(("lists", "valid"), [("story", True), ("call", True), ("recipes", False)])
def test_a_list_lists_a_type_of_page(lists: str, valid: bool) -> None:
    page = ListPage(title="List", slug="list", lists=lists)
    if valid:
        page.clean()
    else:
        with pytest.raises(ValidationError, match="Use one of: call, campaign"):
            page.clean()


def test_a_page_of_text(client: Client) -> None:
    standard_page(
        title="About us",
        slug="about",
        summary="Who we are.",
        body=[
            {"type": "heading", "value": "Land & water"},
            {"type": "paragraph", "value": "<p>We <b>work</b> together.</p>"},
            {"type": "quote", "value": {"text": "Together.", "attribution": "A farmer"}},
        ],
    )
    html = client.get("/en/about/").content.decode()
    for part in ("About us", "Who we are.", "Land &amp; water", "<b>work</b>", "A farmer"):
        assert part in html


@pytest.mark.parametrize("code", languages.codes())
def test_every_home_answers_in_its_language_by_itself(client: Client, code: str) -> None:
    """Its language and direction, no cookie, nothing loaded from another host."""
    answer = client.get(f"/{code}/")
    html = answer.content.decode()
    direction = "rtl" if code in ("ar", "ur") else "ltr"
    assert answer.status_code == 200
    assert f'<html lang="{languages.html_lang(code)}" dir="{direction}">' in html
    assert not answer.cookies
    loads = r'<(?:link rel="(?:icon|stylesheet)" href|img [^>]*src|script [^>]*src)="([^"]*)'
    loaded = re.findall(loads, html)
    assert loaded and [address for address in loaded if not re.match(r"/\w", address)] == []
