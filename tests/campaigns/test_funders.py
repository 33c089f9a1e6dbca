"""Who pays for a campaign."""

import pytest
from django.test import Client

from campaigns.models import CampaignPage
from coalition.core.interchange.values import written
from search.models import SearchEntry
from tests.factories import campaign_page
from tests.interchange.lines import line, outcomes, refusal

pytestmark = pytest.mark.django_db
FUNDERS = [{"name": "A foundation", "url": "https://example.org/"}, {"name": "Members", "url": ""}]


def test_funders_are_shown_and_found(client: Client) -> None:
    page = campaign_page(
        slug="water", funders=[{"type": "funder", "value": value} for value in FUNDERS]
    )
    html = client.get("/en/campaigns/water/").content.decode()
    assert '<h2 id="funders">Funders</h2>' in html
    assert '<a href="https://example.org/" rel="noopener noreferrer">A foundation</a>' in html
    assert "<span>Members</span>" in html
    assert "A foundation" in SearchEntry.objects.get(pk=page.pk).body


def test_without_funders_there_is_no_heading(client: Client) -> None:
    campaign_page(slug="water")
    assert 'id="funders"' not in client.get("/en/campaigns/water/").content.decode()


def test_funders_go_in_and_come_out() -> None:
    given = line("water", type="campaign", fields={"funders": FUNDERS})
    assert outcomes(given) == ["created"]
    assert outcomes(given) == ["unchanged"]
    assert written(CampaignPage.objects.get(), "funders") == FUNDERS


def test_a_funder_is_linked_on_the_web_only() -> None:
    funder = {"name": "A foundation", "url": "javascript:alert(1)"}
    given = line("water", type="campaign", fields={"funders": [funder]})
    assert refusal(given).startswith("funders")
