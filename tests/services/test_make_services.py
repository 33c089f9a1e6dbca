"""`make services`: real servers, the same answer twice, gone after `make services-stop`."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from redis import Redis

SCRIPT = Path(__file__).resolve().parents[2] / "ops" / "services.py"
EXPORTS = re.compile(r"export DATABASE_URL=(\S+)\nexport REDIS_URL=(\S+)\n")

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture
def script(tmp_path: Path):
    """The script in a checkout of its own, so that it starts servers of its own."""
    copy = tmp_path / "ops" / "services.py"
    copy.parent.mkdir()
    shutil.copy(SCRIPT, copy)
    yield copy
    call(copy, "stop")


def call(script: Path, verb: str, **variables: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, script, verb],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_start_twice_and_stop(script: Path) -> None:
    code, printed, _ = call(script, "start")
    assert code == 0
    exported = EXPORTS.fullmatch(printed)
    assert exported is not None, printed
    database_url, redis_url = exported.groups()

    with psycopg.connect(database_url) as database:
        asked = "SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user"
        assert database.execute(asked).fetchone() == (True, False)
    with Redis.from_url(redis_url) as redis:
        assert redis.ping() is True

    assert call(script, "start")[:2] == (0, printed)
    assert call(script, "stop")[:2] == (0, "")
    for url in (database_url, redis_url):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", urlsplit(url).port or 0))


def test_what_is_not_installed_is_named(script: Path) -> None:
    code, printed, said = call(script, "start", PATH="/nowhere")
    assert (code, printed) == (2, "")
    assert "Redis (Debian: apt-get install redis-server)" in said
