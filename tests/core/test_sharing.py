"""Links, cards and codes with which a page is passed on."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from coalition.core.files.renditions import SHARED
from tests.factories import call_page, home_of, standard_page, stored_picture, translate

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def told(html: str) -> Any:
    """What the page's JSON-LD says."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(text)


def card(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', html))


def test_links_hand_over_address_and_title_and_no_more(client: Client) -> None:
    standard_page(home_of("km"), title="ដីធ្លី & ទឹក", slug="land")
    html = client.get("/km/land/").content.decode()
    links = re.findall(r'<a class="chip" href="(https[^"]+)" rel="noopener noreferrer">', html)
    assert len(links) == 3
    asked = [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links]
    assert asked[0] == {"text": [f"ដីធ្លី & ទឹក {BASE}/km/land/"]}
    assert asked[1] == {"url": [f"{BASE}/km/land/"], "text": ["ដីធ្លី & ទឹក"]}
    assert asked[2] == {"u": [f"{BASE}/km/land/"]}
    assert "utm_" not in html


def test_search_and_missing_pages_are_not_shared(client: Client) -> None:
    for address in ("/en/search/", "/en/nothing/"):
        html = client.get(address).content.decode()
        assert 'class="share' not in html
        assert "og:" not in html
        assert "ld+json" not in html


def test_code_is_made_of_public_pages_only(client: Client) -> None:
    standard_page(slug="about")
    standard_page(slug="draft", live=False)
    answer = client.get("/en/-/qr/about/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg") and b"<path" in answer.content
    assert client.get("/en/-/qr/about/").content == answer.content
    assert client.get("/km/-/qr/").status_code == 200
    assert client.get("/en/-/qr/draft/").status_code == 404
    assert client.get("/km/-/qr/about/").status_code == 404


def test_card_names_the_page_in_its_language(client: Client) -> None:
    picture = stored_picture()
    page = standard_page(
        title="About us",
        slug="about",
        summary="Who we are.",
        picture=picture,
        picture_alt="A river",
    )
    translate(page, "ur", title="ہمارے بارے میں", summary="", picture_alt="ایک دریا")
    found = card(client.get("/en/about/").content.decode())
    image = found.pop("og:image")
    assert found == {
        "og:type": "article",
        "og:title": "About us",
        "og:description": "Who we are.",
        "og:url": f"{BASE}/en/about/",
        "og:site_name": "Coalition",
        "og:locale": "en",
        "og:image:width": "300",
        "og:image:height": "158",
        "og:image:alt": "A river",
    }
    assert image.startswith(f"{BASE}/media/images/") and image.endswith(".jpg")
    assert image.removeprefix(BASE) == picture.renditions.get(filter_spec=SHARED).url
    urdu = card(client.get("/ur/about/").content.decode())
    assert (urdu["og:title"], urdu["og:image:alt"]) == ("ہمارے بارے میں", "ایک دریا")
    assert "og:description" not in urdu


def test_article_organization_and_event_are_told_to_machines(client: Client) -> None:
    standard_page(
        title="About </script> us",
        slug="about",
        first_published_at=datetime(2026, 3, 5, tzinfo=UTC),
    )
    article = told(client.get("/en/about/").content.decode())
    assert article["@type"] == "Article"
    assert (article["headline"], article["inLanguage"]) == ("About </script> us", "en")
    assert article["datePublished"] == "2026-03-05"
    assert article["publisher"] == {
        "@type": "Organization",
        "name": "Coalition",
        "url": f"{BASE}/en/",
    }
    assert told(client.get("/zh-hans/").content.decode()) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Coalition",
        "url": f"{BASE}/zh-hans/",
        "inLanguage": "zh-Hans",
    }
    call = call_page(kind="event", title="Open day", opens="2027-03-15", closes="2027-03-16")
    event = told(client.get(call.url_path).content.decode())
    assert {key: event[key] for key in ("@type", "name", "startDate", "endDate")} == {
        "@type": "Event",
        "name": "Open day",
        "startDate": "2027-03-15",
        "endDate": "2027-03-16",
    }
    petition = call_page(title="Sign")
    assert told(client.get(petition.url_path).content.decode())["@type"] == "Article"
