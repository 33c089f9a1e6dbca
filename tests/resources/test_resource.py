"""A resource: what editors are asked, what readers are told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from coalition.plugins import domain
from coalition.sections.models import Section
from plugins.resources.licences import Licence
from plugins.resources.models import ResourcePage
from tests.factories import root_of

from .factories import LINK, document, pdf_saying, resource_page

pytestmark = pytest.mark.django_db


def problems(section: Section, **fields: Any) -> dict[str, list[str]]:
    """What is said of a resource that is not saved."""
    page = ResourcePage(title="Report", slug="report", section=section, **fields)
    try:
        page.clean_fields(exclude=["path", "depth", "content_type", "translation_key", "locale"])
        page.clean()
    except ValidationError as error:
        return error.message_dict
    return {name: [problem] for name, problem in page.lacking().items()}


def test_a_document_or_a_link(kh: Section, media: Path) -> None:
    report = document(pdf_saying("Land"))
    assert list(problems(kh)) == ["document"]
    assert list(problems(kh, document=report, link=LINK)) == ["link"]
    assert problems(kh, document=report) == problems(kh, link=LINK) == {}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "example"])
def test_links_lead_to_the_web(kh: Section, link: str) -> None:
    assert list(problems(kh, link=link)) == ["link"]


@pytest.mark.parametrize(("year", "fine"), [(1948, True), (20, False), (None, True)])
def test_years(kh: Section, year: int | None, fine: bool) -> None:
    assert problems(kh, link=LINK, year=year).get("year", []) == [] if fine else True
    assert ("year" in problems(kh, link=LINK, year=year)) is not fine


def test_years_to_come(kh: Section) -> None:
    now = timezone.now().year
    assert problems(kh, link=LINK, year=now + 1) == {}
    assert problems(kh, link=LINK, year=now + 2) == {
        "year": ["This year is yet to come. Write the year of publication."]
    }


def test_a_section_may_ask_for_a_licence(kh: Section, th: Section) -> None:
    settings = {"page_size": "20", "licence_required": "on"}
    domain.set_settings(slug="resources", section=kh, data=settings)
    assert list(problems(kh, link=LINK)) == ["licence"]
    assert problems(kh, link=LINK, licence=Licence.BY) == {}
    assert problems(th, link=LINK) == {}


@pytest.mark.parametrize(
    ("licence", "deed"),
    [
        (Licence.CC0, "https://creativecommons.org/publicdomain/zero/1.0/"),
        (Licence.BY_NC_SA, "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        (Licence.RESERVED, ""),
    ],
)
def test_deeds(licence: Licence, deed: str) -> None:
    assert licence.deed == deed


def test_a_document_is_told_of(client: Client, kh: Section, media: Path) -> None:
    report = document(pdf_saying("Land"), title="Land report")
    page = resource_page(
        root_of(kh),
        title="Who owns the shore",
        document=report,
        written_in="km",
        licence=Licence.BY,
        year=2021,
        publisher="A Press",
    )
    html = client.get(page.url_path).content.decode()
    assert re.search(
        rf'<a class="button" href="{report.url}">Download \(PDF, [\d.]+\s\w+\)</a>', html
    )
    assert '<dd><span lang="km" dir="ltr">ខ្មែរ</span></dd>' in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="license' in html
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])  # type: ignore[index]
    assert told["@type"] == "DigitalDocument"
    assert told["name"] == "Who owns the shore"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["dateCreated"] == "2021"


def test_a_link_says_where_it_leads(client: Client, kh: Section) -> None:
    page = resource_page(root_of(kh), link="https://www.example.org/a/b")
    html = client.get(page.url_path).content.decode()
    assert ">Read it on example.org</a>" in html
    assert "This link leads to another site." in html


def test_a_document_that_was_deleted(client: Client, kh: Section, media: Path) -> None:
    report = document(pdf_saying("Land"))
    page = resource_page(root_of(kh), document=report)
    report.delete()
    html = client.get(page.url_path).content.decode()
    assert "The document is not here at the moment." in html
    assert client.get("/en/countries/cambodia/resources/").status_code == 200
