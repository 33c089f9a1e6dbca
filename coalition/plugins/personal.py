"""What plugins keep of people: given, erased and expired whether the plugin is on or not."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from coalition.plugins import registry
from coalition.plugins.base import PersonalData
from coalition.plugins.boundary import attempt, attempt_write

HOOK = "personal_data"


def declared() -> Iterator[tuple[str, PersonalData]]:
    """Every declaration, with the slug of its plugin."""
    for slug, plugin in registry.installed().items():
        for path in plugin.personal_data:
            found = attempt(slug, HOOK, partial(plugin.imported, path), None)
            if found is not None:
                yield slug, found


def export_of(address: str) -> dict[str, list[dict[str, Any]]]:
    """All rows about the person, by the name of the declaration."""
    return {
        data.name: attempt(slug, HOOK, partial(data.export, address), [])
        for slug, data in declared()
    }


def erase(address: str) -> dict[str, int | None]:
    """Take away what is kept of the person; None where that failed: repeat it."""
    return {
        data.name: attempt_write(slug, HOOK, partial(data.erase, address), None)
        for slug, data in declared()
    }


def expire() -> int:
    """Take away what is older than was promised. Returns how many rows are gone."""
    return sum(attempt_write(slug, HOOK, data.expire, 0) for slug, data in declared())
