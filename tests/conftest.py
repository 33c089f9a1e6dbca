"""The suite's databases, services and clean state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from tests import databases, environment

COPIES = pytest.StashKey[databases.Copies]()


def pytest_sessionstart() -> None:
    """A service that is named has to be there: it is a failure, not a reason to skip."""
    if complaints := environment.unreachable():
        pytest.exit("\n".join(complaints), returncode=1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Beside a server, the tests of the embedded default are left to a run of their own.

    What takes minutes comes first: at the end one process would wait for the other.
    """
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)
    if environment.embedded():
        return
    left_out = [item for item in items if item.get_closest_marker("embedded")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in environment.NEEDS:
        reason = environment.missing(marker) if item.get_closest_marker(marker) else None
        if reason and environment.required(marker):
            pytest.fail(f"REQUIRE_SERVICES is set, but {reason}.", pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the migrated template instead of all migrations."""
    copies = databases.copies(tmp_path_factory.mktemp("database"))
    with django_db_blocker.unblock():
        copies.start()
    request.config.stash[COPIES] = copies
    with pytest.MonkeyPatch.context() as patch:
        # The copy is replaced after such a test, so nothing needs to be flushed.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield
    del request.config.stash[COPIES]
    with django_db_blocker.unblock():
        copies.finish()


def is_transactional(item: pytest.Item) -> bool:
    """Whether the test commits for real, so that its database has to be replaced."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and (
        bool(marker.args and marker.args[0])
        or bool(marker.kwargs.get("transaction"))
        or bool(marker.kwargs.get("reset_sequences"))
    )
    used = {"transactional_db", "live_server", "django_db_reset_sequences"}
    return asked or bool(used & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After the fixtures of a transactional test are gone, its database is replaced."""
    try:
        return (yield)
    finally:
        copies = item.config.stash.get(COPIES, None)
        if copies and is_transactional(item):
            with item.config.stash[blocking_manager_key].unblock():
                copies.restore()


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """An empty media folder of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What the test before left: caches of rows that are gone, the language of its last request."""
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    ContentType.objects.clear_cache()
