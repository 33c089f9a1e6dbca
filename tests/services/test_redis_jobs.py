"""Jobs through Redis and RQ's own worker, and without them when Redis is away."""

import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from redis import Redis

from coalition.jobs import broker, doctor
from coalition.jobs.models import OutboxItem
from home.models import HomePage
from tests.jobs import processes, sample_tasks

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


@dataclass
class Server:
    """A Redis of the test's own, so that it may be stopped."""

    port: int
    directory: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.directory)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        processes.wait_for(lambda: broker.is_reachable(self.url))

    def stop(self) -> None:
        """Kill it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def server(tmp_path, settings, monkeypatch) -> Iterator[Server]:
    """A running Redis that the broker backend uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    redis = Server(port, tmp_path)
    settings.RQ_QUEUES = {"default": {"URL": redis.url, "DEFAULT_TIMEOUT": 240}}
    settings.TASKS = {"default": {"BACKEND": "coalition.jobs.backends.BrokerBackend"}}
    monkeypatch.setattr(broker, "_paused_until", {})
    redis.start()
    yield redis
    redis.stop()


def work(server: Server) -> str:
    """What RQ's worker says; it runs what is queued and ends."""
    code, said = processes.run(
        "rqworker",
        "--burst",
        "--job-class",
        "django_tasks_rq.Job",
        "default",
        # The settings of the suite keep the embedded backend.
        env=processes.environment(
            REDIS_URL=server.url, DJANGO_SETTINGS_MODULE="coalition.settings.dev"
        ),
    )
    assert code == 0, said
    return said


def queued(server: Server) -> int:
    """How many jobs lie in Redis."""
    return int(Redis.from_url(server.url).llen("rq:queue:default"))


def names() -> list[str]:
    """Groups that jobs left."""
    return sorted(Group.objects.filter(name__startswith="job").values_list("name", flat=True))


def long_after() -> None:
    """Let the time pass that `tick` leaves to workers."""
    OutboxItem.objects.update(due_at=timezone.now() - timedelta(seconds=31))


def test_worker_runs_what_was_committed(server):
    with transaction.atomic():
        sample_tasks.open_group.enqueue("job one")
        sample_tasks.note_attempt.enqueue(name="job attempt")
        sample_tasks.open_next.enqueue("job next")
        assert queued(server) == 0
    assert queued(server) == 3
    assert names() == []

    said = work(server)

    assert names() == ["job attempt 1", "job next", "job one"]
    assert not OutboxItem.objects.exists()
    assert queued(server) == 0
    assert "Traceback" not in said


def test_rollback_pushes_nothing(server):
    with transaction.atomic():
        sample_tasks.open_group.enqueue("job")
        transaction.set_rollback(True)

    assert queued(server) == 0
    assert not OutboxItem.objects.exists()


def test_job_that_fails_in_the_worker_stays_in_the_outbox(server):
    sample_tasks.fail.enqueue("an.address@example.org")

    said = work(server)

    item = OutboxItem.objects.get()
    assert item.attempts == 1
    assert item.due_at > timezone.now()
    assert "an.address@example.org" not in said


def test_job_of_the_future_is_not_pushed(server):
    later = timezone.now() + timedelta(hours=1)
    sample_tasks.open_group.using(run_after=later).enqueue("job")

    assert queued(server) == 0
    assert OutboxItem.objects.get().due_at == later


def test_tick_leaves_fresh_jobs_to_workers_and_does_what_redis_lost(server):
    for number in range(3):
        sample_tasks.open_group.enqueue(f"job {number}")
    server.stop()
    server.start()
    assert queued(server) == 0

    call_command("tick")
    assert names() == []
    long_after()
    call_command("tick")
    assert names() == ["job 0", "job 1", "job 2"]


def test_worker_finds_nothing_to_do_for_what_tick_has_done(server):
    sample_tasks.open_group.enqueue("job")
    long_after()
    call_command("tick")

    said = work(server)

    assert names() == ["job"]
    assert "Traceback" not in said


def test_publishing_works_without_redis_and_tick_catches_up(server):
    sample_tasks.open_group.enqueue("job before")
    server.stop()
    started = time.monotonic()
    with transaction.atomic():
        Group.objects.create(name="job's reason")
        for number in range(6):
            sample_tasks.open_group.enqueue(f"job {number}")
    assert time.monotonic() - started < 2

    assert names() == ["job's reason"]
    long_after()
    call_command("tick")
    assert names() == [*(f"job {number}" for number in range(6)), "job before", "job's reason"]
    assert not OutboxItem.objects.exists()


def test_wagtail_publishes_without_redis_and_its_jobs_follow(server):
    page = HomePage.objects.get(slug="en")
    server.stop()

    page.title = "Published without Redis"
    page.save_revision().publish()

    assert HomePage.objects.get(slug="en").title == "Published without Redis"
    assert OutboxItem.objects.exists()
    long_after()
    call_command("tick")
    assert not OutboxItem.objects.exists()


def test_redis_that_accepts_and_says_nothing_costs_less_than_two_seconds(server, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.RQ_QUEUES = {"default": {"URL": url}}
        started = time.monotonic()
        with transaction.atomic():
            for number in range(6):
                sample_tasks.open_group.enqueue(f"job {number}")
        assert time.monotonic() - started < 2
    assert OutboxItem.objects.count() == 6


def test_redis_that_comes_back_is_used_again(server, monkeypatch):
    sample_tasks.open_group.enqueue("job one")
    server.stop()
    sample_tasks.open_group.enqueue("job two")
    server.start()
    sample_tasks.open_group.enqueue("job three")
    assert queued(server) == 0

    monkeypatch.setattr(broker, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(broker, "_paused_until", {})
    sample_tasks.open_group.enqueue("job four")
    assert queued(server) == 1


def test_problems_of_the_broker(server):
    (problem,) = doctor.problems()
    assert problem == (
        f"No worker takes jobs from Redis at 127.0.0.1:{server.port}. Start “manage.py rqworker "
        "--job-class django_tasks_rq.Job default”."
    )

    server.stop()
    (problem,) = doctor.problems()
    assert problem == (
        f"Redis does not answer at 127.0.0.1:{server.port}. Until it does, jobs wait for "
        "“manage.py tick”."
    )
