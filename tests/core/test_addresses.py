"""What an address leads to: languages, slips of the finger, junk."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.factories import open_section, standard_page, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "home"),
    [
        ("km", "/km/"),
        ("tl;q=0.9", "/fil/"),
        ("zh-TW", "/zh-hans/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("\x7f;;q=--,%%", "/en/"),
    ],
)
def test_the_root_sends_readers_to_their_home(client: Client, header: str, home: str) -> None:
    answer = client.get("/", headers={"accept-language": header})
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert answer["Vary"] == "Accept-Language"
    assert answer["Cache-Control"] == "max-age=60, public"
    assert not answer.cookies


def test_cookies_have_no_say_at_the_root(client: Client) -> None:
    client.cookies["django_language"] = "th"
    assert client.get("/", headers={"accept-language": "km"})["Location"] == "/km/"


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/KM/", "/km/"),
        ("/Km/countries/?page=2", "/km/countries/?page=2"),
        ("/tl/", "/fil/"),
        ("/tl/countries/", "/fil/countries/"),
        ("/zh/", "/zh-hans/"),
        ("/ZH-Hans/", "/zh-hans/"),
        ("/zh-CN/search/?q=%E6%B0%B4", "/zh-hans/search/?q=%E6%B0%B4"),
        ("/KM//evil.example/", "/km//evil.example/"),
        ("/KM", "/km"),
    ],
)
def test_other_writings_of_a_language_lead_to_it(client: Client, address: str, to: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, to)


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/km", "/km/"),
        ("/km/countries", "/km/countries/"),
        ("/km/countries?page=2&x=%E1%9E%80", "/km/countries/?page=2&x=%E1%9E%80"),
        ("/ur/search?q=x", "/ur/search/?q=x"),
    ],
)
def test_a_missing_slash_is_added_in_the_same_language(
    client: Client, address: str, to: str
) -> None:
    answer = client.get(address, headers={"accept-language": "th"})
    assert (answer.status_code, answer["Location"]) == (301, to)


NOWHERE = [
    "/xx/",
    "/xx/countries/",
    "/km-KH/",
    "/%2Fkm/",
    "/%2Fevil.example/",
    "/nothing",
    "/favicon.ico",
    "/wp-login.php",
    "/%00/",
    "/%ff/",
    "/" + "a" * 3000 + "/",
    "/media/images/nothing.jpg",
    "/documents/99/nothing.pdf",
    "/accounts/nothing/",
    "/_util/nothing/",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_an_unknown_prefix_is_a_404_in_the_reader_s_language(client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "xx, ur;q=0.8, en;q=0.5"})
    html = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="ur" dir="rtl">' in html
    with translation.override("ur"):
        assert translation.gettext("This page does not exist") in html
    assert answer["Content-Language"] == "ur"
    assert answer["Vary"] == "Accept-Language"
    assert 'action="/ur/search/"' in html
    assert not answer.cookies


NOWHERE_IN_KHMER = [
    "/km/nothing/",
    "/km/countries/nothing/",
    "/km/countries/" + "a/" * 500,
    "/km/" + "a" * 5000 + "/",
    "/km/%00/",
    "/km/%ff/",
    "/km/%ED%A0%80/",
    "/km/កម្ពុជា/",
    "/km//countries/",
    "/km/countries//",
    "/km/../etc/passwd",
    "/km/countries/%0A",
    "/km/'%20OR%201=1--/",
    "/km/<script>/",
    "/km/nothing/?asked=en",
    "/km/search/nothing/",
]


@pytest.mark.parametrize("address", NOWHERE_IN_KHMER)
def test_an_unknown_page_is_a_404_in_the_language_of_the_address(
    client: Client, address: str
) -> None:
    answer = client.get(address, headers={"accept-language": "th"})
    assert answer.status_code == 404
    assert '<html lang="km" dir="ltr">' in answer.content.decode()
    assert "Vary" not in answer


def test_the_switcher_of_an_unknown_page_leads_to_the_homes(client: Client) -> None:
    html = client.get("/km/nothing/").content.decode()
    assert 'href="/th/"' in html
    assert 'href="/th/nothing/"' not in html


@pytest.mark.parametrize("query", ["", "%00", "xx", "EN", "km,en", "../", "%ff", "a" * 5000, "th"])
def test_what_is_asked_must_be_a_known_language(client: Client, query: str) -> None:
    """In the last case the page exists in what is asked for, so it is shown."""
    page = standard_page(title="About us", slug="about")
    translate(page, "th", title="เกี่ยวกับเรา")
    answer = client.get("/en/about/", {"asked": query})
    if query == "th":
        assert (answer.status_code, answer["Location"]) == (302, "/th/about/")
    else:
        assert answer.status_code == 200
        assert '<html lang="en" dir="ltr">' in answer.content.decode()
        assert 'id="notice"' not in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["page=", "page=-1", "page=0", "page=x", "page=%00", "page=" + "9" * 5000, "page=1e9"]
)
def test_a_list_shows_a_page_for_any_number(client: Client, query: str) -> None:
    assert client.get(f"/en/stories/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 5000, "in=xx", "section=%00", "type=x", "page=-1", "page=x&q=a"]
)
def test_search_answers_any_query(client: Client, query: str) -> None:
    assert client.get(f"/km/search/?{query}").status_code == 200


def test_too_many_parameters_are_refused(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
    answer = client.get("/km/stories/?" + "&".join(f"a{number}=1" for number in range(101)))
    assert answer.status_code == 400


def test_an_unknown_host_is_refused(client: Client) -> None:
    answer = client.get("/km/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    answer = client.get("/api/v1/search", headers={"host": "evil.example"})
    assert answer.json()["error"]["code"] == "bad_request"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
@pytest.mark.parametrize("address", ["/", "/en/", "/en/about/", "/sitemap.xml", "/healthz"])
def test_pages_are_read_only(client: Client, address: str, method: str) -> None:
    standard_page(title="About us", slug="about")
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_post_to_a_page_is_told_of_no_cookie() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/")
    assert answer.status_code == 405


@pytest.mark.parametrize("address", ["/en/", "/en/countries/cambodia/", "/en/about/"])
def test_head_is_get_without_a_body(client: Client, address: str) -> None:
    open_section("kh")
    standard_page(title="About us", slug="about")
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers


def test_json_errors_stay_json(client: Client) -> None:
    answer = client.get("/api/nothing", headers={"accept-language": "km"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json() == {
        "error": {"code": "not_found", "message": "There is nothing at this address."}
    }
    assert "Vary" not in answer
    assert "Content-Language" not in answer


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/km/", "text/html; charset=utf-8"), ("/api/v1/search", "application/json")],
)
def test_a_failure_is_told_in_kind(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, kind: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("something of ours is broken")

    monkeypatch.setattr("coalition.core.serving.page_at", fail)
    monkeypatch.setattr("search.domain.queries.search", fail)
    client.raise_request_exception = False
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (500, kind)
    if kind == "application/json":
        assert answer.json()["error"]["code"] == "server_error"
    else:
        assert '<html lang="km" dir="ltr">' in answer.content.decode()
        assert "Content-Security-Policy" in answer
