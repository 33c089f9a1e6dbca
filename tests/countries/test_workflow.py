"""From an editor's desk to the public: the section's review, then the secretariat's."""

from typing import Any

import pytest
from django.http import HttpResponse
from wagtail.models import Page, TaskState

from campaigns.models import CampaignPage
from coalition.sections.models import Section
from countries.domain.provision import provision_section
from home.models import StandardPage
from search.models import SearchEntry
from tests.countries.test_admin import add, edit, refused
from tests.factories import campaign_page, child_of, home_of, now, standard_page
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
SUBMIT = {"action-submit": "1"}


def decide(network: Network, name: str, page: Page, action: str) -> HttpResponse:
    """Press “Approve” or “Request changes” in the list of what waits."""
    state = page.current_workflow_task_state
    url = f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return network.client(name).post(url, {"comment": "Thank you."})


def waits_for(page: Page) -> str | None:
    state = now(page.specific).current_workflow_task_state
    return state.task.name if state else None


def submitted(network: Network, language: str = "en") -> StandardPage:
    """A page that an editor of Cambodia has written and submitted."""
    root = network.root(network.kh, language)
    add(network.client("editor-kh"), root, **SUBMIT)
    return StandardPage.objects.child_of(root).get()


@pytest.mark.parametrize("language", ["en", "km"])
def test_two_approvals_make_a_page_public(network: Network, language: str) -> None:
    page = submitted(network, language)
    assert (page.live, waits_for(page)) == (False, "Section review")
    decide(network, "focal-kh", page, "approve")
    assert (now(page).live, waits_for(page)) == (False, "Secretariat")
    assert not SearchEntry.objects.filter(page=page).exists()
    decide(network, "secretariat", page, "approve")
    assert (now(page).live, waits_for(page)) == (True, None)
    entry = SearchEntry.objects.get(page=page)
    assert (entry.title, entry.section, entry.language) == ("Our guide", network.kh, language)


def test_a_rejected_page_comes_back_and_may_be_submitted_again(network: Network) -> None:
    page = submitted(network)
    decide(network, "focal-kh", page, "reject")
    assert (waits_for(page), now(page).current_workflow_state.status) == (None, "needs_changes")
    edit(network.client("editor-kh"), page, title="Better", **SUBMIT)
    decide(network, "focal-kh", now(page), "approve")
    decide(network, "secretariat", now(page), "reject")
    assert (now(page).live, now(page).current_workflow_state.status) == (False, "needs_changes")
    comments = TaskState.objects.filter(status="rejected").values_list("comment", flat=True)
    assert list(comments) == ["Thank you.", "Thank you."]


@pytest.mark.parametrize(
    "name", ["editor-kh", "translator-km", "focal-th", "editor-th", "campaigner"]
)
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_else_decides(network: Network, name: str, action: str) -> None:
    page = submitted(network)
    assert refused(decide(network, name, page, action))
    assert (now(page).live, waits_for(page)) == (False, "Section review")
    assert now(page).current_workflow_state.status == "in_progress"


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "focal-th"])
def test_the_second_step_is_the_secretariats(network: Network, name: str) -> None:
    page = submitted(network)
    decide(network, "focal-kh", page, "approve")
    assert refused(decide(network, name, now(page), "approve"))
    assert (now(page).live, waits_for(page)) == (False, "Secretariat")


def test_an_editor_approves_nothing_by_saving(network: Network) -> None:
    page = submitted(network)
    data = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    edit(network.client("editor-kh"), page, **data)
    assert (now(page).live, waits_for(page)) == (False, "Section review")


def test_what_an_approver_changes_is_kept_and_not_approved(network: Network) -> None:
    """What goes public is what was submitted: their own words would have been read by nobody."""
    page = submitted(network)
    data = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    edit(network.client("focal-kh"), page, title="Reviewed", **data)
    assert (waits_for(page), now(page).live) == ("Section review", False)
    assert now(page).get_latest_revision_as_object().title == "Reviewed"


def test_a_change_of_a_live_page_waits_for_approval_too(network: Network) -> None:
    page = standard_page(network.root(network.kh), title="Old")
    edit(network.client("editor-kh"), page, title="New", **SUBMIT)
    assert (now(page).title, waits_for(page)) == ("Old", "Section review")
    decide(network, "focal-kh", now(page), "approve")
    decide(network, "secretariat", now(page), "approve")
    assert now(page).title == "New"


def test_pages_of_the_network_are_approved_by_the_secretariat_alone(network: Network) -> None:
    campaign = campaign_page(live=False)
    assert campaign.get_workflow().name == "network"
    url = f"/admin/pages/{campaign.pk}/edit/"
    assert network.client("campaigner").get(url).status_code == 200
    campaign.save_revision()
    campaign.get_workflow().start(campaign, network.user("campaigner"))
    assert waits_for(campaign) == "Secretariat"
    assert refused(decide(network, "campaigner", now(campaign), "approve"))
    decide(network, "secretariat", now(campaign), "approve")
    assert CampaignPage.objects.get().live is True


def test_pages_below_the_root_follow_the_workflow_of_their_section(network: Network) -> None:
    stories = child_of(network.root(network.th, "th"), "stories")
    assert stories.get_workflow() == network.th.workflow
    assert home_of("th").get_workflow().name == "network"


def test_a_trusted_section_publishes_by_its_own_approval(network: Network) -> None:
    Section.objects.filter(code="kh").update(approval="section")
    provision_section(code="kh", kind="country", languages_used=[])
    page = submitted(network)
    decide(network, "focal-kh", page, "approve")
    assert (now(page).live, waits_for(page)) == (True, None)


def test_the_dashboard_tells_reviewers_what_waits(network: Network) -> None:
    submitted(network)
    seen: dict[str, Any] = {
        name: "Our guide" in network.client(name).get("/admin/").content.decode()
        for name in ("focal-kh", "focal-th", "secretariat")
    }
    assert seen == {"focal-kh": True, "focal-th": False, "secretariat": False}
