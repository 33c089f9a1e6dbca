"""Networks whose steps were approved by groups go on with the shared steps."""

from wagtail.models import GroupApprovalTask, Task, TaskState, WorkflowTask

from coalition.approval.models import Submission
from countries.domain.lacking import lacking
from countries.domain.provision import provision_section
from countries.domain.workflows import adopt_group_steps
from tests.approval.submitting import draft, edited, post, state_of, submit
from tests.factories import now
from tests.network import Network


def as_before(network: Network) -> None:
    """Put steps of groups in the place of ours, as provisioning once made them."""
    for section in (network.kh, network.th):
        group = section.section_groups.get(role="focal-points").group
        task = GroupApprovalTask.objects.create(name=f"{section.code}: section review")
        task.groups.add(group)
        _replace("Section review", task, workflow=section.workflow)
    _replace("Secretariat", GroupApprovalTask.objects.create(name="Secretariat"))
    Submission.objects.all().delete()


def _replace(name: str, task: GroupApprovalTask, **where: object) -> None:
    ours = Task.objects.get(name=name, content_type__app_label="approval")
    rows = WorkflowTask.objects.filter(task=ours, **where)
    states = TaskState.objects.filter(
        task=ours, workflow_state__workflow__in=rows.values("workflow")
    )
    states.update(task=task.task_ptr)
    rows.update(task=task.task_ptr)


def test_what_waits_goes_on_and_what_was_approved_stays_so(network: Network) -> None:
    first, second = draft(network, title="First"), draft(network, title="Second")
    submit(network, first, "editor-kh")
    post(network, "focal-kh", submit(network, second, "editor-kh"), "approve")
    as_before(network)
    assert state_of(first).task.name == "kh: section review"
    assert adopt_group_steps() == 3
    assert not GroupApprovalTask.objects.exists()
    assert lacking([network.kh, network.th]) == {}
    assert Submission.objects.count() == 2
    post(network, "focal-kh", state_of(first), "approve")
    for page in (first, second):
        post(network, "secretariat", state_of(page), "approve")
        assert now(page).live is True
    assert adopt_group_steps() == 0


def test_what_was_edited_before_is_submitted_anew(network: Network) -> None:
    page = draft(network, title="First")
    submit(network, page, "editor-kh")
    as_before(network)
    edited(page, network, "focal-kh", title="Second")
    provision_section(code="kh", kind="country", languages_used=[])
    answer = post(network, "focal-kh", state_of(page), "approve").content.decode()
    assert "was edited since it was submitted" in answer
    assert Submission.objects.get().submitted_by == network.user("editor-kh")
