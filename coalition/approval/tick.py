"""By the clock: those who decide are told of what waits and reminded; the secretariat's digest."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState

from coalition.approval.approvers import Approvers, Seat
from coalition.approval.domain import letters
from coalition.approval.models import Digest, Submission
from coalition.approval.queries import waiting, with_details
from coalition.jobs.tick import on_tick
from coalition.sections.models import Role

OF = "workflow_state__submission__"
FRIDAY = 5  # isoweekday
MOST_NAMED = 20


def working_days(since: datetime, until: datetime) -> int:
    """How many days from Monday to Friday begin between two moments, in local time."""
    first, last = timezone.localdate(since), timezone.localdate(until)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(day.isoweekday() <= FRIDAY for day in days)


@on_tick("approval: what waits")
def tell_of_what_waits() -> int:
    """One letter to each person with all that came since the last one; how many were written."""
    return _write(list(waiting().filter(**{f"{OF}told_at": None})), "waiting")


@on_tick("approval: reminders")
def remind() -> int:
    """One letter to each person with all that has waited too long since they were last told."""
    now = timezone.now()
    told = waiting().exclude(**{f"{OF}told_at": None}).values_list("pk", f"{OF}told_at")
    late = [pk for pk, when in told if working_days(when, now) >= settings.APPROVAL_REMIND_AFTER]
    return _write(list(waiting().filter(pk__in=late)), "reminder")


@transaction.atomic
def _write(states: list[TaskState], letter: str) -> int:
    """Write, and remember that in the same transaction."""
    if not states:
        return 0
    chosen = with_details(TaskState.objects.filter(pk__in=[state.pk for state in states]))
    written = letters.write_lists(letters.those_who_decide(chosen.order_by("pk")), letter)
    Submission.objects.filter(workflow_state__in=[s.workflow_state_id for s in states]).update(
        told_at=timezone.now()
    )
    return written


@on_tick("approval: digest")
def digest() -> int:
    """To the secretariat, where it is due; how many letters were written."""
    return write_digest(timezone.localdate())


@transaction.atomic
def write_digest(today: date) -> int:
    """What waits, what is overdue and what was decided, for the secretariat, if there is any."""
    last = Digest.objects.order_by("-day").first()
    if not _is_due(today, last.day if last else None):
        return 0
    since = last.written_at if last else timezone.now() - timedelta(days=7)
    states = list(with_details(waiting()).order_by("started_at", "pk"))
    decided = TaskState.objects.filter(
        finished_at__gt=since,
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED),
        workflow_state__submission__isnull=False,
    ).count()
    Digest.objects.create(day=today)
    if not states and not decided:
        return 0
    now = timezone.now()
    overdue = [
        state
        for state in states
        if working_days(state.started_at, now) >= settings.APPROVAL_REMIND_AFTER
    ]
    named = [letters.about(s.workflow_state.submission, s.pk) for s in overdue[:MOST_NAMED]]
    return letters.write(
        Approvers.load().members[Seat(None, Role.SECRETARIAT, "")],
        "digest",
        waiting=len(states),
        overdue=len(overdue),
        decided=decided,
        texts=named,
    )


def _is_due(today: date, last: date | None) -> bool:
    """Once a working day, or once a week; never where it is switched off."""
    every = {"day": 1, "week": 7}.get(settings.APPROVAL_DIGEST)
    if every is None or today.isoweekday() > FRIDAY:
        return False
    return last is None or (today - last).days >= every
