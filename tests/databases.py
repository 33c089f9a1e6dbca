"""Test databases as copies of a migrated template, made once for each state of the migrations.

Running the migrations takes some ten seconds, copying their result a fraction of one. The template
is named by a hash of every installed app's migrations. A copy is also how a transactional test is
undone: flushing would take away the rows that migrations made, the page tree's root first.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import django
import psycopg
import wagtail
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

PROJECT_DIR = Path(__file__).resolve().parents[1]
TEMPLATES_DIR = PROJECT_DIR / "var" / "test-db"


class Copies(Protocol):
    """The database of one test run."""

    def start(self) -> None:
        """Make the template if it is missing, and a first copy."""

    def restore(self) -> None:
        """Replace the copy by a fresh one."""

    def finish(self) -> None:
        """Remove the copy; the template stays."""


def digest_of(files: Iterable[Path], *facts: object) -> str:
    """Twelve characters that change with the files' names and contents and with the facts."""
    digest = hashlib.sha256(repr(facts).encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def migrations_digest() -> str:
    """Every app's migrations, our modules that add rows after `migrate`, and their words."""
    files = sorted(PROJECT_DIR.glob("locale/*/LC_MESSAGES/*.mo"))
    for config in apps.get_app_configs():
        folder = Path(config.path)
        files += sorted(folder.glob("migrations/*.py"))
        if folder.is_relative_to(PROJECT_DIR):
            modules = sorted(folder.glob("domain/*.py"))
            files += [path for path in modules if "post_migrate" in path.read_text()]
    return digest_of(
        files, django.VERSION, wagtail.VERSION, settings.INSTALLED_APPS, settings.LANGUAGES
    )


def manage(variables: dict[str, str], *arguments: str) -> str:
    """Output of `manage.py …` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


def embedded_jobs(database_url: str, **more: str) -> dict[str, str]:
    """The environment of a process on that database, whose jobs are done when it ends."""
    variables = {**os.environ, "DATABASE_URL": database_url, **more}
    variables.pop("REDIS_URL", None)
    return variables


def migrate(database_url: str) -> None:
    settings_module = os.environ["DJANGO_SETTINGS_MODULE"]
    variables = embedded_jobs(database_url, DJANGO_SETTINGS_MODULE=settings_module)
    manage(variables, "migrate", "--verbosity", "0")


class SQLiteCopies:
    def __init__(self, folder: Path) -> None:
        self.template = TEMPLATES_DIR / f"{migrations_digest()}.sqlite3"
        self.copy = folder / "test.sqlite3"

    def start(self) -> None:
        with alone(self.template.stem):
            if not self.template.exists():
                with new_file(self.template) as new:
                    migrate(sqlite_url(new))
        connection.settings_dict["NAME"] = str(self.copy)
        self.restore()

    def restore(self) -> None:
        connection.close()
        copy_sqlite(self.template, self.copy)

    def finish(self) -> None:
        connection.close()
        self.copy.unlink()


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time makes what is called so; the others wait for it."""
    TEMPLATES_DIR.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES_DIR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file to fill, which then becomes `path` at once; nothing is left of one half filled."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        yield new
        new.replace(path)
    finally:
        for leftover in path.parent.glob(f"{new.name}*"):
            leftover.unlink()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def copy_sqlite(source: Path, target: Path) -> None:
    """A new file, so that a connection which another thread left open harms nothing."""
    for leftover in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(source, target)


class PostgresCopies:
    def __init__(self, url: str) -> None:
        self.url = url
        self.template = f"coalition_tpl_{migrations_digest()}"
        self.copy = f"test_coalition_{os.getpid()}"

    def start(self) -> None:
        with administration(self.url) as database, building(database, self.template) as new:
            if new:
                migrate(postgres_url(self.url, new))
        connection.settings_dict["NAME"] = self.copy
        self.restore()

    def restore(self) -> None:
        connection.close()
        copy_postgres(self.url, self.template, self.copy)

    def finish(self) -> None:
        connection.close()
        drop_postgres(self.url, self.copy)


def postgres_url(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def administration(url: str) -> Iterator[psycopg.Connection]:
    """A connection that may create and drop databases; it stands in none that we copy."""
    with psycopg.connect(postgres_url(url, "postgres"), autocommit=True) as database:
        yield database


@contextmanager
def building(database: psycopg.Connection, template: str) -> Iterator[str | None]:
    """The name of an empty database to fill, which then becomes the template; None if it exists.

    One run at a time builds; a second one waits for it.
    """
    database.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
    known = database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
    if known.fetchone():
        yield None
        return
    new = f"{template}_new"
    drop(database, new)
    database.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
    yield new
    database.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(new), sql.Identifier(template)
        )
    )


def drop(database: psycopg.Connection, name: str) -> None:
    """Drop a database with whoever is in it; only its own housekeeping is waited for.

    PostgreSQL's autovacuum may be ended by an administrator alone, and is gone in a moment.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _ in range(60):
        try:
            database.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.5)
        else:
            return
    database.execute(statement)


def drop_postgres(url: str, name: str) -> None:
    with administration(url) as database:
        drop(database, name)


def copy_postgres(url: str, template: str, name: str) -> None:
    with administration(url) as database:
        drop(database, name)
        database.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def copies(folder: Path) -> Copies:
    """The kind of copies that DATABASE_URL asks for; SQLite's lie in `folder`."""
    if connection.vendor == "postgresql":
        return PostgresCopies(os.environ["DATABASE_URL"])
    return SQLiteCopies(folder)
