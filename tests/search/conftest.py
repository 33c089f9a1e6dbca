"""Engines to test, and pages for search to find."""

import pytest

from search.engines.base import Engine
from search.engines.orm import OrmEngine
from search.engines.sqlite import SqliteEngine


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.embedded), "orm"])
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    """Every engine that can work on this database."""
    return OrmEngine() if request.param == "orm" else SqliteEngine()


@pytest.fixture
def full_text(db: None) -> Engine:
    """The engine of the embedded default. Tests that use it are marked `embedded`."""
    return SqliteEngine()
