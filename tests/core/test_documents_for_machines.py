"""Sitemap and robots.txt."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, PageViewRestriction

from coalition.core import languages
from coalition.plugins.pages import installed_types
from tests.factories import open_section, root_of, standard_page, translate
from tests.installed import switch_queries

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "http://localhost:8000"


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Address of each page -> its alternates by hreflang."""
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    tree = ET.fromstring(answer.content)
    return {
        url.findtext("s:loc", namespaces=NAMES) or "": {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def test_all_languages_are_in_it(client: Client) -> None:
    found = sitemap(client)
    assert {f"{BASE}/{code}/" for code in languages.codes()} <= set(found)
    assert {f"{BASE}/{code}/countries/" for code in languages.codes()} <= set(found)
    assert f"{BASE}/" not in found


def test_each_page_names_its_other_languages(client: Client) -> None:
    section = open_section("kh")
    page = standard_page(root_of(section), slug="water")
    for code in ("km",):
        translate(page, code)
    address = f"{BASE}/%s/countries/cambodia/water/"
    expected = {code: address % code for code in ("en", "km")}
    found = sitemap(client)
    assert [found[address % code] for code in ("en", "km")] == [expected, expected]


def test_languages_without_iso_639_1_are_in_it_without_hreflang(client: Client) -> None:
    page = standard_page(slug="about")
    translate(page, "tet")
    found = sitemap(client)
    assert found[f"{BASE}/tet/about/"] == {"en": f"{BASE}/en/about/"}


def test_what_is_not_public_is_not_in_it(client: Client) -> None:
    standard_page(slug="draft", live=False)
    hidden = standard_page(slug="hidden")
    standard_page(hidden, slug="below")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    original = standard_page(slug="original")
    original.copy_for_translation(Locale.objects.get(language_code="th"), alias=True)
    found = sitemap(client)
    assert f"{BASE}/en/original/" in found
    for path in ("/en/draft/", "/en/hidden/", "/en/hidden/below/", "/th/original/"):
        assert f"{BASE}{path}" not in found


def test_it_is_written_in_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    installed_types()  # remembered by every process
    with django_assert_num_queries(2 + switch_queries()):
        client.get("/sitemap.xml")


def test_robots(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:3] == ["User-agent: *", "Disallow: /admin/", "Disallow: /accounts/"]
    assert "Disallow: /km/search/" in lines
    assert lines[-1] == f"Sitemap: {BASE}/sitemap.xml"
