"""Models and migrations of a plugin that fail: it is named, with what mends it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
APPS = """
from coalition.plugins.base import CoalitionPlugin

class TinyPlugin(CoalitionPlugin):
    name = "tiny"
    slug = "tiny"
    requires_api = 1
"""
MODELS = """
from django.db import models

class Thing(models.Model):
    name = models.CharField(max_length=20)
"""
FIRST = """
from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Thing",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=20)),
            ],
        )
    ]
"""
SECOND = """
from django.db import migrations

def fill(apps, schema_editor):
    raise ValueError("no such thing")

class Migration(migrations.Migration):
    dependencies = [("tiny", "0001_initial")]
    operations = [migrations.RunPython(fill)]
"""
MEND = "Repair or uninstall the package tiny-things."


@pytest.fixture
def install(tmp_path):
    """Writes the distribution; `migrations` are files by their names, None where it has none."""

    def install(models: str = MODELS, migrations: dict[str, str] | None = None) -> None:
        info = tmp_path / "tiny_things-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-things\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[coalition.plugins]\ntiny = tiny.apps:TinyPlugin\n")
        package = tmp_path / "tiny"
        (package / "migrations").mkdir(parents=True)
        for name, text in {"__init__": "", "apps": APPS, "models": models}.items():
            (package / f"{name}.py").write_text(text)
        if migrations is None:
            (package / "migrations").rmdir()
            return
        for name, text in {"__init__": "", **migrations}.items():
            (package / "migrations" / f"{name}.py").write_text(text)

    return install


@pytest.fixture
def manage(tmp_path):
    """A command in a process of its own: its exit code and what it says."""

    def manage(*words: str, settings: str = "coalition.settings.test") -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=PROJECT_DIR,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
                "DJANGO_SETTINGS_MODULE": settings,
                "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return manage


def last_line(output: str) -> str:
    return output.strip().splitlines()[-1]


@pytest.mark.parametrize("stop", [True, False])
def test_models_that_fail_stop_every_command(install, manage, tmp_path, stop):
    install("1 / 0", {"0001_initial": FIRST})
    (tmp_path / "here.py").write_text(
        f"from coalition.settings.test import *\nPLUGIN_MISFITS_STOP = {stop}\n"
    )
    for command in ("check", "migrate"):
        code, output = manage(command, settings="here")
        assert code == 1
        assert last_line(output) == (
            "django.core.exceptions.ImproperlyConfigured: Plugin “tiny”: its models cannot be "
            f"imported: ZeroDivisionError: division by zero. {MEND}"
        )
        # Where it happened is said as well.
        assert "tiny/models.py" in output


def test_a_migration_that_fails(install, manage):
    install(migrations={"0001_initial": FIRST, "0002_fill": SECOND})
    code, output = manage("migrate", "tiny", "--no-color")
    assert code == 1
    assert last_line(output).endswith(
        "CommandError: Plugin “tiny”: its migration 0002_fill failed: ValueError: no such thing. "
        f"{MEND}"
    )
    code, output = manage("migrate", "tiny", "--traceback")
    assert code == 1
    assert "tiny/migrations/0002_fill.py" in output
    assert "The above exception was the direct cause" in output
    assert "Plugin “tiny”: its migration 0002_fill failed" in last_line(output)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("1 / 0", "its migrations cannot be read: ZeroDivisionError: division by zero."),
        ("import none_such", "its migrations cannot be read: ModuleNotFoundError: No module"),
        ("def (", "its migrations cannot be read: SyntaxError: invalid syntax"),
        (
            SECOND.replace("0001_initial", "0000_gone"),
            "its migration 0002_fill failed: NodeNotFoundError: Migration tiny.0002_fill",
        ),
    ],
)
def test_migrations_that_cannot_be_read(install, manage, second, reason):
    install(migrations={"0001_initial": FIRST, "0002_fill": second})
    code, output = manage("migrate", "tiny")
    assert code == 1
    assert f"CommandError: Plugin “tiny”: {reason}" in output
    assert last_line(output).endswith(MEND)
    code, output = manage("doctor")
    assert code == 1
    assert f"Plugin “tiny”: {reason}" in output


def test_models_without_migrations(install, manage):
    install()
    code, output = manage("check")
    assert code == 1
    assert (
        "(coalition_plugins.E005) Plugin “tiny”: it has models and no migrations, so they have no "
        "tables.\n\tHINT: Its author has to run “manage.py makemigrations tiny”; uninstall the "
        "package tiny-things until then."
    ) in output


def test_migrations_that_were_not_run(install, manage):
    install(migrations={"0001_initial": FIRST})
    assert manage("check")[0] == 0
    code, output = manage("doctor")
    assert code == 1
    assert "Plugin “tiny” has migrations that have not been run. Run: manage.py migrate." in output


@pytest.mark.parametrize(
    ("migrations", "models", "what"),
    [
        ({}, MODELS, "models without a table"),
        (
            {"0001_initial": FIRST},
            f"{MODELS}    size = models.IntegerField(default=0)\n",
            "fields without a column",
        ),
    ],
)
def test_migrations_that_were_forgotten(install, manage, migrations, models, what):
    install(models, migrations)
    assert manage("migrate", "--verbosity", "0")[0] == 0
    said = f"Plugin “tiny” has {what}. Run manage.py makemigrations tiny, then migrate."
    for command in (("enable", "tiny"), ("usage", "tiny")):
        code, output = manage("plugins", *command, "--no-color")
        assert code == 1
        assert last_line(output) == f"CommandError: {said}"
        assert "Traceback" not in output
    code, output = manage("doctor")
    assert code == 1
    assert said in output


def test_nothing_is_switched_on_before_migrations_are_run(install, manage):
    install(migrations={"0001_initial": FIRST})
    assert manage("migrate", "--verbosity", "0")[0] == 0
    assert manage("migrate", "tiny", "zero", "--verbosity", "0")[0] == 0
    code, output = manage("plugins", "enable", "tiny", "--no-color")
    assert code == 1
    assert last_line(output).startswith("CommandError: Plugin “tiny” has models without a table.")
    assert manage("migrate", "--verbosity", "0")[0] == 0
    code, output = manage("plugins", "enable", "tiny")
    assert (code, output) == (0, "tiny is switched on for the network\n")
