"""Alive, ready, and what `doctor` says: with everything there, and with a server away."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from coalition.core import doctor
from coalition.sections.models import Section
from countries.domain.provision import provision_section
from tests.databases import PROJECT_DIR

QUICK = 10.0  # seconds in which a stopped server has to be named


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stopped(name: str) -> dict[str, str]:
    """The environment of a site whose database or Redis has stopped."""
    port = closed_port()
    environment = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
    environment["DJANGO_SETTINGS_MODULE"] = "coalition.settings.test"
    if name == "database":
        environment["DATABASE_URL"] = f"postgres://somebody:secret@127.0.0.1:{port}/coalition"
    else:
        environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    return environment


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str, float]:
    """Exit code, output and seconds of a process of Python."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - begun


ASK = """
import json, time, django
django.setup()
from django.test import Client
begun = time.monotonic()
answers = {}
for address in ("/healthz", "/readyz"):
    answer = Client().get(address)
    answers[address] = [answer.status_code, answer.json()]
print(json.dumps([answers, time.monotonic() - begun]))
"""


def ask(environment: dict[str, str]) -> dict[str, list]:
    _code, output, _seconds = run(environment, "-c", ASK)
    answers, seconds = json.loads(output)
    assert seconds < QUICK
    return answers


def test_alive(client: Client) -> None:
    """Without any database: this test has none."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.embedded
def test_ready(client: Client) -> None:
    answer = client.get("/readyz")
    well = {"ok": True, "problem": None}
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "dependencies": {"database": {**well, "needed": True}, "redis": {**well, "needed": False}},
    }
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_the_database() -> None:
    answers = ask(stopped("database"))
    code, answer = answers["/readyz"]
    assert answers["/healthz"] == [200, {"status": "ok"}]
    assert (code, answer["status"]) == (503, "down")
    assert answer["dependencies"]["database"] == {
        "ok": False,
        "needed": True,
        "problem": (
            "The database does not answer (OperationalError). Start it or mend DATABASE_URL."
        ),
    }
    assert "secret" not in json.dumps(answer)


def test_ready_without_redis() -> None:
    """Pages are read and published without it, and `tick` does the jobs."""
    environment = stopped("redis")
    environment.pop("DATABASE_URL", None)
    code, answer = ask(environment)["/readyz"]
    assert (code, answer["status"]) == (200, "ok")
    assert answer["dependencies"]["redis"] == {
        "ok": False,
        "needed": False,
        "problem": "Redis does not answer (ConnectionError). Start it or mend REDIS_URL.",
    }


@pytest.mark.parametrize("name", ["database", "redis"])
def test_doctor_names_the_server_that_has_stopped(name: str, tmp_path: Path) -> None:
    environment = stopped(name)
    if name == "redis":
        environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/db.sqlite3"
    code, output, seconds = run(environment, "manage.py", "doctor", "--json")
    answer = json.loads(output)
    variable = {"database": "DATABASE_URL", "redis": "REDIS_URL"}[name]
    assert (code, answer["ok"]) == (1, False)
    assert len(answer["checks"][name]) == 1
    assert f"mend {variable}" in answer["checks"][name][0]
    assert seconds < 2 * QUICK  # starting Python on a busy machine included

    code, output, _seconds = run(environment, "manage.py", "doctor")
    assert code == 1
    assert f"{name}: {answer['checks'][name][0]}" in output
    assert "secret" not in output


def test_doctor_names_migrations_that_wait(tmp_path: Path) -> None:
    environment = stopped("redis")
    environment.pop("REDIS_URL")
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/db.sqlite3"
    code, output, _seconds = run(environment, "manage.py", "doctor", "--json")
    checks = json.loads(output)["checks"]
    assert (code, list(checks)) == (1, ["database", "redis", "migrations"])
    assert checks["database"] == checks["redis"] == []
    assert checks["migrations"][0].endswith("have not been applied. Run: manage.py migrate.")


@pytest.fixture
def provisioned(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Section:
    """A section whose jobs have run."""
    with django_capture_on_commit_callbacks(execute=True):
        return provision_section(code="kh", kind="country", languages_used=["en", "km"]).section


@pytest.mark.embedded
def test_doctor_finds_nothing_wrong_where_all_is_well(
    provisioned: Section, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("doctor", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert {"database", "redis", "migrations", "jobs", "search", "sections"} <= set(
        answer["checks"]
    )
    assert set(map(tuple, answer["checks"].values())) == {()}
    call_command("doctor")
    assert "database: well" in capsys.readouterr().out


@pytest.mark.embedded
def test_doctor_names_a_section_that_is_not_complete(
    provisioned: Section, capsys: pytest.CaptureFixture[str]
) -> None:
    provisioned.section_groups.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert [name for name, problems in answer["checks"].items() if problems] == ["sections"]
    assert "provision_section kh" in answer["checks"]["sections"][0]


def test_a_name_is_registered_once() -> None:
    doctor.examines("only-a-test")(list)
    try:
        with pytest.raises(ValueError, match="only-a-test"):
            doctor.examines("only-a-test")(list)
    finally:
        del doctor.examinations["only-a-test"]
