"""Who is written to about what. Texts themselves are in no letter: mail is read by others."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from coalition.accounts import letters
from coalition.approval.approvers import Approvers
from coalition.approval.models import Note, Submission
from coalition.approval.models.steps import kind_of
from coalition.approval.queries import matter_of


def about(submission: Submission, state_id: int) -> dict[str, Any]:
    """What letters say of a text."""
    return {
        "title": str(submission),
        "path": reverse("approval:review", args=[state_id]),
        "urgent": submission.urgent,
    }


def write(people: Iterable[int | None], letter: str, **context: Any) -> int:
    """One letter to each of these people; how many have an address."""
    ids = {pk for pk in people if pk is not None}
    users = get_user_model()._default_manager.filter(pk__in=ids).order_by("pk")
    return letters.write(to=users, letter=f"approval/{letter}", **context)


def write_lists(owed: dict[int, list[dict[str, Any]]], letter: str) -> int:
    """To each person one letter with what concerns them."""
    return sum(write([person], letter, texts=texts) for person, texts in sorted(owed.items()))


def those_who_decide(states: Iterable[TaskState]) -> dict[int, list[dict[str, Any]]]:
    """For everybody who may decide on some of these: which. Deputies included."""
    approvers = Approvers.load()
    owed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for state in states:
        submission, kind = state.workflow_state.submission, kind_of(state.task)
        if kind is not None:
            for person in approvers.pool(matter_of(submission, kind)).people:
                owed[person].append(about(submission, state.pk))
    return owed


def tell_of_decision(submission: Submission, state: TaskState, user: Any) -> None:
    """To whoever submitted it: changes are asked for, or it is approved at last."""
    if submission.submitted_by_id == user.pk:
        return
    if state.status == TaskState.STATUS_REJECTED:
        write([submission.submitted_by_id], "changes", **about(submission, state.pk))
    elif state.workflow_state.status == WorkflowState.STATUS_APPROVED:
        write([submission.submitted_by_id], "approved", **about(submission, state.pk))


def tell_of_urgency(submission: Submission) -> None:
    """To the secretariat, at once."""
    state = TaskState.objects.select_related("task", "workflow_state__submission__revision").get(
        pk=submission.workflow_state.current_task_state_id
    )
    for person, texts in those_who_decide([state]).items():
        write([person], "urgent", reason=submission.reason, **texts[0])


def tell_of_note(submission: Submission, user: Any) -> None:
    """To the other side: who submitted it, who has spoken or decided; else those who decide now."""
    workflow = submission.workflow_state
    state = workflow.current_task_state
    people: set[int | None] = {submission.submitted_by_id}
    people |= set(Note.objects.filter(submission=submission).values_list("author", flat=True))
    people |= set(workflow.task_states.values_list("finished_by", flat=True))
    others = people - {user.pk, None}
    if not others and state is not None:
        others = set(those_who_decide([state]))
    if state is not None:
        write(others - {user.pk}, "note", **about(submission, state.pk))
