"""The registry and the command."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone

from coalition.jobs import doctor, tick
from coalition.jobs.models import Lease, OutboxItem
from tests.jobs import processes, sample_tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def functions(monkeypatch):
    """An empty registry."""
    tick.load_functions()
    monkeypatch.setattr(tick, "functions", {})
    return tick.functions


def run_tick(**options: object) -> str:
    """What `tick` prints."""
    out = StringIO()
    call_command("tick", stdout=out, stderr=out, **options)
    return out.getvalue()


def owe(**fields: object) -> OutboxItem:
    """A due item."""
    return OutboxItem.objects.create(
        **{
            "task_path": sample_tasks.run_alone.module_path,
            "args": ["owed"],
            "result_id": "result",
            "queue_name": "default",
            "language": "en",
            "due_at": timezone.now() - timedelta(minutes=1),
            **fields,
        }
    )


def test_tick_runs_the_outbox_and_what_is_registered(runs):
    tick.on_tick("counters")(lambda: 3)
    owe()

    assert run_tick() == "outbox: 1 done.\ncounters: 3 done.\n"
    assert runs == ["owed"]
    assert run_tick() == "counters: 3 done.\n"


def test_one_name_one_function():
    tick.on_tick("counters")(lambda: 0)

    with pytest.raises(ValueError, match="counters"):
        tick.on_tick("counters")(lambda: 0)
    with pytest.raises(ValueError, match="outbox"):
        tick.on_tick("outbox")(lambda: 0)


def test_failing_part_fails_the_command_and_stops_no_other(runs, caplog):
    def fail() -> int:
        raise ValueError("@".join(["an.address", "example.org"]))

    tick.on_tick("first")(fail)
    tick.on_tick("second")(lambda: 1)
    owe()
    out = StringIO()

    with pytest.raises(CommandError, match=r"^These parts failed, the log says why: first\.$"):
        call_command("tick", stdout=out, stderr=out)

    assert out.getvalue() == "outbox: 1 done.\nfirst: failed.\nsecond: 1 done.\n"
    assert "builtins.ValueError at tests/jobs/test_tick.py:" in caplog.text
    assert "an.address@example.org" not in caplog.text
    assert Lease.objects.get(name="tick:first").held_until is None


def test_failing_job_does_not_fail_the_command():
    owe(task_path=sample_tasks.fail.module_path)

    assert run_tick() == ""
    assert OutboxItem.objects.get().attempts == 1


def test_function_does_not_run_in_two_ticks_at_once():
    inner: list[str] = []

    def counters() -> int:
        inner.append(run_tick())
        return 1

    tick.on_tick("counters")(counters)

    assert run_tick() == "counters: 1 done.\n"
    assert inner == ["counters: another tick is at it.\n"]


def test_lease_of_a_killed_tick_ends():
    tick.on_tick("counters")(lambda: 1)
    lease = Lease.objects.create(
        name="tick:counters", held_until=timezone.now() + timedelta(minutes=10)
    )
    assert run_tick() == "counters: another tick is at it.\n"

    lease.held_until = timezone.now() - timedelta(seconds=1)
    lease.save()
    assert run_tick() == "counters: 1 done.\n"


def test_scheduled_publishing_is_a_part(monkeypatch):
    called: list[str] = []
    monkeypatch.setattr(tick, "call_command", called.append)

    run_tick()

    assert called == ["publish_scheduled"]


def test_dry_run_says_what_is_due_and_runs_nothing(runs):
    tick.on_tick("counters")(lambda: runs.append("counters") or 1)
    owe()
    owe(due_at=timezone.now() + timedelta(hours=1))
    owe(failed_at=timezone.now())

    said = run_tick(dry_run=True)

    assert said.splitlines()[:3] == [
        "Jobs: 1 due, 0 running, 1 for later, 1 given up.",
        "  1 × tests.jobs.sample_tasks.run_alone",
        "Registered: counters.",
    ]
    assert "Will do a dry run." in said
    assert runs == []
    assert OutboxItem.objects.count() == 3


def test_requeue_runs_what_was_given_up(runs):
    owe(failed_at=timezone.now(), attempts=10)

    assert run_tick(requeue=True) == "1 jobs were given up and are due again.\noutbox: 1 done.\n"
    assert runs == ["owed"]


def test_process_that_cannot_reach_the_outbox_says_so():
    nowhere = processes.environment(DATABASE_URL="sqlite:////nowhere/db.sqlite3")

    code, said = processes.run("tick", env=nowhere)

    assert code == 1
    assert "outbox: failed." in said
    _, says, failed = said.partition("These parts failed, the log says why: ")
    assert says
    assert {"outbox", "expired-consents", "search-types", "personal-data-of-plugins"} <= set(
        failed.partition(".")[0].split(", ")
    )


def test_every_goes_on_until_told_to_stop():
    with processes.start("tick", "--every", "0.2", env=processes.environment()) as looping:
        for name in ("first", "second"):
            owe(task_path=sample_tasks.open_group.module_path, args=[name])
            processes.wait_for(lambda name=name: Group.objects.filter(name=name).exists())
        looping.terminate()
        said, _ = looping.communicate(timeout=10)

    assert looping.returncode == 0
    assert sum(int(done) for done in re.findall(r"outbox: (\d) done\.", said)) == 2


def test_no_problems():
    owe()

    assert doctor.problems() == []


def test_problems_are_whole_sentences():
    owe(due_at=timezone.now() - timedelta(minutes=11))
    owe(failed_at=timezone.now(), last_error="builtins.ValueError at a/b/c.py:1")
    owe(failed_at=timezone.now(), last_error="builtins.ValueError at a/b/c.py:1")

    late, given_up = doctor.problems()

    assert late.startswith("A job has been due since 20")
    assert given_up == (
        "2 jobs tests.jobs.sample_tasks.run_alone were given up; their last error was: "
        "builtins.ValueError at a/b/c.py:1. Repair the cause, then run “manage.py tick --requeue”."
    )
