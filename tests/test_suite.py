"""The suite's own promises: services that are named or required, databases that come back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis
from wagtail.models import Page

PROJECT_DIR = Path(__file__).resolve().parents[1]


@pytest.mark.redis
def test_redis_answers() -> None:
    with Redis.from_url(os.environ["REDIS_URL"]) as redis:
        assert redis.ping() is True


@pytest.mark.embedded
def test_embedded_default_is_sqlite_and_no_server() -> None:
    assert connection.vendor == "sqlite"
    assert settings.REDIS_URL == ""


def run(**variables: str) -> tuple[int, str]:
    """Exit code and output of a run of the two tests above, in this environment."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    chosen = [
        f"{__file__}::{test.__name__}"
        for test in (test_redis_answers, test_embedded_default_is_sqlite_and_no_server)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *chosen],
        cwd=PROJECT_DIR,
        env={**kept, "REQUIRE_SERVICES": "", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_without_redis_its_tests_skip_and_say_why() -> None:
    code, said = run()
    assert code == 0
    assert "1 passed, 1 skipped" in said
    assert "REDIS_URL is not set" in said


def test_required_services_turn_the_skip_into_a_failure() -> None:
    code, said = run(REQUIRE_SERVICES="1")
    assert code == 1
    assert "REQUIRE_SERVICES is set, but REDIS_URL is not set" in said


@pytest.mark.parametrize(
    "variable", ["DATABASE_URL=postgres://a:b@127.0.0.1:1/c", "REDIS_URL=redis://127.0.0.1:1/0"]
)
def test_closed_port_is_a_failure(variable: str) -> None:
    name, url = variable.split("=")
    code, said = run(**{name: url})
    assert code == 1
    assert f"{name} names 127.0.0.1:1, which does not answer" in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_transactional_test_commits_is_gone_after_it(time: int) -> None:
    root = Page.objects.get(depth=1)
    assert not Page.objects.filter(slug="committed").exists()
    root.add_child(title="Committed", slug="committed")
