"""Back-off, giving up, leases and claims."""

import signal
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from coalition.jobs import domain, leases, queries
from coalition.jobs.models import Lease, OutboxItem
from tests.jobs import processes, sample_tasks

pytestmark = pytest.mark.django_db(transaction=True)


def make_item(**fields: object) -> OutboxItem:
    """An item that is due and runs `run_alone`."""
    return OutboxItem.objects.create(
        **{
            "task_path": sample_tasks.run_alone.module_path,
            "args": ["item"],
            "result_id": "result",
            "queue_name": "default",
            "language": "en",
            "due_at": timezone.now(),
            **fields,
        }
    )


def test_back_off_doubles_up_to_an_hour_and_ends_after_ten_attempts():
    sample_tasks.fail.enqueue("secret")
    item = OutboxItem.objects.get()
    waits = []
    while item.failed_at is None:
        before = timezone.now()
        item.due_at = before
        item.save()
        assert domain.run_due(limit=10).seen == 1
        item.refresh_from_db()
        waits.append(round((item.due_at - before).total_seconds() / 60))

    # The first attempt came with the commit.
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert item.attempts == 10
    assert domain.run_due(limit=10, now=timezone.now() + timedelta(days=1)).seen == 0
    assert OutboxItem.objects.count() == 1


def test_first_back_off_is_a_minute():
    before = timezone.now()
    sample_tasks.fail.enqueue("secret")

    wait = OutboxItem.objects.get().due_at - before
    assert timedelta(seconds=60) <= wait < timedelta(seconds=65)


def test_retry_succeeds_once_the_cause_is_gone(runs):
    sample_tasks.fail_until_group.enqueue("repaired")
    Group.objects.create(name="repaired")

    assert domain.run_due(limit=10).seen == 0
    counts = domain.run_due(limit=10, now=timezone.now() + timedelta(minutes=2))

    assert counts == domain.Counts(done=1)
    assert runs == ["repaired"]
    assert not OutboxItem.objects.exists()


def test_requeue_gives_ten_new_attempts(runs):
    make_item(attempts=10, failed_at=timezone.now())
    make_item(attempts=3, due_at=timezone.now() + timedelta(hours=1))

    assert domain.requeue() == 1
    assert domain.run_due(limit=10) == domain.Counts(done=1)
    assert runs == ["item"]


def test_requeue_of_some():
    first = make_item(attempts=10, failed_at=timezone.now())
    make_item(attempts=10, failed_at=timezone.now())

    assert domain.requeue(item_ids=[first.pk]) == 1
    assert queries.backlog().given_up == 1


def test_oldest_first_and_no_more_than_the_limit(runs):
    now = timezone.now()
    for minutes in (1, 3, 2):
        make_item(args=[f"{minutes}"], due_at=now - timedelta(minutes=minutes))

    assert domain.run_due(limit=2) == domain.Counts(done=2)
    assert runs == ["3", "2"]


def test_grace_leaves_fresh_items_to_workers():
    make_item(due_at=timezone.now() - timedelta(seconds=10))

    assert domain.run_due(limit=10, grace=timedelta(seconds=30)).seen == 0
    assert domain.run_due(limit=10, grace=timedelta(seconds=5)).done == 1


def test_leased_item_is_left_alone_until_the_lease_is_over(runs):
    now = timezone.now()
    item = make_item(leased_until=now + timedelta(minutes=5), attempts=1)

    assert domain.run_item(item.pk) is False
    assert domain.run_due(limit=10, now=now + timedelta(minutes=4)).seen == 0
    assert domain.run_due(limit=10, now=now + timedelta(minutes=6)).done == 1
    assert runs == ["item"]


def test_item_that_was_killed_ten_times_is_given_up():
    now = timezone.now()
    make_item(leased_until=now - timedelta(seconds=1), attempts=10)

    assert domain.run_due(limit=10).seen == 0
    item = OutboxItem.objects.get()
    assert item.failed_at is not None
    assert item.last_error == "Killed before it ended."


def test_worker_with_a_slow_clock_still_takes_what_it_is_told(runs):
    item = make_item(due_at=timezone.now() + timedelta(seconds=5))

    assert domain.run_item(item.pk) is True


def test_killed_between_claim_and_end_runs_again_after_the_lease(tmp_path):
    item = make_item(task_path=sample_tasks.die_once.module_path, args=[str(tmp_path / "died")])
    assert processes.run("tick", env=processes.environment())[0] == -signal.SIGKILL

    item.refresh_from_db()
    assert item.attempts == 1
    assert domain.run_due(limit=10).seen == 0
    assert domain.run_due(limit=10, now=timezone.now() + domain.LEASE).done == 1
    assert Group.objects.filter(name="second life").count() == 1


def test_several_claimers_run_each_item_once(runs):
    items = [make_item(args=[str(number)]).pk for number in range(20)]
    together = threading.Barrier(4)

    def run_all() -> None:
        together.wait()
        try:
            for item_id in items:
                domain.run_item(item_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=run_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(runs, key=int) == [str(number) for number in range(20)]
    assert not OutboxItem.objects.exists()


def test_lease_is_held_by_one_and_given_back():
    minute = timedelta(minutes=1)
    with (
        leases.held("counters", at_most=minute) as first,
        leases.held("counters", at_most=minute) as second,
    ):
        assert (first, second) == (True, False)
    with leases.held("counters", at_most=minute) as third:
        assert third is True


def test_lease_of_a_killed_holder_ends():
    Lease.objects.create(name="counters", held_until=timezone.now() - timedelta(seconds=1))

    with leases.held("counters", at_most=timedelta(minutes=1)) as mine:
        assert mine is True


def test_backlog_counts_by_state():
    now = timezone.now()
    oldest = make_item(due_at=now - timedelta(minutes=20))
    make_item(due_at=now - timedelta(minutes=30), leased_until=now + timedelta(minutes=1))
    make_item(due_at=now - timedelta(minutes=5), leased_until=now - timedelta(minutes=1))
    make_item(due_at=now + timedelta(minutes=5))
    make_item(due_at=now - timedelta(hours=5), failed_at=now)

    assert queries.backlog() == queries.Backlog(
        due=2, running=1, later=1, given_up=1, oldest_due=oldest.due_at
    )
    assert queries.oldest_due() == oldest.due_at
    assert queries.due_by_task() == [("tests.jobs.sample_tasks.run_alone", 2)]


def test_nothing_owed(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.oldest_due() is None
