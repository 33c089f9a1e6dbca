"""What waits or was decided, as lists and pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from coalition.approval.approvers import Entitlement, Kind
from coalition.approval.models.steps import kind_of
from coalition.approval.models.submission import marks_of
from coalition.approval.queries import entitlement_in
from coalition.core import languages
from coalition.sections.models import Section


@dataclass(frozen=True)
class Item:
    """A row of a list."""

    state: int
    revision: int
    title: str
    language: str
    direction: str
    language_name: str
    section: str
    step: str
    submitted_by: str
    submitted_at: datetime
    urgent: bool
    reason: str
    marks: list[str]
    url: str
    stale: bool
    outcome: str = ""
    finished_at: datetime | None = None


def kind_name(kind: Kind | None) -> str:
    """What is asked for, for people."""
    return (
        {
            Kind.SECTION: _("Section review"),
            Kind.SECRETARIAT: _("Decision of the secretariat"),
            Kind.READER: _("Second reading of a translation"),
        }.get(kind, "")
        if kind
        else ""
    )


def section_name(section: Section | None) -> str:
    """In the language of who reads."""
    return section.name_in(get_language() or "en") if section else _("The network")


def outcome_of(state: TaskState) -> str:
    """How a step ended, for people."""
    return {
        TaskState.STATUS_APPROVED: _("Approved"),
        TaskState.STATUS_REJECTED: _("Changes requested"),
        TaskState.STATUS_CANCELLED: _("Withdrawn"),
        TaskState.STATUS_SKIPPED: _("Passed by itself"),
    }.get(state.status, _("Waiting"))


def items(states: Iterable[TaskState], user: Any) -> list[Item]:
    """Rows for these task states, which come with their details. One query for names."""
    found = list(states)
    entitled = {state.pk: entitlement_in(user, state) or Entitlement() for state in found}
    absent = {e.decided_for for e in entitled.values() if e.decided_for}
    names = (
        dict(get_user_model()._default_manager.filter(pk__in=absent).values_list("pk", "username"))
        if absent
        else {}
    )
    return [_item(state, entitled[state.pk], names) for state in found]


def _item(state: TaskState, entitled: Entitlement, names: dict[Any, str]) -> Item:
    submission = state.workflow_state.submission
    code = submission.language
    decision = getattr(state, "decision", None)
    marks = marks_of(
        decided_for=names.get(entitled.decided_for, ""),
        single_reader=entitled.single_reader,
        own=entitled.own,
        small=False,
    )
    return Item(
        state=state.pk,
        revision=state.revision_id,
        title=str(submission),
        language=languages.html_lang(code),
        direction=languages.direction(code),
        language_name=languages.language_name(code, get_language() or "en"),
        section=section_name(submission.section),
        step=kind_name(kind_of(state.task)),
        submitted_by=submission.submitted_by.get_username() if submission.submitted_by else "",
        submitted_at=submission.submitted_at,
        urgent=submission.urgent,
        reason=submission.reason,
        marks=decision.marks() if decision else marks,
        url=reverse("approval:review", args=[state.pk]),
        stale=submission.page.latest_revision_id != state.revision_id,
        outcome=outcome_of(state),
        finished_at=state.finished_at,
    )
