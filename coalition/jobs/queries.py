"""What the outbox still owes, for `doctor`, `/readyz` and `tick --dry-run`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from .models import OutboxItem


@dataclass(frozen=True)
class Backlog:
    """Items by state; `oldest_due` is when the oldest of the due ones should have run."""

    due: int
    running: int
    later: int
    given_up: int
    oldest_due: datetime | None


def backlog(*, now: datetime | None = None) -> Backlog:
    """The outbox in numbers, in one query."""
    now = now or timezone.now()
    given_up = Q(failed_at__isnull=False)
    running = ~given_up & Q(leased_until__gte=now)
    waiting = Q(failed_at__isnull=True) & (Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    due = waiting & Q(due_at__lte=now)
    counted = OutboxItem.objects.aggregate(
        due=Count("pk", filter=due),
        running=Count("pk", filter=running),
        later=Count("pk", filter=waiting & Q(due_at__gt=now)),
        given_up=Count("pk", filter=given_up),
        oldest_due=Min("due_at", filter=due),
    )
    return Backlog(**counted)


def oldest_due(*, now: datetime | None = None) -> datetime | None:
    """When the oldest item that still waits should have run; None when nothing is owed."""
    return backlog(now=now).oldest_due


def due_by_task(*, now: datetime | None = None) -> list[tuple[str, int]]:
    """Paths of the tasks that are due and how many of each, the most first."""
    now = now or timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = OutboxItem.objects.filter(free, failed_at__isnull=True, due_at__lte=now)
    counted = rows.values_list("task_path").annotate(count=Count("pk"))
    return list(counted.order_by("-count", "task_path"))


def given_up() -> list[tuple[str, str, int]]:
    """Path, last error and number of what was given up."""
    rows = OutboxItem.objects.filter(failed_at__isnull=False)
    counted = rows.values_list("task_path", "last_error").annotate(count=Count("pk"))
    return list(counted.order_by("task_path", "last_error"))
