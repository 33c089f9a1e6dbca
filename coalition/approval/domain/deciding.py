"""Approving and asking for changes: one door for the review page, lists and Wagtail's own views."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from coalition.approval import history
from coalition.approval.approvers import Approvers, Entitlement
from coalition.approval.domain import letters
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Decision, Submission
from coalition.approval.models.steps import kind_of
from coalition.approval.queries import TRANSLATIONS, URGENT, matter_of
from coalition.core.publishing import PublishingRefusedError
from coalition.sections.archive import archived_section_of, refusal, section_at

APPROVE = "approve"
REJECT = "reject"


@dataclass(frozen=True)
class Result:
    """What became of one of several texts: `refused` says why not, empty where it was approved."""

    title: str
    refused: str = ""


@transaction.atomic
def decide(
    *, task_state_id: int, user: Any, action: str, comment: str = "", revision_id: int | None = None
) -> TaskState:
    """Approve what was submitted, or ask for changes.

    `revision_id` is what was shown. The row of the workflow is locked, so that of two decisions at
    once the second finds it decided.

    Raises ApprovalRefusedError when it was decided or edited meanwhile, is one's own text, or when
    changes are asked for without saying which; PermissionDenied when `user` is none of those who
    decide; PublishingRefusedError when the page may not go public as it is.
    """
    states = TaskState.objects.select_related("task", "finished_by")
    workflow = WorkflowState.objects.select_for_update().get(
        pk=states.values_list("workflow_state", flat=True).get(pk=task_state_id)
    )
    state = states.get(pk=task_state_id)
    submission = Submission.objects.select_related("revision").get(workflow_state=workflow)
    page = Page.objects.get(pk=submission.page_id)
    # Whose page it is, is asked of its place: it may have been moved since.
    submission.section = section_at(page)
    entitled = _check_person(user, state, submission, page)
    if action == REJECT and not comment.strip():
        raise ApprovalRefusedError(
            _("Say what has to be changed in “%(title)s”: without that nobody can do it.")
            % {"title": submission}
        )
    _check_open(state, workflow, submission)
    if action == APPROVE:
        _check_text(state, submission, page, revision_id)
        _check_way(workflow, submission, page)
    elif action != REJECT:
        raise PermissionDenied
    _note_marks(state, submission, page, user, entitled)
    state.workflow_state = workflow
    if action == APPROVE:
        state.approve(user=user, comment=comment.strip())
    else:
        state.reject(user=user, comment=comment.strip())
    letters.tell_of_decision(submission, state, user)
    return state


def _check_person(user: Any, state: TaskState, submission: Submission, page: Page) -> Entitlement:
    kind = kind_of(state.task)
    if kind is None:
        raise PermissionDenied
    if section := archived_section_of(page):
        raise ApprovalRefusedError(refusal(section))
    entitled = Approvers.load().entitlement(user, matter_of(submission, kind))
    if entitled is not None:
        return entitled
    if (
        user.pk == submission.submitted_by_id
        and page.specific.permissions_for_user(user).can_edit()
    ):
        raise ApprovalRefusedError(
            _("You submitted “%(title)s” yourself. Somebody else has to decide on it.")
            % {"title": submission}
        )
    raise PermissionDenied


def _check_open(state: TaskState, workflow: WorkflowState, submission: Submission) -> None:
    """Raise when there is nothing left to decide."""
    still = (
        state.status == TaskState.STATUS_IN_PROGRESS
        and workflow.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow.current_task_state_id == state.pk
    )
    if still:
        return
    if state.finished_by is None:
        words = _("“%(title)s” does not wait for this decision any more. Nothing was changed.")
        raise ApprovalRefusedError(words % {"title": submission})
    words = {
        TaskState.STATUS_APPROVED: _(
            "“%(title)s” was approved meanwhile by %(person)s. Nothing was changed by you."
        ),
        TaskState.STATUS_REJECTED: _(
            "Changes to “%(title)s” were asked for meanwhile by %(person)s. Nothing was changed "
            "by you."
        ),
    }.get(
        state.status,
        _("“%(title)s” was withdrawn meanwhile by %(person)s. Nothing was changed by you."),
    )
    names = {"title": submission, "person": state.finished_by.get_username()}
    raise ApprovalRefusedError(words % names)


def _check_text(
    state: TaskState, submission: Submission, page: Page, revision_id: int | None
) -> None:
    """Raise unless what was shown is what was submitted and the newest there is."""
    shown = state.revision_id if revision_id is None else revision_id
    if shown == state.revision_id == submission.revision_id == page.latest_revision_id:
        return
    raise ApprovalRefusedError(
        _(
            "“%(title)s” was edited since it was submitted, so it was not approved. The newer text "
            "is kept as a draft: ask for changes, or withdraw the submission and submit it anew."
        )
        % {"title": submission}
    )


def _check_way(workflow: WorkflowState, submission: Submission, page: Page) -> None:
    """Raise when more people are asked where the page stands now than where it was submitted."""
    wanted = page.specific.get_workflow()
    if workflow.workflow.name == URGENT or wanted is None or wanted.name == TRANSLATIONS:
        return
    asked = workflow.workflow.tasks.values("pk")
    if wanted.tasks.exclude(pk__in=asked).exists():
        raise ApprovalRefusedError(
            _(
                "“%(title)s” was submitted when fewer people were asked than have to be now, so it "
                "was not approved. Withdraw the submission and submit it anew."
            )
            % {"title": submission}
        )


def _note_marks(
    state: TaskState, submission: Submission, page: Page, user: Any, entitled: Entitlement
) -> None:
    """Write down what is out of the ordinary, where lists and the page's history show it."""
    decision = Decision.objects.create(
        task_state=state,
        decided_for_id=entitled.decided_for,
        single_reader=entitled.single_reader,
        own=entitled.own,
    )
    if entitled != Entitlement():
        data = {
            "decided_for": decision.decided_for.get_username() if decision.decided_for else "",
            "single_reader": decision.single_reader,
            "own": decision.own,
            "small": False,
        }
        log(
            instance=page.specific,
            action=history.MARKED,
            user=user,
            revision=submission.revision,
            data=data,
        )


def approve_all(*, shown: list[tuple[int, int]], user: Any) -> list[Result]:
    """Approve each of these task states with the revision that was shown, or say why not.

    Each stands for itself: what is refused holds up no other.
    """
    results = []
    for task_state_id, revision_id in shown:
        submission = Submission.objects.filter(
            workflow_state__task_states=task_state_id
        ).select_related("revision")
        title = ""
        try:
            title = str(submission.get())
            decide(task_state_id=task_state_id, user=user, action=APPROVE, revision_id=revision_id)
        except PublishingRefusedError as error:
            results.append(Result(title, " ".join(error.messages)))
        except (PermissionDenied, Submission.DoesNotExist):
            # The title is that of a text which the person may know nothing of.
            results.append(Result("", _("This text is not yours to decide on.")))
        else:
            results.append(Result(title))
    return results
