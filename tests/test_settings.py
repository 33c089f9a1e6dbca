"""Settings from the environment: what production insists on, and what each variable changes."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "COALITION_PEPPER": secrets.token_urlsafe(50),
    "COALITION_FIELD_KEYS": "first-key, second-key",
    "ALLOWED_HOSTS": "example.org, www.example.org",
    "BASE_URL": "https://example.org/",
    "DATABASE_URL": "postgres://coalition:secret@db.example.org:5433/coalition",
}
SECRETS = [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"]


def python(
    environment: dict[str, str], *arguments: str, cwd: Path = PROJECT_DIR
) -> subprocess.CompletedProcess[str]:
    """A process that inherits nothing but what Python itself needs."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(PROJECT_DIR), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings_with(environment: dict[str, str], *names: str) -> list[object]:
    """The values of these settings."""
    module = environment["DJANGO_SETTINGS_MODULE"]
    code = (
        f"import json, {module} as settings; "
        f"print(json.dumps([getattr(settings, name) for name in {names!r}], default=str))"
    )
    done = python(environment, "-W", "error", "-c", code)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("name", SECRETS)
def test_production_names_the_secret_that_is_missing(name: str, value: str | None) -> None:
    environment = {key: given for key, given in PRODUCTION.items() if key != name}
    if value is not None:
        environment[name] = value
    done = python(environment, "-c", "import coalition.settings.production")
    assert done.returncode == 1
    assert f"The environment variable {name} is missing." in done.stderr
    assert PRODUCTION["COALITION_PEPPER"] not in done.stderr


def test_production_is_ready_to_deploy() -> None:
    check = ("manage.py", "check", "--deploy", "--fail-level", "INFO")
    done = python(PRODUCTION, "-W", "error", *check)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_production_reads_its_environment() -> None:
    assert settings_with(
        PRODUCTION, "DEBUG", "DEMO", "ALLOWED_HOSTS", "BASE_URL", "COALITION_FIELD_KEYS"
    ) == [
        False,
        False,
        ["example.org", "www.example.org"],
        "https://example.org",
        ["first-key", "second-key"],
    ]


def test_production_s_database() -> None:
    [databases] = settings_with(PRODUCTION, "DATABASES")
    assert isinstance(databases, dict)
    database = databases["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.org",
        5433,
        "coalition",
    )
    assert database["OPTIONS"] == {"connect_timeout": 5}
    assert "ATOMIC_REQUESTS" not in database


def test_production_with_redis() -> None:
    environment = {**PRODUCTION, "REDIS_URL": "redis://redis.example.org:6380/1"}
    caches, tasks = settings_with(environment, "CACHES", "TASKS")
    assert isinstance(caches, dict)
    assert isinstance(tasks, dict)
    assert caches["default"]["LOCATION"] == "redis://redis.example.org:6380/1"
    assert tasks["default"]["BACKEND"] == "coalition.jobs.backends.BrokerBackend"


def test_the_embedded_default_needs_nothing() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "coalition.settings.dev"}
    databases, caches, tasks, demo, debug = settings_with(
        environment, "DATABASES", "CACHES", "TASKS", "DEMO", "DEBUG"
    )
    assert isinstance(databases, dict)
    assert isinstance(caches, dict)
    assert isinstance(tasks, dict)
    assert databases["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert databases["default"]["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    assert caches["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"
    assert tasks["default"]["BACKEND"] == "coalition.jobs.backends.EmbeddedBackend"
    assert (demo, debug) == (True, False)


def test_dev_is_the_default(tmp_path: Path) -> None:
    done = python(
        {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"},
        "manage.py",
        "diffsettings",
        "--output",
        "unified",
    )
    assert "+ SETTINGS_MODULE = 'coalition.settings.dev'" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "setting", "expected"),
    [
        ("SECRET_KEY", "x" * 60, "SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", "a.example,b.example", "ALLOWED_HOSTS", ["a.example", "b.example"]),
        ("BASE_URL", "https://a.example/", "WAGTAILADMIN_BASE_URL", "https://a.example"),
        ("MEDIA_ROOT", "/srv/media", "MEDIA_ROOT", "/srv/media"),
        ("ONION_LOCATION", "http://abc.onion/", "ONION_LOCATION", "http://abc.onion"),
        ("EMAIL_URL", "smtp://mail.example:2525", "EMAIL_HOST", "mail.example"),
        ("DEMO", "0", "DEMO", False),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "REDIS_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_each_variable_is_read(name: str, value: str, setting: str, expected: object) -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "coalition.settings.dev", name: value}
    assert settings_with(environment, setting) == [expected]


def test_a_demonstration_keeps_its_secret(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from coalition.settings.secret import stored_secret; "
        f"print(stored_secret(Path({str(tmp_path)!r}) / 'new' / 'key'))"
    )
    first, second = (python({}, "-c", code).stdout for _ in range(2))
    assert len(first.strip()) > 50
    assert first == second
    assert (tmp_path / "new" / "key").stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_none() -> None:
    done = python({"DATABASE_URL": "my-database"}, "manage.py", "check")
    assert done.returncode == 1
    assert "DATABASE_URL has to begin with postgres:// or sqlite:///." in done.stderr


READ = re.compile(r'(?:env(?:\.\w+)?|text|required(?:_list)?)\(\s*"([A-Z_]+)"')
ROW = re.compile(r"^\| (`[A-Z_]+`.*?) \|", re.MULTILINE)


def test_what_is_documented_is_read_and_the_other_way_round() -> None:
    read: set[str] = set()
    for path in sorted((PROJECT_DIR / "coalition" / "settings").glob("*.py")):
        read |= set(READ.findall(path.read_text()))
    rows = ROW.findall((PROJECT_DIR / "docs" / "operators.md").read_text())
    assert read - {"DEBUG"} == set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
