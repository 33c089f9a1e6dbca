"""A kit for the tests of plugins: fixtures, what tests are made of, and the contract as one call.

In the `conftest.py` of a plugin: `pytest_plugins = ["coalition.plugins.testing"]`; its settings are
`coalition.settings.test`. Described in docs/plugins/tutorial.md. pytest imports this before Django
is set up: nothing here may import models at once.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.utils import translation

from .making import (
    home_of,
    make_page,
    open_section,
    publish,
    root_of,
    switch_off,
    switch_on,
    translate,
)

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage
    from coalition.plugins.base import CoalitionPlugin
    from coalition.sections.models import Section

__all__ = [
    "assert_contract",
    "home_of",
    "make_page",
    "open_section",
    "publish",
    "root_of",
    "switch_off",
    "switch_on",
    "translate",
]


def assert_contract(
    plugin: "str | type[CoalitionPlugin]",
    *,
    fields: "Mapping[type[CoalitionPage], Mapping[str, Any]] | None" = None,
) -> None:
    """Fail with everything in which a plugin breaks the contract, a sentence and a mend for each.

    It takes the plugin's slug or its class. Pages of each of its types are made, with sample values
    in what has to be filled in, or with those in `fields`. Nothing of it stays in the database.
    """
    from .contract import problems_of

    problems = problems_of(plugin, fields or {})
    if problems:
        raise AssertionError("\n".join([f"{len(problems)} problems:", *problems]))


EMPTYING = {"transactional_db", "live_server", "django_db_reset_sequences"}
"""Fixtures after which Django empties the database."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse tests that leave no home behind for those that follow."""
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    if marked or EMPTYING & set(getattr(item, "fixturenames", ())):
        pytest.fail(
            "A transactional test empties the page tree, for itself and those that follow; "
            "coalition.plugins.testing does not support that. Take out transaction=True and "
            f"{', '.join(sorted(EMPTYING))}. What waits for the commit is run by make_page, "
            "publish and translate, and by django_capture_on_commit_callbacks(execute=True).",
            pytrace=False,
        )


@pytest.fixture
def home(db: None) -> Any:
    """The network's home in English."""
    return home_of()


@pytest.fixture
def section(db: None) -> "Section":
    """A section to try things in: Cambodia, in English and Khmer."""
    return open_section()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What the test before left: caches of rows that are gone, the language of its last request."""
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
