"""Jobs run embedded here, whatever Redis the environment names."""

from collections.abc import Iterator

import pytest

from tests.jobs import sample_tasks


@pytest.fixture(autouse=True)
def embedded(settings) -> None:
    """The embedded backend."""
    settings.TASKS = {"default": {"BACKEND": "coalition.jobs.backends.EmbeddedBackend"}}


@pytest.fixture(autouse=True)
def runs() -> Iterator[list[str]]:
    """What tasks counted in this process, from zero."""
    sample_tasks.runs.clear()
    yield sample_tasks.runs
    sample_tasks.runs.clear()
