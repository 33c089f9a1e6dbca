"""The contact page: addresses as links, by import too, and the way to it from every foot."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from coalition.core.interchange.values import written
from home.models import ContactPage
from search.models import SearchEntry
from tests.factories import home_of, make_page, open_section, root_of, standard_page, translate
from tests.interchange.lines import line, outcomes, refusal
from tests.interchange.test_types import fields_of

pytestmark = pytest.mark.django_db

OFFICE = {
    "name": "Office",
    "email": "office+net@example.org",
    "phone": "+855 (0)23-000",
    "address": "1 Sample Street\nPhnom Penh",
    "languages": ["km", "en"],
    "hours": "9 to 5",
}
BARE = {"name": "Press", "email": "", "phone": "", "address": "", "languages": [], "hours": ""}


def contact_page(below: Any = None, *addresses: dict[str, Any], **fields: Any) -> ContactPage:
    rows = [{"type": "address", "value": value} for value in addresses]
    fields = {"slug": "contact", "title": "Contact us"} | fields
    return make_page(ContactPage, below or home_of(), addresses=rows, **fields)


def foot_link(client: Client, address: str) -> str | None:
    """Where the foot of a page leads for contact."""
    foot = client.get(address).content.decode().partition("<footer")[2]
    found = re.search(r'href="([^"]*contact[^"]*)"', foot)
    return found[1] if found else None


def test_addresses_are_links(client: Client) -> None:
    contact_page(None, OFFICE, BARE)
    html = client.get("/en/contact/").content.decode()
    mail = '<a href="mailto:office%2Bnet@example.org" dir="ltr">office+net@example.org</a>'
    assert mail in html
    assert '<a href="tel:+855023000" dir="ltr">+855 (0)23-000</a>' in html
    assert "<address>1 Sample Street<br>Phnom Penh</address>" in html
    assert '<span lang="km" dir="ltr">ខ្មែរ</span> · <span>English</span>' in html
    assert html.count("<dt>") == 5


def test_search_finds_what_stands_in_addresses() -> None:
    page = contact_page(None, OFFICE)
    assert "Sample Street" in SearchEntry.objects.get(pk=page.pk).body


def test_lines_go_in_and_come_out_as_they_were() -> None:
    fields = {"summary": "Write.", "addresses": [OFFICE, BARE]}
    given = line("contact", type="contact", live=True, fields=fields)
    assert outcomes(given) == ["created"]
    page = Page.objects.get(url_path="/en/contact/").specific
    assert isinstance(page, ContactPage)
    assert fields_of(page) == fields
    assert outcomes(given) == ["unchanged"]


def test_a_name_alone_is_an_address() -> None:
    given = line("contact", type="contact", fields={"addresses": [{"name": "Press"}]})
    assert outcomes(given) == ["created"]
    page = Page.objects.get(url_path="/en/contact/").specific
    assert written(page, "addresses") == [BARE]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": 5},
        {"phone": "javascript:alert(1)"},
        {"phone": "++"},
        {"languages": ["xx"]},
        {"name": ""},
        {"fax": "1"},
    ],
)
def test_what_is_no_address_is_refused(wrong: dict[str, Any]) -> None:
    given = line("contact", type="contact", fields={"addresses": [{**OFFICE, **wrong}]})
    assert refusal(given).startswith("addresses")


def test_the_foot_leads_to_the_networks_contact_page(client: Client) -> None:
    assert foot_link(client, "/en/") is None
    page = contact_page()
    translate(page, "km")
    assert [foot_link(client, f"/{code}/") for code in ("en", "km")] == [
        "/en/contact/",
        "/km/contact/",
    ]


def test_where_it_is_not_translated_the_link_leads_to_the_notice(client: Client) -> None:
    contact_page()
    assert foot_link(client, "/th/") == "/th/contact/"
    assert client.get("/th/contact/").headers["Location"] == "/en/contact/?asked=th"


def test_a_sections_contact_page_and_a_private_one_are_not_in_the_foot(client: Client) -> None:
    contact_page(root_of(open_section("kh")))
    assert client.get("/en/countries/cambodia/contact/").status_code == 200
    assert foot_link(client, "/en/") is None
    page = contact_page()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert foot_link(client, "/en/") is None


def test_the_foot_leads_to_the_page_that_says_how_readers_are_protected(client: Client) -> None:
    """Any page at its address below a home, whoever made it; a section's own does not count."""

    def link(address: str) -> str | None:
        foot = client.get(address).content.decode().partition("<footer")[2]
        found = re.search(r'href="([^"]*how-we-protect-you[^"]*)"', foot)
        return found[1] if found else None

    section = open_section("kh")
    standard_page(root_of(section), slug="how-we-protect-you-here")
    assert link("/en/") is None
    page = standard_page(slug="how-we-protect-you")
    translate(page, "km")
    assert link("/en/") == "/en/how-we-protect-you/"
    assert link("/km/") == "/km/how-we-protect-you/"
    # Where it is missing, the address leads to the notice.
    assert link("/th/") == "/th/how-we-protect-you/"
