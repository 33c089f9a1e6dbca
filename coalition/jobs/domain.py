"""Running what the outbox owes: each item by one process at a time, again until it succeeds."""

import logging
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks import TaskContext, TaskResult, TaskResultStatus
from django_tasks.base import Task
from django_tasks.signals import task_finished, task_started

from coalition.plugins.jobs import failed_at, rests

from .failures import log_failure, place_of
from .models import OutboxItem

logger = logging.getLogger(__name__)

# Longer than any job may take (RQ stops one after 240 s): long work goes in chunks.
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 10
LONGEST_WAIT = timedelta(minutes=60)
REST = timedelta(minutes=60)
# A worker's clock may be behind the web server's; the first back-off is longer than this.
CLOCK_SKEW = timedelta(seconds=30)
# These index an object by its id and say nothing when it has been deleted meanwhile.
MAY_BE_GONE = ("wagtail.", "modelsearch.")


class Outcome(StrEnum):
    """What became of one attempt; `TAKEN` means another process has the item, or had it."""

    DONE = "done"
    FAILED = "failed"
    GAVE_UP = "gave up"
    TAKEN = "taken"


@dataclass
class Counts:
    """How many items ended how."""

    done: int = 0
    failed: int = 0
    gave_up: int = 0
    taken: int = 0

    @property
    def seen(self) -> int:
        """All of them."""
        return self.done + self.failed + self.gave_up + self.taken

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        name = outcome.name.lower()
        setattr(self, name, getattr(self, name) + 1)


def run_item(item_id: int) -> bool:
    """Run one item now unless another process has it or it waits for a later time.

    True when its task has succeeded. Raises only what the database raises.
    """
    with _taking_turns():
        return _attempt(item_id, due_by=timezone.now() + CLOCK_SKEW) is Outcome.DONE


def run_after_commit(item_id: int) -> None:
    """Run an item now, or, when a running job has enqueued it, after that job has ended."""
    waiting = getattr(_turns, "waiting", None)
    if waiting is None:
        run_item(item_id)
    else:
        waiting.append(item_id)


def run_due(
    *,
    limit: int,
    now: datetime | None = None,
    grace: timedelta = timedelta(0),
    stopping: Callable[[], bool] = lambda: False,
) -> Counts:
    """Run up to `limit` items that were due `grace` before `now`, the oldest first."""
    now = now or timezone.now()
    _give_up_on_killed(now)
    due_by = now - grace
    ids = list(due_items(now=now, due_by=due_by).values_list("pk", flat=True)[:limit])
    counts = Counts()
    for item_id in ids:
        if stopping():
            break
        with _taking_turns():
            counts.add(_attempt(item_id, due_by=due_by, now=max(now, timezone.now())))
    return counts


def due_items(*, now: datetime, due_by: datetime) -> QuerySet[OutboxItem]:
    """Items that may be claimed at `now` and were due by `due_by`, the oldest first."""
    return OutboxItem.objects.filter(_free(now), due_at__lte=due_by).order_by("due_at", "pk")


def requeue(*, item_ids: Iterable[int] | None = None) -> int:
    """Give what was given up, or those of it in `item_ids`, ten new attempts from now on."""
    items = OutboxItem.objects.filter(failed_at__isnull=False)
    if item_ids is not None:
        items = items.filter(pk__in=item_ids)
    return items.update(failed_at=None, attempts=0, leased_until=None, due_at=timezone.now())


_turns = threading.local()


@contextmanager
def _taking_turns() -> Iterator[None]:
    """Keep what a job enqueues until it has ended: long chains of jobs need no deep stack."""
    if getattr(_turns, "waiting", None) is not None:
        yield
        return
    _turns.waiting = waiting = deque[int]()
    try:
        yield
        while waiting:
            _attempt(waiting.popleft(), due_by=timezone.now() + CLOCK_SKEW)
    finally:
        _turns.waiting = None


def _free(now: datetime) -> Q:
    lease_over = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return lease_over & Q(failed_at__isnull=True, attempts__lt=MAX_ATTEMPTS)


