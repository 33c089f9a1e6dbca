"""The frame around pages: switcher, alternates, trail, navigation."""

import re

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import PageViewRestriction

from coalition.core import languages
from coalition.core.chrome import Chrome
from coalition.core.links import Link, Step
from coalition.core.models import CoalitionPage, TopicName
from tests.factories import (
    SectionNameFactory,
    TopicFactory,
    call_page,
    campaign_page,
    home_of,
    now,
    open_section,
    root_of,
    standard_page,
    translate,
)

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def chrome_of(page: CoalitionPage | None, path: str = "", language: str = "en") -> Chrome:
    request = RequestFactory().get(path or (page.url_path if page else "/"))
    with translation.override(language):
        return Chrome(request, page)


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


def test_alternates_are_the_public_languages_and_the_source_for_all_others(client: Client) -> None:
    page = standard_page(home_of("th"), title="เกี่ยวกับเรา", slug="about")
    translate(page, "en")
    translate(page, "zh-hans")
    translate(page, "tet")
    translate(page, "km", live=False)
    expected = {
        "en": f"{BASE}/en/about/",
        "th": f"{BASE}/th/about/",
        "zh-Hans": f"{BASE}/zh-hans/about/",
        "x-default": f"{BASE}/th/about/",
    }
    for code in ("en", "th", "zh-hans", "tet"):
        assert alternates(client.get(f"/{code}/about/").content.decode()) == expected


def test_alternates_of_the_homes_default_to_the_root(client: Client) -> None:
    found = alternates(client.get("/km/").content.decode())
    assert found.pop("x-default") == f"{BASE}/"
    assert found == {
        tag: f"{BASE}/{code}/" for code in languages.codes() if (tag := languages.hreflang(code))
    }


def test_default_is_the_page_itself_when_its_source_is_gone() -> None:
    page = standard_page(title="About us", slug="about")
    khmer = translate(page, "km")
    page.unpublish()
    assert chrome_of(khmer).hreflang == [
        {"hreflang": "km", "url": f"{BASE}/km/about/"},
        {"hreflang": "x-default", "url": f"{BASE}/km/about/"},
    ]


def test_search_and_errors_have_no_alternates(client: Client) -> None:
    for address in ("/en/search/", "/en/nothing/"):
        html = client.get(address).content.decode()
        assert alternates(html) == {}
        assert "canonical" not in html


def test_the_switcher_puts_what_is_there_first() -> None:
    page = standard_page(title="About us", slug="about")
    translate(page, "ur")
    choices = chrome_of(page).switcher
    assert [(choice.language.code, choice.url) for choice in choices if choice.available] == [
        ("en", "/en/about/"),
        ("ur", "/ur/about/"),
    ]
    assert [choice.available for choice in choices] == [True] * 2 + [False] * 19
    assert [choice.language.code for choice in choices if choice.current] == ["en"]
    assert {choice.language.code: choice.url for choice in choices}["km"] == "/km/about/"


def test_the_switcher_follows_translations_that_stand_elsewhere() -> None:
    page = standard_page(title="About us", slug="about")
    khmer = translate(page, "km")
    khmer.move(standard_page(home_of("km"), title="Above", slug="above"), pos="last-child")
    urls = {choice.language.code: choice.url for choice in chrome_of(page).switcher}
    assert urls["km"] == "/km/above/about/"


def test_the_switcher_leaves_out_what_is_not_public() -> None:
    page = standard_page(title="About us", slug="about")
    for code in ("km", "th"):
        translate(page, code, live=code != "km")
    restricted = page.get_translations().get(locale__language_code="th")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    assert [choice.language.code for choice in chrome_of(page).switcher if choice.available] == [
        "en"
    ]


def test_the_switcher_keeps_search_where_it_is() -> None:
    urls = {choice.language.code: choice.url for choice in chrome_of(None, "/km/search/").switcher}
    assert urls["th"] == "/th/search/"


def test_the_current_language_is_the_one_asked_for() -> None:
    page = standard_page(title="About us", slug="about")
    chrome = chrome_of(page, "/en/about/?asked=km", language="km")
    assert [choice.language.code for choice in chrome.switcher if choice.current] == ["km"]
    assert chrome.content.code == "en"
    (notice,) = chrome.notices
    assert [link.language.code for link in notice.links] == ["en"]


