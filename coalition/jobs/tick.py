"""Everything due by the clock: the outbox, what apps register, scheduled publishing.

An app puts functions under `@on_tick("name")` into its module `tick`. They take nothing, return
how many things they did, may run twice, and never run twice at the same time.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError
from django.utils.module_loading import module_has_submodule
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends

from coalition.plugins.jobs import failed_at, rests

from . import domain, leases
from .failures import log_failure

logger = logging.getLogger(__name__)

# The tick of the next minute goes on.
OUTBOX_SECONDS = 50
OUTBOX_BATCH = 100
PUBLISH_SCHEDULED = "publish_scheduled"

TickFunction = Callable[[], int]


@dataclass(frozen=True)
class Registered:
    """A function of an app; a killed tick holds it up for `at_most`."""

    run: TickFunction
    at_most: timedelta


@dataclass(frozen=True)
class Part:
    """What became of one part of a tick; `done` is None when another tick is at it."""

    name: str
    done: int | None = 0
    failed: bool = False


functions: dict[str, Registered] = {}


def on_tick(
    name: str, *, at_most: timedelta = timedelta(minutes=10)
) -> Callable[[TickFunction], TickFunction]:
    """Register a function under a name of its own; `at_most` is longer than it ever takes."""

    def register(function: TickFunction) -> TickFunction:
        if name in functions or name in ("outbox", PUBLISH_SCHEDULED):
            raise ValueError(f"Something else is registered for tick as {name!r}.")
        functions[name] = Registered(function, at_most)
        return function

    return register


def load_functions() -> list[Part]:
    """Import the module `tick` of every app; one that cannot be imported is a failed part."""
    failed = []
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "tick"):
            continue
        try:
            import_module(f"{config.name}.tick")
        except Exception as error:  # noqa: BLE001
            log_failure(logger, f"Importing {config.name}.tick", error)
            failed_at(config.name, "jobs", error)
            failed.append(Part(f"{config.name}.tick", failed=True))
    return failed


def run_parts(*, stopping: Callable[[], bool] = lambda: False) -> Iterator[Part]:
    """Run one part after the other; one that fails is logged and stops none of the others."""
    yield from load_functions()
    yield _run_part("outbox", lambda: _run_outbox(stopping))
    for name, registered in list(functions.items()):
        if stopping():
            return
        yield from _run_unless_resting(name, registered)
    if not stopping():
        yield _run_part(PUBLISH_SCHEDULED, _publish_scheduled, at_most=timedelta(minutes=10))


def _run_unless_resting(name: str, registered: Registered) -> Iterator[Part]:
    """Nothing for what belongs to a plugin that is off everywhere."""
    try:
        resting = rests(registered.run.__module__)
    except DatabaseError as error:
        log_failure(logger, f"Part {name} of tick", error)
        yield Part(name, failed=True)
        return
    if not resting:
        yield _run_part(name, registered.run, at_most=registered.at_most)


def _run_part(name: str, run: TickFunction, *, at_most: timedelta | None = None) -> Part:
    try:
        if at_most is None:
            return Part(name, done=run())
        with leases.held(f"tick:{name}", at_most=at_most) as mine:
            return Part(name, done=run() if mine else None)
    except Exception as error:  # noqa: BLE001
        log_failure(logger, f"Part {name} of tick", error)
        failed_at(run.__module__, "jobs", error)
        return Part(name, failed=True)


def _run_outbox(stopping: Callable[[], bool]) -> int:
    """Run what is due. Items that fail are put off; only the outbox itself can fail here."""
    deadline = time.monotonic() + OUTBOX_SECONDS
    grace = getattr(task_backends[DEFAULT_TASK_BACKEND_ALIAS], "grace", timedelta(0))
    done = 0
    while not stopping():
        counts = domain.run_due(
            limit=OUTBOX_BATCH,
            grace=grace,
            stopping=lambda: stopping() or time.monotonic() > deadline,
        )
        done += counts.done
        if not counts.seen:
            break
    return done


def _publish_scheduled() -> int:
    """Wagtail's command; it does not say how much it did."""
    call_command(PUBLISH_SCHEDULED)
    return 0
