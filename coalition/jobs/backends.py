"""Backends for django-tasks that wait for the commit and lose nothing.

Models are imported inside functions: declaring a task loads its backend, which may happen before
the apps are ready.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id
from django_tasks_rq import RQBackend

from . import broker

if TYPE_CHECKING:
    from .models import OutboxItem

# Wagtail enqueues these some three times for each page saved. They read the object afresh, so of
# equal ones only the last has to run.
INDEXING = frozenset(
    {
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.tasks.update_reference_index_task",
    }
)


class OutboxMixin(BaseTaskBackend):
    """Writes each task to the outbox, in the transaction of whoever enqueues it.

    Both backends refuse the same things, so that what runs in the demo runs in production.
    """

    supports_defer = True
    supports_async_task = True
    supports_priority = False
    supports_get_result = False

    grace = timedelta(0)
    """How long `tick` leaves a due item to others."""
    in_process = False
    """Whether what is enqueued runs before the request that enqueued it is answered."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Owe the task from the commit on; raises InvalidTaskError, TypeError for no JSON."""
        from .models import OutboxItem

        self.validate_task(task)
        now = timezone.now()
        result = _ready_result(task, args, kwargs, backend=self.alias)
        item = OutboxItem.objects.create(
            task_path=task.module_path,
            args=result.args,
            kwargs=result.kwargs,
            result_id=result.id,
            queue_name=task.queue_name,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            due_at=task.run_after or now,
        )
        task_enqueued.send(type(self), task_result=result)
        if item.due_at <= now:
            transaction.on_commit(lambda: self._committed(item), robust=True)
        return result

    def _committed(self, item: "OutboxItem") -> None:
        if item.task_path in INDEXING and _comes_again(item):
            item.delete()
        else:
            self.hand_over(item)

    def hand_over(self, item: "OutboxItem") -> None:
        """Have the item run; it is committed and due."""
        raise NotImplementedError

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Results are not kept: what a task has to say it writes to rows of its own."""
        raise NotImplementedError("This backend does not keep results.")


class EmbeddedBackend(OutboxMixin, ImmediateBackend):
    """Runs each task in this process as soon as the transaction has committed."""

    in_process = True

    def hand_over(self, item: "OutboxItem") -> None:
        """Run it; a failure stays in the outbox, for `tick`."""
        from .domain import run_after_commit

        run_after_commit(item.pk)


class BrokerBackend(OutboxMixin, RQBackend):
    """Has each task run by an RQ worker; while Redis is away `tick` runs it."""

    grace = timedelta(seconds=30)

    def hand_over(self, item: "OutboxItem") -> None:
        """Push the item's id to Redis, as the task that delivers it."""
        from .tasks import deliver

        broker.push(
            task_path=deliver.module_path,
            item_id=item.pk,
            queue_name=item.queue_name,
            backend=self.alias,
        )


def _comes_again(item: "OutboxItem") -> bool:
    """Whether an equal item was enqueued later and still waits."""
    later = type(item).objects.filter(
        task_path=item.task_path, args=item.args, kwargs=item.kwargs, pk__gt=item.pk
    )
    return later.filter(leased_until__isnull=True, failed_at__isnull=True).exists()


def _ready_result(task: Task[Any, Any], args: Any, kwargs: Any, *, backend: str) -> TaskResult[Any]:
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=args,
        kwargs=kwargs,
        backend=backend,
        errors=[],
        worker_ids=[],
    )
