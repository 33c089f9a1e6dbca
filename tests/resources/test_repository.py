"""The repository: each resource once, in the reader's language where it is there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from coalition.plugins import domain
from coalition.sections.models import Section
from home.models import HomePage
from plugins.resources.domain import repositories
from plugins.resources.models import RepositoryPage, ResourcePage
from tests.bulk import Spec, insert_pages
from tests.factories import TopicFactory, home_of, open_section, root_of, standard_page, translate

from .factories import LINK, document, pdf_saying, resource_page, titles

pytestmark = pytest.mark.django_db

QUERIES = {"/en/countries/cambodia/resources/": 19, "/en/resources/": 20}


def options(html: str, name: str) -> list[str]:
    select = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"', select[0]) if select else []


def test_newest_first_with_their_facts(client: Client, kh: Section, media: Path) -> None:
    report = document(pdf_saying("Land"))
    resource_page(
        root_of(kh),
        title="Older",
        document=report,
        year=2019,
        publisher="A Press",
        licence="CC0-1.0",
    )
    resource_page(root_of(kh), title="Newer", written_in="km")
    html = client.get("/en/countries/cambodia/resources/").content.decode()
    assert titles(html) == ["Newer", "Older"]
    assert "2 resources" in html
    for fact in ("<bdi>PDF</bdi>", "<bdi>A Press</bdi>", "2019", "<bdi>example.org</bdi>", "ខ្មែរ"):
        assert fact in html


def test_what_is_not_translated_is_there_and_says_so(client: Client, kh: Section) -> None:
    both = resource_page(root_of(kh), title="In both")
    translate(both, "km", title="ជាភាសាខ្មែរ")
    resource_page(root_of(kh), title="In English alone")
    resource_page(root_of(kh, "km"), title="តែខ្មែរ")
    khmer = client.get("/km/countries/cambodia/resources/").content.decode()
    assert titles(khmer) == ["តែខ្មែរ", "In English alone", "ជាភាសាខ្មែរ"]
    assert khmer.count('class="meta untranslated"') == 1
    assert '<h3 lang="en" dir="ltr"><a href="/en/countries/cambodia/resources/' in khmer
    english = client.get("/en/countries/cambodia/resources/").content.decode()
    assert titles(english) == ["តែខ្មែរ", "In English alone", "In both"]
    assert english.count('class="meta untranslated"') == 1


def test_without_the_reader_s_language_the_source_is_shown(
    client: Client, network_wide: None
) -> None:
    thai = resource_page(home_of("th"), title="ไทย")
    translate(thai, "km", title="ខ្មែរ")
    translate(thai, "en", title="English")
    assert titles(client.get("/ur/resources/").content.decode()) == ["ไทย"]
    thai.unpublish()
    # Of those that are left the first.
    assert titles(client.get("/ur/resources/").content.decode()) == ["ខ្មែរ"]


def test_the_network_s_has_those_of_all_sections(
    client: Client, network_wide: None, kh: Section, th: Section
) -> None:
    resource_page(title="Of the network")
    resource_page(root_of(kh), title="Of Cambodia")
    resource_page(root_of(th), title="Of Thailand")
    html = client.get("/en/resources/").content.decode()
    assert titles(html) == ["Of Thailand", "Of Cambodia", "Of the network"]
    assert "<span>Cambodia</span>" in html
    assert options(html, "section") == ["", "kh", "th"]
    assert titles(client.get("/en/resources/?section=kh").content.decode()) == ["Of Cambodia"]
    theirs = client.get("/en/countries/cambodia/resources/").content.decode()
    assert titles(theirs) == ["Of Cambodia"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["C", "B", "A"]),
        ("?topic=land", ["A"]),
        ("?written_in=km", ["C"]),
        ("?licence=CC0-1.0", ["B", "A"]),
        ("?licence=CC0-1.0&year=2020", ["B"]),
        ("?publisher=Two", ["C", "B"]),
        ("?year=1066", ["C", "B", "A"]),
        ("?page=junk", ["C", "B", "A"]),
    ],
)
def test_filters(client: Client, kh: Section, query: str, found: list[str]) -> None:
    land, water = TopicFactory.create(slug="land"), TopicFactory.create(slug="water")
    here = {"licence": "CC0-1.0", "written_in": "en"}
    resource_page(root_of(kh), title="A", year=2019, publisher="One", topics=[land], **here)
    resource_page(root_of(kh), title="B", year=2020, publisher="Two", topics=[water], **here)
    resource_page(root_of(kh), title="C", year=2020, publisher="Two", written_in="km")
    html = client.get(f"/en/countries/cambodia/resources/{query}").content.decode()
    assert titles(html) == found
    assert options(html, "year") == ["", "2020", "2019"]
    assert options(html, "written_in") == ["", "en", "km"]
    assert options(html, "publisher") == ["", "One", "Two"]
    # Some have none.
    assert options(html, "licence") == ["", "CC0-1.0"]


def test_nothing_matches(client: Client, kh: Section) -> None:
    resource_page(root_of(kh), title="A", year=2019, written_in="en")
    resource_page(root_of(kh), title="B", year=2020, written_in="km")
    html = client.get("/en/countries/cambodia/resources/?year=2019&written_in=km").content.decode()
    assert "No resource matches." in html
    assert '<a href="/en/countries/cambodia/resources/">Show the whole list</a>' in html


def test_nothing_is_there_yet(client: Client, kh: Section) -> None:
    html = client.get("/en/countries/cambodia/resources/").content.decode()
    assert "Nothing has been published here yet." in html


def test_as_many_on_a_page_as_the_section_sets(client: Client, kh: Section) -> None:
    domain.set_settings(slug="resources", section=kh, data={"page_size": "5"})
    for number in range(7):
        resource_page(root_of(kh), title=f"No. {number}")
    first = client.get("/en/countries/cambodia/resources/").content.decode()
    assert titles(first) == [f"No. {number}" for number in (6, 5, 4, 3, 2)]
    assert 'href="?page=2"' in first
    second = client.get("/en/countries/cambodia/resources/?page=2").content.decode()
    assert titles(second) == ["No. 1", "No. 0"]


def test_the_menu_leads_to_the_nearest(client: Client, network_wide: None, kh: Section) -> None:
    def leads_to(url: str) -> list[str]:
        html = client.get(url).content.decode()
        nav = re.search(r"<nav class=\"main.*?</nav>|<header.*?</header>", html, re.DOTALL)
        assert nav
        return re.findall(r'href="([^"]*/resources/)"', nav[0])

    open_section("la", languages=["en"])
    assert leads_to("/en/") == ["/en/resources/"]
    assert leads_to("/en/countries/cambodia/") == ["/en/countries/cambodia/resources/"]
    assert leads_to("/en/countries/la/") == ["/en/resources/"]
    domain.disable(slug="resources", section=kh)
    assert leads_to("/en/countries/cambodia/") == []
    domain.disable(slug="resources")
    assert leads_to("/en/") == []


def test_switching_on_opens_repositories_once(django_capture_on_commit_callbacks) -> None:
    section = open_section("kh")
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            domain.enable(slug="resources", section=section)
        pages = RepositoryPage.objects.filter(section=section, live=True)
        assert sorted(pages.values_list("url_path", "title")) == [
            ("/en/countries/cambodia/resources/", "Resources"),
            ("/km/countries/cambodia/resources/", pages.get(locale__language_code="km").title),
        ]
        assert len(set(pages.values_list("translation_key", flat=True))) == 1
        with django_capture_on_commit_callbacks(execute=True):
            domain.disable(slug="resources", section=section)
    assert repositories.ensure(section.pk) == 0


def filled(section: Section, count: int) -> None:
    """`count` resources, every third in Khmer alone, most of the others in both."""
    english, khmer = (
        RepositoryPage.objects.child_of(root_of(section, language)).get()
        for language in ("en", "km")
    )
    specs = [
        Spec(
            khmer if number % 3 == 0 else english,
            f"r-{number}",
            f"Resource {number}",
            section=section,
            fields={
                "link": LINK,
                "year": 1980 + number % 40,
                "publisher": f"Press {number % 30}",
                "written_in": ("en", "km", "th")[number % 3],
                "licence": ("", "CC0-1.0")[number % 2],
            },
        )
        for number in range(count)
    ]
    twins = [replace(spec, parent=khmer) for spec in specs if spec.parent == english]
    insert_pages(ResourcePage, [*specs, *twins[: len(twins) * 3 // 4]])


@pytest.mark.parametrize("address", ["/en/countries/cambodia/resources/", "/en/resources/"])
@pytest.mark.parametrize("count", [120, 10_000])
def test_ten_thousand_take_no_more_queries(
    client: Client, network_wide: None, kh: Section, address: str, count: int
) -> None:
    filled(kh, count)
    client.get("/en/")
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as captured:
        html = client.get(f"{address}?written_in=km&page=2").content.decode()
    assert len(titles(html)) == 20
    asked = [query for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == QUERIES[address]


def test_another_page_may_have_the_address() -> None:
    other = standard_page(home_of(), slug="resources")
    domain.enable(slug="resources")
    assert repositories.ensure(None) == 0
    assert not RepositoryPage.objects.exists()
    other.delete()
    assert repositories.ensure(None) == HomePage.objects.count()
    keys = RepositoryPage.objects.values_list("translation_key", flat=True)
    assert len(set(keys)) == 1


def test_values_that_nobody_has_are_no_failure(client: Client, kh: Section) -> None:
    html = client.get("/en/search/?resources.language=zz&resources.licence=none").content.decode()
    assert "Nothing was found." in html
    assert "zz" in html


def test_a_language_that_the_network_no_longer_has(client: Client, kh: Section) -> None:
    for code in ("en", "km"):
        resource_page(root_of(kh), title=code, written_in=code)
    ResourcePage.objects.filter(written_in="km").update(written_in="xx")
    html = client.get("/en/countries/cambodia/resources/?written_in=xx").content.decode()
    assert titles(html) == ["km"]
    assert options(html, "written_in") == ["", "en", "xx"]