def _claim(item_id: int, *, due_by: datetime, now: datetime) -> OutboxItem | None:
    """The item, leased to us by one UPDATE that only one of several claimers wins."""
    until = now + LEASE
    mine = OutboxItem.objects.filter(_free(now), pk=item_id, due_at__lte=due_by).update(
        leased_until=until, attempts=F("attempts") + 1
    )
    return OutboxItem.objects.filter(pk=item_id, leased_until=until).first() if mine else None


def _attempt(item_id: int, *, due_by: datetime, now: datetime | None = None) -> Outcome:
    item = _claim(item_id, due_by=due_by, now=now or timezone.now())
    if item is None:
        return Outcome.TAKEN
    if rests(item.task_path):
        _put_off(item)
        return Outcome.TAKEN
    try:
        with translation.override(item.language), _own_savepoint():
            _call(item)
    except Exception as error:  # noqa: BLE001
        failed_at(item.task_path, "jobs", error)
        gone = isinstance(error, ObjectDoesNotExist) and item.task_path.startswith(MAY_BE_GONE)
        if not gone:
            return _record_failure(item, error)
    item.delete()
    return Outcome.DONE


def _put_off(item: OutboxItem) -> None:
    """Owed still, to a plugin that is off everywhere: it is asked for again later."""
    OutboxItem.objects.filter(pk=item.pk, leased_until=item.leased_until).update(
        leased_until=None, attempts=F("attempts") - 1, due_at=timezone.now() + REST
    )


def _own_savepoint() -> AbstractContextManager[Any]:
    """A savepoint inside a transaction of the caller's, nothing otherwise."""
    return transaction.atomic() if transaction.get_connection().in_atomic_block else nullcontext()


def _call(item: OutboxItem) -> None:
    task = import_string(item.task_path)
    if not isinstance(task, Task):
        raise TypeError("The path of this item does not lead to a task.")
    result = _result_of(item, task)
    backend = type(task.get_backend())
    task_started.send_robust(backend, task_result=result)
    context = [TaskContext(task_result=result)] if task.takes_context else []
    task.call(*context, *result.args, **result.kwargs)
    object.__setattr__(result, "status", TaskResultStatus.SUCCESSFUL)
    object.__setattr__(result, "finished_at", timezone.now())
    task_finished.send_robust(backend, task_result=result)


def _result_of(item: OutboxItem, task: Task[..., Any]) -> TaskResult[Any]:
    now = timezone.now()
    return TaskResult(
        task=task,
        id=item.result_id,
        status=TaskResultStatus.RUNNING,
        enqueued_at=item.created_at,
        started_at=now,
        finished_at=None,
        last_attempted_at=now,
        args=item.args,
        kwargs=item.kwargs,
        backend=task.backend,
        errors=[],
        # The context counts attempts by them.
        worker_ids=[f"{socket.gethostname()}:{os.getpid()}"] * item.attempts,
    )


def _record_failure(item: OutboxItem, error: Exception) -> Outcome:
    """Put the item off, or give it up after the last attempt, unless another process has it."""
    now = timezone.now()
    attempt = f"Job {item}, attempt {item.attempts} of {MAX_ATTEMPTS},"
    log_failure(logger, attempt, error)
    gave_up = item.attempts >= MAX_ATTEMPTS
    wait = min(timedelta(minutes=2 ** (item.attempts - 1)), LONGEST_WAIT)
    OutboxItem.objects.filter(pk=item.pk, leased_until=item.leased_until).update(
        leased_until=None,
        last_error=place_of(error),
        due_at=now + wait,
        failed_at=now if gave_up else None,
    )
    return Outcome.GAVE_UP if gave_up else Outcome.FAILED


def _give_up_on_killed(now: datetime) -> None:
    """An item that was killed at each attempt never failed by itself: it ends here."""
    OutboxItem.objects.filter(
        failed_at__isnull=True, attempts__gte=MAX_ATTEMPTS, leased_until__lt=now
    ).update(failed_at=now, last_error="Killed before it ended.")
