"""The page of all components, for the development site alone."""

import pytest
from django.test import Client, RequestFactory

from home.patterns import SHOWN, patterns

pytestmark = pytest.mark.django_db


def test_it_is_not_served_elsewhere(client: Client) -> None:
    assert client.get("/-/patterns/").status_code == 404


def test_components_are_shown_in_three_scripts(client: Client) -> None:
    html = patterns(RequestFactory().get("/-/patterns/")).content.decode()
    for code in SHOWN:
        for name in ("page_header", "body", "entry_list", "map", "search_form", "share", "footer"):
            assert f"<code>{code} {name}</code>" in html
    assert html.count("<table") == html.count('<svg class="map"') == len(SHOWN)
    assert 'lang="ur" dir="rtl"' in html
    assert "سماعت" in html and "ទន្លេ" in html
