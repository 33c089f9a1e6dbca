"""Reads of approval: what waits, for whom, and what was decided lately."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page, TaskState, Workflow, WorkflowState

from coalition.approval.approvers import (
    READING,
    Approvers,
    Entitlement,
    Kind,
    Matter,
    approvers_for,
)
from coalition.approval.models import Submission
from coalition.approval.models.steps import KINDS, kind_of
from coalition.sections.archive import is_archived_for
from coalition.sections.models import Role, Section, SectionStatus

TRANSLATIONS = "translations"
URGENT = "urgent"
IN_PROGRESS = TaskState.STATUS_IN_PROGRESS
OPEN = Q(status=IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
IN_AN_OPEN_SECTION = Q(workflow_state__submission__section=None) | Q(
    workflow_state__submission__section__status=SectionStatus.OPEN
)
KIND = "task__content_type__model"
OF = "workflow_state__submission__"
COLUMNS = (f"{OF}section", f"{OF}language", f"{OF}submitted_by", f"{OF}author")


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see of what waits; empty means all."""

    section: str = ""
    language: str = ""
    kind: str = ""
    urgent: bool = False

    def condition(self) -> Q:
        """On task states."""
        found = Q()
        if self.section:
            code = None if self.section == "network" else self.section
            found &= Q(**{f"{OF}section__code": code}) if code else Q(**{f"{OF}section": None})
        if self.language:
            found &= Q(**{f"{OF}language": self.language})
        if self.kind:
            found &= Q(
                **{f"{KIND}__in": [name for name, kind in KINDS.items() if kind == self.kind]}
            )
        if self.urgent:
            found &= Q(**{f"{OF}urgent": True})
        return found


def waiting() -> QuerySet[TaskState]:
    """All that waits for a decision in open sections."""
    found: QuerySet[TaskState] = TaskState.objects.filter(
        OPEN,
        IN_AN_OPEN_SECTION,
        task__content_type__app_label="approval",
        workflow_state__submission__isnull=False,
    )
    return found


def waiting_ids(user: Any, filters: Filters | None = None) -> list[tuple[int, Kind]]:
    """The task states that `user` may decide now, urgent ones first, then the oldest. One query
    beside those for the approvers."""
    approvers = approvers_for(user)
    rows = waiting().filter((filters or Filters()).condition())
    if not user.is_superuser:
        rows = rows.filter(_near(user, approvers))
    rows = rows.order_by(f"-{OF}urgent", f"{OF}submitted_at", "pk")
    return [
        (pk, kind)
        for pk, model, *columns in rows.values_list("pk", KIND, *COLUMNS)
        for kind in [KINDS[model]]
        if approvers.entitlement(user, Matter(kind, *columns)) is not None
    ]


def _near(user: Any, approvers: Approvers) -> Q:
    """What somebody's seats, or those of whom they stand in for, can have to do with."""
    people = {user.pk, *(a for a, deputies in approvers.deputies.items() if user.pk in deputies)}
    seats = [seat for person in people for seat in approvers.seats.get(person, [])]
    if any(seat.role == Role.SECRETARIAT for seat in seats):
        return Q()
    languages = {seat.language for seat in seats if seat.role in READING}
    sections = {seat.section_id for seat in seats if seat.role == Role.FOCAL_POINTS}
    return Q(**{f"{OF}section__in": sections}) | Q(**{f"{OF}language__in": languages})


def with_details(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """With all that lists show of them."""
    detailed: QuerySet[TaskState] = states.select_related(
        "task",
        "finished_by",
        "decision__decided_for",
        "workflow_state__submission__page",
        "workflow_state__submission__revision",
        "workflow_state__submission__section",
        "workflow_state__submission__submitted_by",
    )
    return detailed.defer(f"{OF}revision__content").prefetch_related(f"{OF}section__names")


def decided_by(user: Any) -> QuerySet[TaskState]:
    """What somebody has decided, the latest first."""
    decided = TaskState.objects.filter(
        finished_by=user,
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED),
        workflow_state__submission__isnull=False,
    )
    return with_details(decided).order_by("-finished_at", "-pk")


def submitted_by(user: Any) -> QuerySet[TaskState]:
    """Where the texts that somebody has submitted stand, unless it is over; the latest first."""
    current = TaskState.objects.filter(
        workflow_state__current_task_state=F("pk"),
        workflow_state__status__in=(
            WorkflowState.STATUS_IN_PROGRESS,
            WorkflowState.STATUS_NEEDS_CHANGES,
        ),
        workflow_state__submission__submitted_by=user,
    )
    return with_details(current).order_by(f"-{OF}submitted_at", "-pk")


def matter_of(submission: Submission, kind: Kind) -> Matter:
    """What there is to decide in a step of that kind."""
    return Matter(
        kind,
        submission.section_id,
        submission.language,
        submission.submitted_by_id,
        submission.author_id,
    )


def matter_of_page(page: Page, kind: Kind) -> Matter | None:
    """As of what waits of the page now; None where nothing does."""
    state = page.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    submission = Submission.objects.filter(workflow_state__in=state.values("pk")).first()
    return matter_of(submission, kind) if submission else None


def entitlement_in(user: Any, state: TaskState) -> Entitlement | None:
    """How `user` may decide on what waits, to show it; the decision itself asks anew."""
    submission, kind = state.workflow_state.submission, kind_of(state.task)
    if state.status != IN_PROGRESS or kind is None or is_archived_for(user, submission.page):
        return None
    return approvers_for(user).entitlement(user, matter_of(submission, kind))


def may_see(user: Any, submission: Submission) -> bool:
    """Whether somebody may read what was submitted, and talk about it."""
    return bool(submission.page.specific.permissions_for_user(user).can_edit())


def may_withdraw(user: Any, submission: Submission) -> bool:
    """Whoever may write on the page may go on writing; an approver may, too."""
    active = submission.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return active and may_see(user, submission)


def source_of(page: Page) -> Page | None:
    """The public page that this one translates; None for originals and for what is not public.

    What the site makes by itself in every language, roots and lists, translates nothing.
    """
    from coalition.core.queries import original_of

    if getattr(page.specific_class, "is_provisioned", False):
        return None
    source = original_of(page)
    return source if source is not None and source.live else None


def translations_workflow(page: Page) -> Workflow | None:
    """The workflow of translations, for the translation of an approved text."""
    if page.pk is None or source_of(page) is None:
        return None
    return Workflow.objects.filter(name=TRANSLATIONS, active=True).first()


def sections_shown(user: Any) -> QuerySet[Section]:
    """For a filter: the sections that somebody may have to decide in."""
    approvers = approvers_for(user)
    seats = approvers.seats.get(user.pk, [])
    sections = Section.objects.prefetch_related("names")
    if user.is_superuser or any(seat.section_id is None for seat in seats):
        return sections
    return sections.filter(pk__in={seat.section_id for seat in seats})