def test_a_translation_that_is_behind_says_so_and_leads_to_the_original() -> None:
    page = standard_page(title="About us", slug="about")
    khmer = translate(page, "km")
    assert chrome_of(khmer).notices == []
    page.title = "About all of us"
    page.save_revision().publish()
    (notice,) = chrome_of(khmer).notices
    assert [link.url for link in notice.links] == ["/en/about/"]
    assert chrome_of(now(page)).notices == []
    asked = chrome_of(khmer, "/km/about/?asked=lo", language="lo")
    assert [len(notice.links) for notice in asked.notices] == [2, 1]
    page.unpublish()
    assert chrome_of(khmer).notices == []


def test_no_notice_unless_asked() -> None:
    page = standard_page(title="About us", slug="about")
    assert chrome_of(page).notices == []
    assert chrome_of(page, "/en/about/?asked=en").notices == []
    assert chrome_of(None, "/en/search/?asked=km").notices == []


def test_the_section_is_named_in_the_reader_s_language() -> None:
    section = open_section("kh")
    page = standard_page(root_of(section, "en"), title="About us")
    assert chrome_of(page, language="km").section == {
        "name": "កម្ពុជា",
        "code": "kh",
        "url": "/km/countries/cambodia/",
    }
    assert chrome_of(home_of("en")).section is None


def test_a_network_is_named_by_its_own_names() -> None:
    section = open_section("pacific", kind="network", languages=["en"])
    SectionNameFactory.create(section=section, language="en", name="Pacific")
    section = type(section).objects.get()
    assert chrome_of(root_of(section)).section == {
        "name": "Pacific",
        "code": "pacific",
        "url": "/en/networks/pacific/",
    }


def test_the_trail_leads_from_the_home_to_the_parent() -> None:
    section = open_section("kh", languages=["en"])
    call = call_page(campaign_page(root_of(section), title="Land", slug="land"))
    assert chrome_of(call).trail == [
        Step("Home", "/en/", of_the_page=False),
        Step("Countries", "/en/countries/", of_the_page=True),
        Step("Cambodia", "/en/countries/cambodia/", of_the_page=True),
        Step("Campaigns", "/en/countries/cambodia/campaigns/", of_the_page=True),
        Step("Land", "/en/countries/cambodia/campaigns/land/", of_the_page=True),
    ]


def test_the_trail_leaves_out_drafts_and_a_home_has_none() -> None:
    above = standard_page(title="Above", live=False)
    assert chrome_of(standard_page(above)).trail == [Step("Home", "/en/", of_the_page=False)]
    assert chrome_of(home_of("en")).trail == []
    assert chrome_of(None).trail == []


def test_navigation_marks_where_the_reader_is() -> None:
    page = standard_page(open_page := home_of("en").get_children().get(slug="stories"))
    assert open_page.slug == "stories"
    assert chrome_of(page).nav == [
        Link("Countries", "/en/countries/", current=False),
        Link("Networks", "/en/networks/", current=False),
        Link("Campaigns", "/en/campaigns/", current=False),
        Link("Stories", "/en/stories/", current=True),
    ]


def test_navigation_leads_on_in_the_language_asked_for() -> None:
    page = standard_page(home_of("en").get_children().get(slug="stories"))
    chrome = chrome_of(page, language="km")
    assert [(link.url, link.current) for link in chrome.nav][2:] == [
        ("/km/campaigns/", False),
        ("/km/stories/", True),
    ]


def test_topics_are_named_in_the_reader_s_language(client: Client) -> None:
    water = TopicFactory.create(name="Water", slug="water")
    TopicName.objects.create(topic=water, language="km", name="ទឹក")
    page = standard_page(title="About us", slug="about", topics=[water, TopicFactory.create()])
    translate(page, "km")
    english, khmer = (client.get(f"/{code}/about/").content.decode() for code in ("en", "km"))
    assert '<a href="/en/search/?topic=water">Water</a>' in english
    assert '<a href="/km/search/?topic=water">ទឹក</a>' in khmer


def test_title_and_description() -> None:
    page = standard_page(title="About us", summary="Who we are.")
    assert (chrome_of(page).title, chrome_of(page).description) == ("About us", "Who we are.")
    page.seo_title, page.search_description = "About the network", "For search engines."
    assert (chrome_of(page).title, chrome_of(page).description) == (
        "About the network",
        "For search engines.",
    )
    assert (chrome_of(None).title, chrome_of(None).description) == ("Coalition", "")
