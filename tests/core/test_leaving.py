"""“Leave now” on every page: one request, another site, nothing kept by the browser."""

import pytest
from django.test import Client

from tests.factories import standard_page

pytestmark = pytest.mark.django_db


def test_it_leads_to_another_site_and_clears_what_the_browser_holds(client: Client) -> None:
    answer = client.get("/km/-/leave/")
    assert (answer.status_code, answer["Location"]) == (302, "https://www.wikipedia.org/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(("asking", "cleared"), [("same-origin", True), ("cross-site", False)])
def test_other_sites_cannot_sign_anybody_out(client: Client, asking: str, cleared: bool) -> None:
    answer = client.get("/en/-/leave/", headers={"Sec-Fetch-Site": asking})
    assert answer.status_code == 302
    assert ("Clear-Site-Data" in answer) == cleared


def test_operators_choose_where_it_leads(client: Client, settings: pytest.Item) -> None:
    settings.QUICK_EXIT_URL = "https://weather.example.org/"  # type: ignore[attr-defined]
    assert client.get("/en/-/leave/")["Location"] == "https://weather.example.org/"


@pytest.mark.parametrize("address", ["/en/", "/en/about/", "/en/search/", "/en/nothing/"])
def test_every_page_has_it_and_says_that_history_remains(client: Client, address: str) -> None:
    standard_page(slug="about")
    html = client.get(address).content.decode()
    assert 'href="/en/-/leave/" rel="nofollow noreferrer" data-leave="https' in html
    assert "browser’s history still lists what you read here" in html


def test_nothing_but_reading_is_answered(client: Client) -> None:
    assert client.post("/en/-/leave/").status_code == 405
