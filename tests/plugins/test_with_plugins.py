"""The plugins of the suite, installed for one process: the site has none of them elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coalition.plugins import registry
from tests.installed import OURS, path_with

PROJECT_DIR = Path(__file__).resolve().parents[2]


@pytest.mark.minutes
def test_hooks_work_and_fail_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/with_plugins"],
        cwd=PROJECT_DIR,
        env={**os.environ, "PYTHONPATH": path_with(tmp_path, *OURS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_suite_itself_has_none_of_them() -> None:
    assert not {"demo", "broken", "companion"} & set(registry.installed())
