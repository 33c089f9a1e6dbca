"""The one place where what a plugin raises is caught, logged with its name, and counted.

A plugin that fails changes nothing for the rest of the site. In the suite failures are raised.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone

from coalition.jobs.failures import log_failure, place_of
from coalition.plugins import gate, registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.models import PluginFailure
from coalition.sections.models import Section

logger = logging.getLogger(__name__)

OFTEN = 10
"""Failures of one hook within WINDOW after which a plugin is flagged."""
WINDOW = timedelta(hours=1)
BETWEEN_WRITES = 10  # seconds in which a hook that fails often is counted in the cache alone

_owing: set[tuple[str, str]] = set()
"""Plugins and hooks of which this process has counted failures that are not written."""

T = TypeVar("T")


def attempt(slug: str, hook: str, work: Callable[[], T], otherwise: T) -> T:
    """What `work` returns; `otherwise` when it fails, which is then counted against the plugin.

    Inside a transaction `work` has a savepoint of its own.
    """
    try:
        with _savepoint():
            return work()
    except Exception as error:  # noqa: BLE001 - the plugin boundary
        failed(slug, hook, error)
        return otherwise


def attempt_write(slug: str, hook: str, work: Callable[[], T], otherwise: T) -> T:
    """As `attempt`; what `work` writes is written as a whole or not at all."""

    def whole() -> T:
        with transaction.atomic():
            return work()

    return attempt(slug, hook, whole, otherwise)


def each(
    hook: str,
    section: Section | None,
    path_of: Callable[[CoalitionPlugin], str | None],
    work: Callable[[Any], T],
) -> Iterator[T]:
    """What `work` makes of the thing at `path_of` each plugin that is on in `section` and has one.

    What fails is left out.
    """
    for slug in gate.plugins_on(section):
        plugin = registry.installed()[slug]
        if path := path_of(plugin):
            result = attempt(slug, hook, partial(_with, plugin, path, work), None)
            if result is not None:
                yield result


def _with(plugin: CoalitionPlugin, path: str, work: Callable[[Any], T]) -> T:
    return work(plugin.imported(path))


def failed(slug: str, hook: str, error: Exception) -> None:
    """Log and count a failure of a plugin; raise it again where failures are to be seen."""
    if settings.PLUGIN_FAILURES_RAISE:
        raise error
    counted(slug, hook, error)


def counted(slug: str, hook: str, error: Exception) -> None:
    """Log and count a failure of a plugin that somebody else has caught."""
    log_failure(logger, f"Plugin “{slug}”, {hook},", error)
    try:
        with _savepoint():
            _count(slug, hook, error)
    except DatabaseError as trouble:
        log_failure(logger, f"Counting a failure of plugin “{slug}”", trouble)


def _savepoint() -> AbstractContextManager[Any]:
    inside = transaction.get_connection().in_atomic_block
    return transaction.atomic() if inside else nullcontext()


def _count(slug: str, hook: str, error: Exception) -> None:
    """One row for each hook, written at each failure; every ten seconds once it fails often."""
    key = _key(slug, hook)
    if not cache.get(f"{key}:often"):
        _write(slug, hook, 1, place_of(error))
        return
    cache.add(key, 0, None)
    try:
        cache.incr(key)
    except ValueError:  # it has just been evicted
        cache.set(key, 1, None)
    if not _write_owed(slug, hook, place_of(error)):
        _owing.add((slug, hook))


def _key(slug: str, hook: str) -> str:
    return f"plugins:failed:{slug}:{hook}"


def write_owed() -> int:
    """Write what the cache alone has counted; to how many rows there was something to add."""
    rows = PluginFailure.objects.values_list("plugin", "hook")
    return sum(_write_owed(slug, hook) for slug, hook in list(rows))


@receiver(request_finished)
def _write_owed_here(**kwargs: Any) -> None:
    """Without Redis nobody but this process knows what it has counted."""
    for slug, hook in list(_owing):
        try:
            if not cache.get(_key(slug, hook)) or _write_owed(slug, hook):
                _owing.discard((slug, hook))
        except DatabaseError as trouble:
            log_failure(logger, f"Counting failures of plugin “{slug}”", trouble)


def _write_owed(slug: str, hook: str, place: str = "") -> bool:
    """Add what is counted to the row; False where there is nothing, or it was written just now."""
    key = _key(slug, hook)
    number = cache.get(key) or 0
    if number < 1 or not cache.add(f"{key}:written", 1, BETWEEN_WRITES):
        return False
    with suppress(ValueError):  # it has just been evicted
        cache.decr(key, number)
    _write(slug, hook, number, place)
    return True


def _write(slug: str, hook: str, number: int, place: str) -> None:
    now = timezone.now()
    row, _created = PluginFailure.objects.get_or_create(
        plugin=slug, hook=hook, defaults={"recent_since": now, "last_at": now}
    )
    fresh = row.recent_since < now - WINDOW
    last = {"last_at": now, "last_error": place} if place else {}
    PluginFailure.objects.filter(pk=row.pk).update(
        count=F("count") + number,
        recent=number if fresh else F("recent") + number,
        recent_since=now if fresh else row.recent_since,
        **last,
    )
    if number + (0 if fresh else row.recent) >= OFTEN:
        cache.set(f"{_key(slug, hook)}:often", 1, WINDOW.total_seconds())


def fails_often(failure: PluginFailure) -> bool:
    """Whether the hook is to be flagged: it is not switched off by itself."""
    return failure.recent >= OFTEN and failure.last_at > timezone.now() - WINDOW


def flagged() -> list[PluginFailure]:
    """The hooks that fail often now."""
    return [row for row in PluginFailure.objects.order_by("plugin", "hook") if fails_often(row)]
