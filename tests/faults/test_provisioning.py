"""A section whose provisioning is killed at any commit is completed by the next run."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.jobs.processes import PROJECT_DIR, environment


@pytest.mark.django_db(transaction=True)
def test_killed_after_each_commit_the_next_run_completes_it(tmp_path: Path) -> None:
    connection.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_provisioning", str(tmp_path)],
        cwd=PROJECT_DIR,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    times = int(done.stdout.split()[-2])
    assert times > 10
