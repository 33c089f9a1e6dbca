"""A plugin made from the template outside of the source tree, and installed for processes alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

from copier import run_copy

from tests import databases

TEMPLATE = databases.PROJECT_DIR / "tools" / "plugin_template"
SEE = """
import json
from django.test import Client
print(json.dumps([Client().get(path).status_code for path in {paths!r}]))
"""


def bake(folder: Path, **answers: str) -> Path:
    """What `copier copy` writes to `folder`."""
    data = {"slug": "glossary", "author": "The glossary group", **answers}
    run_copy(str(TEMPLATE), folder, data=data, defaults=True, quiet=True)
    return folder


def run(*command: str, folder: Path, variables: dict[str, str]) -> str:
    """Output of a command that has to succeed."""
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return done.stdout


def install(source: Path, target: Path) -> None:
    """`pip install` into a folder that no other process has on its path; asks no index."""
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--no-compile")
    command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", *options)
    run(*command, "--target", str(target), str(source), folder=source, variables={**os.environ})


def site(database: Path, *path: Path) -> dict[str, str]:
    """The environment of a process of the site on that database, with folders on its path."""
    folders = [*map(str, path), str(databases.PROJECT_DIR)]
    variables = databases.embedded_jobs(
        databases.sqlite_url(database), PYTHONPATH=os.pathsep.join(folders)
    )
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS"):
        variables.pop(name, None)
    return variables


def run_tests(source: Path, variables: dict[str, str]) -> str:
    """The plugin's own suite, in its own folder, as its author runs it."""
    return run(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        folder=source, variables=variables,
    )  # fmt: skip


def shell(variables: dict[str, str], code: str, folder: Path = databases.PROJECT_DIR) -> str:
    """The last line that the code prints, in the checkout at `folder`."""
    command = (sys.executable, "manage.py", "shell", "--no-imports", "-c", code)
    return run(*command, folder=folder, variables=variables).splitlines()[-1]


def statuses(
    variables: dict[str, str], *paths: str, folder: Path = databases.PROJECT_DIR
) -> list[int]:
    """What the site answers, asked by a process of its own."""
    answers: list[int] = json.loads(shell(variables, SEE.format(paths=list(paths)), folder))
    return answers
