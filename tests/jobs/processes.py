"""Processes of their own on the test's database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

PROJECT_DIR = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """What a process needs to work on the test's database, without Redis unless named."""
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "DATABASE_URL": database_url(),
        "PYTHONPATH": os.pathsep.join([str(PROJECT_DIR), os.environ.get("PYTHONPATH", "")]),
        **more,
    }


def database_url() -> str:
    """The test's database as DATABASE_URL."""
    config = connection.settings_dict
    name = str(config["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    login = quote(config["USER"], safe="")
    if config["PASSWORD"]:
        login += ":" + quote(config["PASSWORD"], safe="")
    host = quote(config["HOST"], safe="")
    port = f":{config['PORT']}" if config["PORT"] else ""
    return f"postgresql://{login}@{host}{port}/{name}"


def start(*arguments: str, env: dict[str, str]) -> subprocess.Popen[str]:
    """`manage.py …` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT_DIR,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(*arguments: str, env: dict[str, str]) -> tuple[int, str]:
    """Exit code and output of `manage.py …`."""
    with start(*arguments, env=env) as process:
        said, _ = process.communicate(timeout=120)
    return process.returncode, said


def wait_for(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Return when the condition holds; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "What the test waits for did not happen."
        time.sleep(0.05)
