"""Atom feeds of the network and of sections, in each language."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from coalition.sections.models import SectionKind
from search.models import SearchEntry
from tests.factories import (
    TopicFactory,
    home_of,
    open_section,
    root_of,
    standard_page,
    story_page,
    translate,
)
from tests.search.factories import make_entry

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"
NAMES = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, path: str) -> str | None:
    return element.findtext(path, namespaces=NAMES)


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [text(entry, "a:title") for entry in feed.findall("a:entry", NAMES)]


def links(element: ElementTree.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in element.findall("a:link", NAMES)}


def test_an_entry_says_what_a_reader_needs(client: Client) -> None:
    first = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    page = story_page(
        slug="land",
        title="Land & <water>",
        summary="We won & <stayed>.",
        topics=[TopicFactory.create(slug="land")],
        first_published_at=first,
    )
    Page.objects.filter(pk=page.pk).update(last_published_at=first + timedelta(days=1))
    feed = atom(client, "/en/feed/")
    entry = feed.find("a:entry", NAMES)
    assert entry is not None
    assert text(entry, "a:title") == "Land & <water>"
    assert text(entry, "a:summary") == "We won &amp; &lt;stayed&gt;."
    assert text(entry, "a:published") == "2026-01-02T03:04:05+00:00"
    assert text(entry, "a:updated") == "2026-01-03T03:04:05+00:00"
    assert links(entry) == {"alternate": f"{BASE}/en/stories/land/"}
    assert [category.get("term") for category in entry.findall("a:category", NAMES)] == ["land"]
    assert links(feed) == {"alternate": f"{BASE}/en/", "self": f"{BASE}/en/feed/"}
    assert text(feed, "a:updated") == "2026-01-03T03:04:05+00:00"
    assert text(feed, "a:author/a:name")


def test_ids_stay_and_differ_by_language(client: Client) -> None:
    page = story_page(slug="land", title="Land")
    translate(page, "km", title="ដី")
    before = [text(atom(client, f"/{code}/feed/"), "a:entry/a:id") for code in ("en", "km")]
    assert all(str(urn).startswith("urn:uuid:") for urn in before)
    assert len(set(before)) == 2
    page.slug = page.title = "renamed"
    page.save_revision().publish()
    after = atom(client, "/en/feed/")
    assert (titles(after), text(after, "a:entry/a:id")) == (["renamed"], before[0])


def test_a_section_has_its_own(client: Client) -> None:
    kh = open_section("kh")
    digital = open_section("digital", kind=SectionKind.NETWORK, languages=["en"])
    story_page(root_of(kh), title="Of Cambodia")
    story_page(root_of(digital), title="Of the digital network")
    standard_page(title="Of all")
    feed = atom(client, "/en/countries/cambodia/feed/")
    assert titles(feed) == ["Of Cambodia"]
    assert links(feed)["self"] == f"{BASE}/en/countries/cambodia/feed/"
    assert titles(atom(client, "/en/networks/digital/feed/")) == ["Of the digital network"]
    assert titles(atom(client, "/en/feed/")) == ["Of all", "Of the digital network", "Of Cambodia"]


@pytest.mark.parametrize(
    "address",
    [
        "/th/countries/cambodia/feed/",
        "/en/countries/nowhere/feed/",
        "/en/networks/cambodia/feed/",
        "/en/stories/feed/",
        "/xx/feed/",
    ],
)
def test_other_addresses_are_not_found(client: Client, address: str) -> None:
    open_section("kh")
    assert client.get(address).status_code == 404


def test_not_found_is_in_the_readers_language(client: Client) -> None:
    open_section("kh")
    html = client.get("/th/countries/cambodia/feed/").content.decode()
    assert '<html lang="th"' in html


def test_each_feed_is_in_one_language(client: Client) -> None:
    story_page(home_of("zh-hans"), title="土地")
    feed = atom(client, "/zh-hans/feed/")
    assert (feed.get(LANG), titles(feed)) == ("zh-Hans", ["土地"])
    assert titles(atom(client, "/en/feed/")) == []


def test_nothing_private_and_no_drafts(client: Client) -> None:
    story_page(title="Draft", live=False)
    page = story_page(title="Private")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(atom(client, "/en/feed/")) == []


def test_the_newest_twenty(client: Client) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(22):
        make_entry(title=str(number), published=start + timedelta(days=number))
    wanted = [str(number) for number in range(21, 1, -1)]
    assert titles(atom(client, "/en/feed/")) == wanted


def test_an_empty_feed_is_the_same_every_time(client: Client) -> None:
    assert client.get("/my/feed/").content == client.get("/my/feed/").content


def test_titles_hold_nothing_that_xml_cannot(client: Client) -> None:
    page = story_page(title="Land")
    SearchEntry.objects.filter(pk=page.pk).update(title="La\x0bnd\ufffe", summary="\x01")
    assert titles(atom(client, "/en/feed/")) == ["Land"]


def test_it_is_cached_by_etag_without_cookies(client: Client) -> None:
    story_page()
    response = client.get("/en/feed/")
    assert response.cookies == {}
    assert "Vary" not in response.headers
    assert response.headers["Cache-Control"] == "max-age=300, public"
    assert response.headers["Last-Modified"]
    again = client.get("/en/feed/", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    story_page()
    again = client.get("/en/feed/", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 200
    assert client.post("/en/feed/").status_code == 405


def test_pages_name_their_feeds(client: Client) -> None:
    standard_page(root_of(open_section("kh"), "km"), slug="guide")
    html = client.get("/km/countries/cambodia/guide/").content.decode()
    own, network = "/km/countries/cambodia/feed/", "/km/feed/"
    rel = '<link rel="alternate" type="application/atom+xml" title="'
    assert html.count(rel) == 2
    assert html.index(f'href="{own}"') < html.index(f'href="{network}"')
    for address, feed in (("/en/", "/en/feed/"), ("/km/countries/cambodia/", own)):
        assert (
            f'<a href="{feed}" type="application/atom+xml">' in client.get(address).content.decode()
        )
