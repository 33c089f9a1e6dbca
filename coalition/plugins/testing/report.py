"""What is found wrong with a plugin while it is tried."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from coalition.plugins.base import CoalitionPlugin

FAILED = object()
"""In place of what something that raised would have returned."""


class Report:
    """Whole sentences, each with its mend, in the order in which they were found."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, sentence: str) -> None:
        """Once, however often it is found."""
        if sentence not in self.problems:
            self.problems.append(sentence)

    def call(self, what: str, work: Callable[[], Any]) -> Any:
        """What `work` returns, FAILED when it raises; it has a savepoint of its own."""
        try:
            with transaction.atomic():
                return work()
        except Exception as error:  # noqa: BLE001 - the plugin boundary
            self.wrong(f"{what} raises {_said(error)}. Repair what it runs into.")
            return FAILED

    def returns(self, what: str, wanted: type, work: Callable[[], Any]) -> Any:
        """As `call`; FAILED as well when it returns something else than `wanted`."""
        found = self.call(what, work)
        if found is not FAILED and not isinstance(found, wanted):
            self.wrong(f"{what} returns {_kind(found)}. Let it return {wanted.__name__}.")
            return FAILED
        return found

    def list_of(self, what: str, wanted: type, work: Callable[[], Any]) -> Any:
        """As `returns`, for a list of `wanted`."""
        found = self.returns(what, list, work)
        if found is FAILED:
            return FAILED
        others = [item for item in found if not isinstance(item, wanted)]
        if others:
            self.wrong(
                f"{what} returns a list with {_kind(others[0])} in it. "
                f"Let it return a list of {wanted.__name__}."
            )
            return FAILED
        return found

    def instance(self, plugin: CoalitionPlugin, path: str, wanted: type, hook: str) -> Any:
        """What lies at `path`, None unless it is a `wanted`."""
        found = imported(plugin, path)
        if found is None or isinstance(found, wanted):
            return found
        self.wrong(f"{hook} leads to {_kind(found)} at {path}. Make it a {wanted.__name__}.")
        return None

    def subclass(self, plugin: CoalitionPlugin, path: str, wanted: type, hook: str) -> Any:
        """As `instance`, for classes below `wanted`."""
        found = imported(plugin, path)
        if found is None or (isinstance(found, type) and issubclass(found, wanted)):
            return found
        self.wrong(
            f"{hook} leads to {path}, which is no {wanted.__name__}. "
            f"Derive it from {wanted.__module__}.{wanted.__name__}."
        )
        return None


def imported(plugin: CoalitionPlugin, path: str) -> Any:
    """What a path leads to; None where there is none, or no import, of which the checks tell."""
    try:
        return plugin.imported(path)
    except Exception:  # noqa: BLE001 - the plugin boundary
        return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(".")


def _kind(found: Any) -> str:
    return "None" if found is None else type(found).__name__
