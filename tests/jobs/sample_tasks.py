"""Tasks for the tests; they leave groups behind, or entries in `runs`."""

import os
import signal
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django_tasks import TaskContext, task

runs: list[str] = []


@task()
def open_group(name: str) -> None:
    """Leave a group of this name."""
    Group.objects.create(name=name)


@task()
def open_next(name: str) -> None:
    """Have another job open the group."""
    open_group.enqueue(name)


@task()
def run_alone(name: str) -> None:
    """Count a run in this process."""
    runs.append(name)


@task()
def note_language() -> None:
    """Leave a group named after the active language."""
    Group.objects.create(name=translation.get_language())


@task(takes_context=True)
def note_attempt(context: TaskContext, name: str) -> None:
    """Leave a group named after the attempt."""
    Group.objects.create(name=f"{name} {context.attempt}")


@task()
async def run_async(name: str) -> None:
    """Count a run of a coroutine."""
    runs.append(name)


@task()
def fail(secret: str) -> None:
    """Fail with the argument in the message."""
    raise ValueError(secret)


@task()
def break_database() -> None:
    """Fail in the database, halfway through a transaction."""
    with transaction.atomic():
        Group.objects.create(name="half")
        Group.objects.create(name="half")


@task()
def fail_until_group(name: str) -> None:
    """Fail until somebody has made the group."""
    Group.objects.get(name=name)
    runs.append(name)


@task()
def go_on(left: int) -> None:
    """Enqueue itself until nothing is left."""
    if left:
        go_on.enqueue(left - 1)
    runs.append(str(left))


@task()
def die_once(path: str) -> None:
    """Kill this process the first time, leave a group the second."""
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    Group.objects.create(name="second life")
