"""What enqueuing leaves behind, and what a failing job may not do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError
from django_tasks.signals import task_started
from wagtail.models import Page
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from coalition.jobs import domain
from coalition.jobs.models import OutboxItem
from tests.jobs import sample_tasks

pytestmark = pytest.mark.django_db(transaction=True)


def test_rollback_leaves_neither_row_nor_run(runs):
    with transaction.atomic():
        sample_tasks.run_alone.enqueue("never")
        transaction.set_rollback(True)

    assert runs == []
    assert not OutboxItem.objects.exists()


def test_rolled_back_savepoint_takes_its_job_along(runs):
    with transaction.atomic():
        sample_tasks.run_alone.enqueue("outer")
        with transaction.atomic():
            sample_tasks.run_alone.enqueue("inner")
            transaction.set_rollback(True)

    assert runs == ["outer"]
    assert not OutboxItem.objects.exists()


def test_commit_runs_it_once_and_not_before(runs):
    with transaction.atomic():
        result = sample_tasks.run_alone.enqueue("once")
        assert runs == []
        assert OutboxItem.objects.get().result_id == result.id

    assert runs == ["once"]
    assert result.status == TaskResultStatus.READY
    assert not OutboxItem.objects.exists()
    assert domain.run_due(limit=10).seen == 0


def test_without_transaction_it_runs_at_once(runs):
    sample_tasks.run_alone.enqueue("now")

    assert runs == ["now"]


def test_one_job_costs_four_queries():
    with CaptureQueriesContext(connection) as captured:
        sample_tasks.run_alone.enqueue("now")

    verbs = [query["sql"].split()[0] for query in captured if "jobs_outboxitem" in query["sql"]]
    assert verbs == ["INSERT", "UPDATE", "SELECT", "DELETE"]


def test_failing_job_breaks_neither_request_nor_transaction(caplog):
    with transaction.atomic():
        Group.objects.create(name="kept")
        sample_tasks.fail.enqueue("an.address@example.org")
        sample_tasks.open_group.enqueue("next")

    assert sorted(
        Group.objects.filter(name__in=["kept", "next"]).values_list("name", flat=True)
    ) == [
        "kept",
        "next",
    ]
    item = OutboxItem.objects.get()
    assert item.attempts == 1
    assert item.leased_until is None
    assert item.failed_at is None
    assert item.last_error.startswith("builtins.ValueError at tests/jobs/sample_tasks.py:")
    assert "attempt 1 of 10" in caplog.text
    assert "an.address@example.org" not in caplog.text + item.last_error


def test_job_that_fails_in_the_database_leaves_nothing_half_done():
    with transaction.atomic():
        sample_tasks.break_database.enqueue()

    assert not Group.objects.filter(name="half").exists()
    assert OutboxItem.objects.get().last_error.startswith("django.db.utils.IntegrityError at ")


def test_inside_an_open_transaction_a_failing_job_undoes_only_itself():
    with transaction.atomic():
        sample_tasks.break_database.enqueue()
        item = OutboxItem.objects.get()
        assert domain.run_item(item.pk) is False
        Group.objects.create(name="kept")

    assert Group.objects.filter(name="kept").exists()
    assert not Group.objects.filter(name="half").exists()


def test_job_runs_in_the_language_of_whoever_enqueued_it():
    with translation.override("km"):
        sample_tasks.note_language.enqueue()

    later = timezone.now() + timedelta(hours=1)
    with translation.override("th"):
        sample_tasks.note_language.using(run_after=later).enqueue()
    domain.run_due(limit=10, now=later)

    assert Group.objects.filter(name__in=["km", "th"]).count() == 2
    assert translation.get_language() == "en"


def test_language_falls_back_where_translations_are_off():
    with translation.override(None):
        sample_tasks.note_language.enqueue()

    assert Group.objects.filter(name="en").exists()


def test_run_after_waits_for_its_time(runs):
    later = timezone.now() + timedelta(hours=1)
    sample_tasks.run_alone.using(run_after=later).enqueue("later")
    item = OutboxItem.objects.get()

    assert runs == []
    assert item.due_at == later
    assert domain.run_item(item.pk) is False
    assert domain.run_due(limit=10, now=later - timedelta(seconds=1)).seen == 0
    assert domain.run_due(limit=10, now=later).done == 1
    assert runs == ["later"]


def test_context_counts_attempts():
    sample_tasks.note_attempt.enqueue(name="attempt")

    assert Group.objects.filter(name="attempt 1").exists()


def test_coroutines_run(runs):
    sample_tasks.run_async.enqueue("async")

    assert runs == ["async"]


def test_jobs_of_jobs_need_no_deep_stack(runs):
    sample_tasks.go_on.enqueue(100)

    assert runs == [str(left) for left in range(100, -1, -1)]
    assert not OutboxItem.objects.exists()


def test_both_backends_refuse_priorities():
    with pytest.raises(InvalidTaskError):
        sample_tasks.run_alone.using(priority=1)


def test_what_is_no_json_is_refused_at_once():
    with pytest.raises(TypeError):
        sample_tasks.run_alone.enqueue(timezone.now())

    assert not OutboxItem.objects.exists()


def test_results_are_not_kept():
    result = sample_tasks.run_alone.enqueue("now")

    with pytest.raises(NotImplementedError):
        result.refresh()


def test_wagtail_deletes_files_through_it(tmp_path):
    storage = FileSystemStorage(location=str(tmp_path))
    name = storage.save("picture.txt", ContentFile(b"picture"))

    delete_file_from_storage_task.enqueue(storage.deconstruct(), name)

    assert list(tmp_path.iterdir()) == []
    assert not OutboxItem.objects.exists()


def test_wagtail_indexing_what_is_gone_is_no_failure():
    update_reference_index_task.enqueue("auth", "group", "0")

    assert not OutboxItem.objects.exists()


def test_our_own_missing_object_is_a_failure():
    sample_tasks.fail_until_group.enqueue("missing")

    assert OutboxItem.objects.get().attempts == 1


def test_unknown_task_is_a_failure():
    item = OutboxItem.objects.create(
        task_path="tests.jobs.sample_tasks.taken_away",
        result_id="x",
        queue_name="default",
        language="en",
        due_at=timezone.now(),
    )

    assert domain.run_item(item.pk) is False
    item.refresh_from_db()
    assert item.last_error.startswith("builtins.ImportError at ")


def test_nothing_runs_twice_when_the_item_is_gone():
    assert domain.run_item(0) is False
    assert connection.in_atomic_block is False


def test_saving_a_page_three_times_in_one_transaction_indexes_it_once():
    home = Page.objects.get(depth=2, slug="en")
    ran: list[str] = []

    def count(sender, task_result, **kwargs):
        ran.append(task_result.task.name)

    task_started.connect(count)
    try:
        with transaction.atomic():
            for _ in range(3):
                home.save()
    finally:
        task_started.disconnect(count)

    assert sorted(set(ran)) == sorted(ran) != []
    assert not OutboxItem.objects.exists()


def test_equal_jobs_of_our_own_all_run(runs):
    with transaction.atomic():
        sample_tasks.run_alone.enqueue("twice")
        sample_tasks.run_alone.enqueue("twice")

    assert runs == ["twice", "twice"]
