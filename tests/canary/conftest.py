"""Two countries with words in everything, made once for a module of tests."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.canary.places import Places
from tests.network import build, built, demo, network

__all__ = ["built", "demo", "network"]


@pytest.fixture(scope="module")
def places_built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Places]:
    """Cambodia and Thailand in a transaction around all tests of a module."""
    folder = str(tmp_path_factory.mktemp("media"))
    with (
        override_settings(DEMO=True, MEDIA_ROOT=folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield Places(build())
        transaction.set_rollback(True)


@pytest.fixture
def places(places_built: Places, db: None) -> Places:
    """The two of them, as they were made: visitors undo what they do."""
    return places_built
