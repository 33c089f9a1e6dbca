"""The map shows countries that have a section; the list beneath it says the same."""

import re

import pytest
from django.test import Client

from coalition.core import languages
from coalition.sections.map import _drawn, map_of
from coalition.sections.queries import sections_for_reader
from tests.factories import open_section

pytestmark = pytest.mark.django_db
# The countries that the network was founded for; the Pacific is a network.
FIRST = [
    "au",
    "bd",
    "id",
    "in",
    "kh",
    "kr",
    "la",
    "lk",
    "mm",
    "my",
    "np",
    "nz",
    "pg",
    "ph",
    "pk",
    "th",
    "tl",
    "vn",
]


def test_every_country_of_the_network_is_drawn_inside_the_frame() -> None:
    drawn = _drawn()
    for code in FIRST:
        outline = drawn["countries"][code]
        assert code in languages.country_codes()
        assert re.fullmatch(r"(M\d+ \d+(l-?\d+ ?-?\d+)+z)+", outline["path"]), code
        x, y = outline["at"]
        assert 0 < x < drawn["width"] and 0 < y < drawn["height"]


def test_countries_lead_to_their_sections_in_the_readers_language(client: Client) -> None:
    open_section("kh")
    open_section("lk", languages=["si"])
    open_section("sea", kind="network", languages=["en"])
    html = client.get("/km/").content.decode()
    [svg] = re.findall(r'<svg class="map".*?</svg>', html, re.S)
    assert re.findall(r'<a href="([^"]+)" tabindex="-1"><title[^>]*>([^<]+)</title>', svg) == [
        ("/km/countries/cambodia/", "កម្ពុជា"),
        ("/km/countries/lk/", "ស្រីលង្កា"),
    ]
    beneath = html[html.index("</svg>") :]
    assert 'href="/km/countries/cambodia/"' in beneath and 'href="/km/countries/lk/"' in beneath


def test_without_a_country_to_show_there_is_no_map(client: Client) -> None:
    open_section("fr", languages=["en"])
    assert map_of(sections_for_reader(language="en")) is None
    assert '<svg class="map"' not in client.get("/en/").content.decode()
