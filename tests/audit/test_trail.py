"""The trail has everything that is logged, and the database keeps it as it was written."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from coalition.audit import record
from coalition.audit.migrations._triggers import REFUSAL
from coalition.audit.models import AuditEntry
from tests.factories import SectionFactory, UserFactory, open_section, root_of, standard_page

pytestmark = pytest.mark.django_db
TABLE = "audit_auditentry"


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def newest() -> AuditEntry:
    """The homes that migrating makes are in the trail before."""
    entry = AuditEntry.objects.first()
    assert entry is not None
    return entry


def changed_by_orm() -> None:
    AuditEntry.objects.update(actor="somebody else")


def saved_again() -> None:
    entry = newest()
    entry.name = "another"
    entry.save()


@pytest.mark.parametrize(
    "attempt",
    [
        changed_by_orm,
        saved_again,
        lambda: AuditEntry.objects.all().delete(),
        lambda: newest().delete(),
        lambda: sql(f"UPDATE {TABLE} SET at = at"),
        lambda: sql(f"DELETE FROM {TABLE}"),
    ],
)
def test_the_database_refuses_to_change_or_delete(attempt: Callable[[], None]) -> None:
    record(action="accounts.signed_in", actor=UserFactory.create(username="moon"))
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        attempt()
    entry = newest()
    assert (entry.actor, entry.action, entry.name) == ("moon", "accounts.signed_in", "")


@pytest.mark.embedded
def test_sqlite_does_not_replace_an_entry() -> None:
    entry = record(action="accounts.signed_in")
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        sql(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE id = {entry.pk}")
    assert newest() == entry


@pytest.mark.postgres
def test_postgresql_does_not_empty_the_table() -> None:
    entry = record(action="accounts.signed_in")
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        sql(f"TRUNCATE {TABLE}")
    assert newest() == entry


@pytest.mark.postgres
def test_postgresql_does_not_change_an_entry_by_an_insert() -> None:
    entry = record(action="accounts.signed_in")
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        sql(
            f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE id = {entry.pk} "
            "ON CONFLICT (id) DO UPDATE SET actor = 'somebody else'"
        )


def test_an_entry_outlives_its_person_and_its_page() -> None:
    user, page = UserFactory.create(username="moon"), standard_page(title="Guide")
    record(action="accounts.signed_in", actor=user, subject=page)
    user.delete()
    page.delete()
    entry = AuditEntry.objects.get(action="accounts.signed_in")
    assert (entry.actor, entry.name, entry.kind) == ("moon", "Guide", "home.standardpage")


def test_all_that_wagtail_logs_of_a_page_is_copied_with_its_section_and_language() -> None:
    user = UserFactory.create(username="moon")
    page = standard_page(root_of(open_section("kh"), "km"), live=False, title="ទំព័រ")
    page.save_revision(user=user, log_action=True)
    assert AuditEntry.objects.count() == PageLogEntry.objects.count() > 1
    entry, logged = newest(), PageLogEntry.objects.first()
    assert (entry.actor, entry.actor_id, entry.action) == ("moon", str(user.pk), logged.action)
    assert (entry.section, entry.language, entry.at) == ("kh", "km", logged.timestamp)
    assert (entry.kind, entry.object_id, entry.name) == (
        "home.standardpage",
        str(page.pk),
        "ទំព័រ",
    )


def test_a_page_that_is_deleted_is_told_of() -> None:
    page = standard_page(root_of(open_section("kh")), title="Guide")
    page.delete(user=UserFactory.create(username="moon", is_superuser=True))
    entry = newest()
    assert entry.action == "wagtail.delete"
    assert (entry.actor, entry.name, entry.section) == ("moon", "Guide", "kh")


def test_what_is_logged_of_a_section_names_it() -> None:
    section = SectionFactory.create(code="kh")
    log(instance=section, action="sections.archived", data={"pages": 3})
    entry = newest()
    assert (entry.section, entry.actor, entry.data) == ("kh", "", {"pages": 3})


def test_what_somebody_typed_stays_in_wagtails_log() -> None:
    section = SectionFactory.create(code="kh")
    data = {"comment": "Ask Dara", "workflow": {"title": "kh", "text": "Dara"}, "tasks": [1]}
    log(instance=section, action="sections.archived", data=data)
    assert ModelLogEntry.objects.get().data == data
    assert newest().data == {"workflow": {"title": "kh"}, "tasks": [1]}


def test_neither_log_nor_trail_is_there_without_the_other() -> None:
    section, before = SectionFactory.create(code="kh"), newest()

    def fails() -> None:
        with transaction.atomic():
            log(instance=section, action="sections.archived")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert (ModelLogEntry.objects.count(), newest()) == (0, before)
