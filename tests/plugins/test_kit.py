"""The kit says what it does not support, before the database is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "test",
    [
        "@pytest.mark.django_db(transaction=True)\ndef test_it(): pass",
        "@pytest.mark.django_db(True)\ndef test_it(): pass",
        "def test_it(transactional_db): pass",
        "def test_it(live_server): pass",
    ],
)
def test_transactional_tests_are_refused(test: str, tmp_path: Path) -> None:
    path = tmp_path / "test_one.py"
    path.write_text(f"import pytest\n\n{test}\n")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "coalition.plugins.testing"),
            *("-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-c", os.devnull),
            *("--ds", "coalition.settings.test", str(path)),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT_DIR), "DATABASE_URL": "sqlite:///:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "A transactional test empties the page tree" in done.stdout
    assert "django_capture_on_commit_callbacks(execute=True)" in done.stdout
    assert "Traceback" not in done.stdout
