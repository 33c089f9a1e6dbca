"""Workflows and their steps are known in their own section; decisions that come too late."""

import pytest
from wagtail.models import GroupApprovalTask, WorkflowTask

from coalition.sections.models import Role
from countries.domain.groups import ensure_group
from tests.canary.planting import PLANTED
from tests.countries.test_admin import form
from tests.factories import now, standard_page
from tests.network import Network
from tests.sections.test_isolation import text_of

pytestmark = pytest.mark.usefixtures("demo")
REPORTS = ("/admin/reports/workflow/", "/admin/reports/workflow_tasks/")


@pytest.mark.parametrize("url", REPORTS)
def test_filters_offer_the_workflows_of_ones_own_section(network: Network, url: str) -> None:
    word = PLANTED["th"]
    workflow = network.th.workflow
    workflow.name = f"{word} {workflow.name}"
    workflow.save()
    # The steps that come with the site are everybody's; this one is the section's own.
    step = GroupApprovalTask.objects.create(name=f"{word} step")
    step.groups.add(ensure_group(Role.FOCAL_POINTS, network.th))
    WorkflowTask.objects.create(workflow=workflow, task=step.task_ptr, sort_order=9)
    own = network.kh.workflow.name
    seen = {name: text_of(network.client(name).get(url)) for name in ("focal-kh", "focal-th")}
    assert (word in seen["focal-kh"], word in seen["focal-th"]) == (False, True)
    assert f">{own}</option>" in seen["focal-kh"]
    assert word in text_of(network.client("secretariat").get(url))


def test_steps_are_chosen_by_the_secretariat_alone(network: Network) -> None:
    step = network.th.workflow.tasks.first().pk
    for part in ("", "results/", "create/", f"{step}/"):
        url = f"/admin/workflows/task_chooser/{part}"
        codes = [network.client(name).get(url).status_code for name in ("focal-kh", "secretariat")]
        assert codes == [404, 200], url


def test_a_page_of_others_is_not_named_when_it_is_chosen_as_a_parent(network: Network) -> None:
    theirs = standard_page(network.root(network.th), live=False, title="zebrafish")
    answer = network.client("editor-kh").post(
        "/admin/pages/create/home/standardpage", {"parent_page": theirs.pk}, follow=True
    )
    assert "zebrafish" not in answer.content.decode()


def test_a_decision_that_comes_too_late_saves_what_was_typed(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False)
    data = form(title="Typed", **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    answer = network.client("focal-kh").post(f"/admin/pages/{page.pk}/edit/", data, follow=True)
    assert "waits for no decision any more" in answer.content.decode()
    assert now(page).get_latest_revision_as_object().title == "Typed"
    assert now(page).live is False
