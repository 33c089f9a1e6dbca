"""The JSON of the contract, field by field."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from coalition.sections.models import Section
from tests.search.factories import Text, make_entries

pytestmark = pytest.mark.django_db

LANGUAGES = (
    "en, ar, bn, fil, hi, id, ja, km, ko, lo, ms, my, ne, si, ta, tet, th, tpi, ur, vi, zh-hans"
)


def get(path: str, **parameters: Any) -> tuple[int, Any]:
    response = Client().get(f"/api/v1/{path}", parameters)
    assert response.headers["Content-Type"] == "application/json"
    return response.status_code, response.json()


@pytest.fixture
def dams() -> None:
    """A story of Cambodia in two languages, and a page of the network."""
    section = Section.objects.create(
        kind="country", code="kh", slug="cambodia", default_language="km"
    )
    story = {"type": "story", "section": section, "topics": ("water",)}
    days = [datetime(2026, 5, day, 3, tzinfo=UTC) for day in (4, 5, 1)]
    make_entries(
        [
            Text("dam", "en", "A dam", "", "They built a dam of stone", published=days[0], **story),
            Text("dam", "km", "ទំនប់", "សង្ខេប", "ទំនប់ថ្ម", published=days[1], **story),
            Text("guide", "en", "Guide", "", "On stone", published=days[2]),
        ]
    )


@pytest.mark.usefixtures("dams")
def test_search() -> None:
    status, answer = get("search", q="built", language="km", page_size=5)
    assert status == 200
    embedded = connection.vendor == "sqlite"
    assert answer == {
        "total": 1,
        "page": 1,
        "page_size": 5,
        "engine": "sqlite" if embedded else "database",
        "degraded": not embedded,
        "results": [
            {
                "key": "dam",
                "url": "/km/dam/",
                "language": "km",
                "title": "ទំនប់",
                "excerpt": "សង្ខេប",
                "type": "story",
                "section": "kh",
                "published": "2026-05-05T03:00:00+00:00",
                "also_in": [{"language": "en", "url": "/en/dam/"}],
            }
        ],
        "facets": {
            "language": {"en": 1},
            "section": {"kh": 1},
            "type": {"story": 1},
            "topic": {"water": 1},
        },
    }


@pytest.mark.usefixtures("dams")
def test_defaults() -> None:
    status, answer = get("search", q="stone")
    assert status == 200
    assert (answer["page"], answer["page_size"], answer["total"]) == (1, 20, 2)
    assert {result["language"] for result in answer["results"]} == {"en"}
    assert {result["section"] for result in answer["results"]} == {"kh", "network"}


@pytest.mark.usefixtures("dams")
@pytest.mark.parametrize(
    ("parameters", "keys"),
    [
        ({"in": "all"}, {"dam", "guide"}),
        ({"in": "km"}, set()),
        ({"section": "kh"}, {"dam"}),
        ({"section": "network"}, {"guide"}),
        ({"type": "standard"}, {"guide"}),
        ({"topic": "water"}, {"dam"}),
        ({"section": "zz"}, set()),
        ({"type": "zz"}, set()),
        ({"topic": "zz"}, set()),
        ({"section": "", "type": "", "topic": "", "page": "", "in": ""}, {"dam", "guide"}),
        ({"page": 2}, set()),
        ({"page": 10**9}, set()),
    ],
)
def test_filters(parameters: dict[str, Any], keys: set[str]) -> None:
    status, answer = get("search", q='"stone"', **parameters)
    assert status == 200
    assert {result["key"] for result in answer["results"]} == keys


@pytest.mark.usefixtures("dams")
def test_an_empty_query_lists_the_newest() -> None:
    _status, answer = get("search", type="story", language="en")
    assert [result["key"] for result in answer["results"]] == ["dam"]
    assert answer["results"][0]["excerpt"] == "They built a dam of stone"


PAGE = "Set page to a whole number from 1 on."
SIZE = "Set page_size to a whole number from 1 to 50."


@pytest.mark.parametrize("path", ["search", "search/suggest"])
@pytest.mark.parametrize(
    ("parameters", "code", "message"),
    [
        ({"q": "a" * 201}, "invalid_q", "q is too long. Shorten it to 200 characters."),
        ({"q": "a\0"}, "invalid_q", "Null characters are not allowed."),
        (
            {"language": "xx"},
            "unknown_language",
            f"The value of language is not known here. Use one of: {LANGUAGES}.",
        ),
    ],
)
def test_wrong_words_and_languages(
    path: str, parameters: dict[str, Any], code: str, message: str
) -> None:
    assert get(path, **parameters) == (400, {"error": {"code": code, "message": message}})


@pytest.mark.parametrize(
    ("parameters", "code", "message"),
    [
        (
            {"in": "xx"},
            "unknown_language",
            f"The value of in is not known here. Use one of: all, {LANGUAGES}.",
        ),
        ({"page": "two"}, "invalid_page", PAGE),
        ({"page": "0"}, "invalid_page", PAGE),
        ({"page": "-1"}, "invalid_page", PAGE),
        ({"page": "1.5"}, "invalid_page", PAGE),
        ({"page": "9" * 5000}, "invalid_page", PAGE),
        ({"page_size": "51"}, "invalid_page_size", SIZE),
        ({"page_size": "0"}, "invalid_page_size", SIZE),
        ({"page_size": "many"}, "invalid_page_size", SIZE),
        ({"section": "a\0"}, "invalid_section", "Null characters are not allowed."),
    ],
)
def test_other_wrong_parameters(parameters: dict[str, Any], code: str, message: str) -> None:
    assert get("search", **parameters) == (400, {"error": {"code": code, "message": message}})


@pytest.mark.usefixtures("dams")
def test_suggest() -> None:
    dam = {"title": "A dam", "url": "/en/dam/", "language": "en"}
    assert get("search/suggest", q="da", language="en") == (200, {"suggestions": [dam]})
    khmer = {"title": "ទំនប់", "url": "/km/dam/", "language": "km"}
    assert get("search/suggest", q="ទំន", language="en") == (200, {"suggestions": [khmer]})
    assert get("search/suggest", q="", language="en") == (200, {"suggestions": []})
    assert get("search/suggest", q="zebra") == (200, {"suggestions": []})


@pytest.mark.parametrize("path", ["search", "search/suggest"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_allowed(path: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=False), method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.json() == {
        "error": {
            "code": "method_not_allowed",
            "message": "This address can only be read. Use GET.",
        }
    }


@pytest.mark.parametrize("path", ["search?q=a", "search/suggest?q=a", "search?page=x"])
def test_no_cookie_is_set_and_none_matters(path: str) -> None:
    response = Client().get(f"/api/v1/{path}")
    assert response.cookies == {}
    assert "cookie" not in response.headers.get("Vary", "").lower()
