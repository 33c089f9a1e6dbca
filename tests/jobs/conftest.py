"""Tasks of the tests count their runs."""

from collections.abc import Iterator

import pytest

from tests.jobs import sample_tasks


@pytest.fixture(autouse=True)
def runs() -> Iterator[list[str]]:
    """What tasks counted in this process, from zero."""
    sample_tasks.runs.clear()
    yield sample_tasks.runs
    sample_tasks.runs.clear()
