"""Provisions a section in processes that are killed with SIGKILL, after one commit more each time.

Run as a program on an empty, migrated database, of which it makes copies. Django is loaded once;
each attempt is a forked process with a connection of its own. Exit code 0: each time the next run
completed the section, to the same rows as one that nobody killed.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

LANGUAGES = ["en", "km"]
# What two runs of the same never share, and what tells of a run rather than of a section.
VOLATILE = ("DateTimeField", "UUIDField")
LEFT_OUT = {
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "audit.AuditEntry",
    "jobs.OutboxItem",
    "core.PageKey",
    # Written by jobs, which the outbox owes until they are done (tests/jobs).
    "wagtailcore.ReferenceIndex",
}
OF_JOBS = "wagtailsearch"
# The segments of texts hold the times at which they came.
DERIVED = {"digest", "key", "segments"}


def provision() -> list[str]:
    from countries.domain.provision import provision_section

    return provision_section(code="kh", kind="country", languages_used=LANGUAGES).done


def killed_after(number: int) -> None:
    """Provision, and end by SIGKILL right after the `number`th commit."""
    from django.db import connection

    connection.ensure_connection()
    commit, commits = connection._commit, 0

    def counting() -> None:
        nonlocal commits
        commit()
        commits += 1
        if commits == number:
            os.kill(os.getpid(), signal.SIGKILL)

    connection._commit = counting
    provision()


def completed(result: Path) -> None:
    """Provision, then write down every row, what a third run would do, and what is lacking."""
    from coalition.sections.models import Section
    from countries.domain.drift import deviations

    provision()
    state = {
        "rows": rows(),
        "again": provision(),
        "drift": [found.words for found in deviations(list(Section.objects.all()))],
    }
    result.write_text(json.dumps(state, default=str))


def rows() -> dict[str, list[dict[str, Any]]]:
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if model._meta.managed and label not in LEFT_OUT and not label.startswith(OF_JOBS):
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if field.get_internal_type() not in VOLATILE and field.name not in DERIVED
            ]
            found[label] = list(model._base_manager.order_by("pk").values(*names))
    return found


def in_a_process(database: str, work: Callable[[], object]) -> int:
    """Do `work` on that database in a forked process. Returns how it ended, as `os.wait` does."""
    from django.db import connection

    sys.stdout.flush()
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    connection.settings_dict["NAME"] = database
    try:
        work()
        connection.close()
        os._exit(0)
    finally:
        # Reached when `work` failed: the parent's own clean-up must not be run twice.
        traceback.print_exc()
        os._exit(1)


def copy_of_the_database(name: str) -> str:
    from django.db import connection

    from tests import databases

    source = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        target = Path(source).with_name(f"{name}.sqlite3")
        databases.copy_sqlite(Path(source), target)
        return str(target)
    target_name = f"{source}_{name}"
    databases.copy_postgres(os.environ["DATABASE_URL"], source, target_name)
    return target_name


def main(folder: Path) -> int:
    django.setup()
    result = folder / "state.json"
    undisturbed = copy_of_the_database("undisturbed")
    assert in_a_process(undisturbed, lambda: completed(result)) == 0
    expected = json.loads(result.read_text())
    assert (expected["again"], expected["drift"]) == ([], [])
    for number in range(1, 200):
        database = copy_of_the_database("killed")
        ended = in_a_process(database, lambda number=number: killed_after(number))
        if ended == 0:
            print(f"killed {number - 1} times")
            return 0
        assert os.WIFSIGNALED(ended), ended
        assert os.WTERMSIG(ended) == signal.SIGKILL, ended
        assert in_a_process(database, lambda: completed(result)) == 0
        found = json.loads(result.read_text())
        for label, wanted in expected["rows"].items():
            if found["rows"][label] != wanted:
                differing = [row for row in found["rows"][label] if row not in wanted]
                lost = [row for row in wanted if row not in found["rows"][label]]
                print(f"after commit {number}, {label}: {differing} in place of {lost}")
                return 1
        if found != expected:
            print(f"after commit {number}:", found["again"], found["drift"])
            return 1
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
