"""Where campaigns, calls and stories may stand, be made and be moved to."""

import pytest
from wagtail.models import Page

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.core.models import CoalitionPage
from countries.models import SectionPage
from home.models import ListPage, StandardPage
from tests.factories import call_page, campaign_page, child_of, home_of, make_page, story_page
from tests.network import Network

KINDS: tuple[type[CoalitionPage], ...] = (CampaignPage, CallForActionPage, SuccessStoryPage)


def places(network: Network) -> dict[str, Page]:
    root = network.root(network.kh)
    return {
        "campaigns of the section": child_of(root, "campaigns"),
        "campaigns of the network": child_of(home_of(), "campaigns"),
        "stories of the section": child_of(root, "stories"),
        "calls of the section": make_page(ListPage, root, slug="calls", lists="call"),
        "a campaign": campaign_page(root),
        "a call": call_page(campaign_page(root)),
        "a story": story_page(root),
        "a page of text": make_page(StandardPage, root),
        "the section": root,
        "the home": home_of(),
        "the countries": child_of(home_of(), "countries"),
    }


def test_each_kind_has_its_places(network: Network) -> None:
    found = places(network).items()
    allowed = {kind: {name for name, at in found if kind.can_create_at(at)} for kind in KINDS}
    assert allowed == {
        CampaignPage: {"campaigns of the section", "campaigns of the network"},
        CallForActionPage: {
            "a campaign",
            "campaigns of the section",
            "campaigns of the network",
            "calls of the section",
        },
        SuccessStoryPage: {"stories of the section"},
    }


@pytest.mark.usefixtures("demo")
def test_nothing_is_moved_where_it_could_not_be_made(network: Network) -> None:
    story = story_page(network.root(network.kh), live=False)
    campaigns = child_of(network.root(network.kh), "campaigns")
    for name in ("editor-kh", "superuser"):
        network.client(name).post(f"/admin/pages/{story.pk}/move/{campaigns.pk}/confirm/")
        assert Page.objects.get(pk=story.pk).get_parent().slug == "stories"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_finds_its_list(network: Network, kind: type[CoalitionPage]) -> None:
    name = "stories" if kind is SuccessStoryPage else "campaigns"
    for section, language, prefix in (
        (network.kh, "km", "/km/countries/cambodia/"),
        (network.th, "en", "/en/countries/thailand/"),
        (None, "th", "/th/"),
    ):
        found = kind.default_parent(section=section, language=language)
        assert found is not None
        assert found.url_path == f"{prefix}{name}/"
    assert kind.default_parent(section=network.kh, language="th") is None


def test_section_roots_are_made_by_provisioning_alone(network: Network) -> None:
    assert not SectionPage.can_create_at(child_of(home_of(), "countries"))
