"""Letters: to those who decide and those who wait, once, in their language."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import TaskState

from coalition.accounts import letters
from coalition.accounts.models import User
from coalition.approval import tick
from coalition.approval.domain.deputies import name_deputy
from coalition.approval.models import Digest, Submission
from coalition.jobs.models import OutboxItem
from tests.approval.submitting import (
    draft,
    khmer_draft,
    letters_owed,
    post,
    state_of,
    submit,
    with_addresses,
)
from tests.network import Network

EVERYBODY = ("editor-kh", "focal-kh", "focal-th", "reader-km", "translator-km", "secretariat")


def last_letter() -> dict[str, Any]:
    found: dict[str, Any] = OutboxItem.objects.order_by("-pk")[0].args[2]
    return found


def waited(days: int) -> None:
    """What waits has begun to, and was told of, that long ago."""
    then = timezone.now() - timedelta(days=days)
    TaskState.objects.update(started_at=then)
    Submission.objects.exclude(told_at=None).update(told_at=then)


def test_who_decides_is_told_once_of_all_that_came(network: Network) -> None:
    with_addresses(network, *EVERYBODY)
    for title in ("First", "Second"):
        submit(network, draft(network, title=title), "editor-kh")
    assert tick.tell_of_what_waits() == 1
    assert letters_owed() == [("focal-kh", "approval/waiting")]
    assert [text["title"] for text in last_letter()["texts"]] == ["First", "Second"]
    assert tick.tell_of_what_waits() == 0


def test_each_step_tells_its_own_people(network: Network) -> None:
    with_addresses(network, *EVERYBODY)
    page = draft(network)
    post(network, "focal-kh", submit(network, page, "editor-kh"), "approve")
    tick.tell_of_what_waits()
    post(network, "secretariat", state_of(page), "reject", comment="Shorter.")
    assert letters_owed() == [
        ("secretariat", "approval/waiting"),
        ("editor-kh", "approval/changes"),
    ]


def test_second_readers_of_the_language_are_told(network: Network) -> None:
    with_addresses(network, *EVERYBODY)
    post(network, "reader-km", submit(network, khmer_draft(network), "translator-km"), "approve")
    submit(network, khmer_draft_again(network), "translator-km")
    tick.tell_of_what_waits()
    assert letters_owed() == [
        ("translator-km", "approval/approved"),
        ("reader-km", "approval/waiting"),
    ]


def khmer_draft_again(network: Network) -> Any:
    from tests.approval.submitting import edited
    from tests.factories import now

    page = Submission.objects.get().page.specific
    return edited(now(page), network, "translator-km", title="ទន្លេ ធំ")


def test_nobody_decides_means_a_reminder_once_in_an_interval(
    network: Network, settings: Any
) -> None:
    settings.APPROVAL_REMIND_AFTER = 2
    with_addresses(network, *EVERYBODY)
    name_deputy(
        approver=network.user("focal-kh"),
        deputy=network.user("editor-kh"),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        user=network.user("focal-kh"),
    )
    submit(network, draft(network, "secretariat"), "secretariat")
    tick.tell_of_what_waits()
    assert tick.remind() == 0
    waited(7)
    assert tick.remind() == 2
    assert sorted(letters_owed()[2:]) == [
        ("editor-kh", "approval/reminder"),
        ("focal-kh", "approval/reminder"),
    ]
    assert tick.remind() == 0


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-26", "2026-11-26", 0),
        ("2026-11-26", "2026-11-27", 1),
        ("2026-11-27", "2026-11-29", 0),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-23", "2026-11-30", 5),
    ],
)
def test_weekends_are_no_working_days(since: str, until: str, days: int) -> None:
    moments = [
        timezone.make_aware(datetime.fromisoformat(f"{day}T12:00")) for day in (since, until)
    ]
    assert tick.working_days(*moments) == days


def test_the_digest_says_what_waits_once_a_day(network: Network) -> None:
    with_addresses(network, *EVERYBODY)
    monday = date(2026, 11, 23)
    assert tick.write_digest(monday) == 0
    Digest.objects.all().delete()
    submit(network, draft(network), "editor-kh")
    assert tick.write_digest(monday) == 1
    assert letters_owed() == [("secretariat", "approval/digest")]
    assert (last_letter()["waiting"], last_letter()["decided"]) == (1, 0)
    assert tick.write_digest(monday) == 0


@pytest.mark.parametrize(
    ("every", "today", "last", "due"),
    [
        ("day", "2026-11-25", None, True),
        ("day", "2026-11-25", "2026-11-25", False),
        ("day", "2026-11-26", "2026-11-25", True),
        ("day", "2026-11-28", "2026-11-26", False),
        ("week", "2026-11-26", "2026-11-20", False),
        ("week", "2026-11-27", "2026-11-20", True),
        ("never", "2026-11-27", None, False),
    ],
)
def test_when_a_digest_is_due(
    settings: Any, every: str, today: str, last: str | None, due: bool
) -> None:
    settings.APPROVAL_DIGEST = every
    days = [datetime.fromisoformat(day).date() if day else None for day in (today, last)]
    assert tick._is_due(days[0], days[1]) is due


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("waiting", "2 texts wait for your approval"),
        ("reminder", "2 texts still wait for your approval"),
        ("urgent", "Urgent: “River & sea” waits for your approval"),
        ("approved", "Approved: “River & sea”"),
        ("changes", "Changes are requested: “River & sea”"),
        ("note", "A comment on “River & sea”"),
        ("digest", "Approval in the network: what waits and what was decided"),
    ],
)
def test_every_letter_is_written(letter: str, words: str) -> None:
    text = {"title": "River & sea", "path": "/admin/approval/7/", "urgent": True}
    context = {
        **text,
        "texts": [text, text],
        "reason": "Now.",
        "waiting": 2,
        "overdue": 2,
        "decided": 1,
    }
    letters.send(
        address="a@example.org", language="en", letter=f"approval/{letter}", context=context
    )
    assert mail.outbox[0].subject == words
    assert "http://localhost:8000/admin/approval/" in mail.outbox[0].body


def test_wagtail_itself_writes_to_nobody(network: Network) -> None:
    with_addresses(network, *EVERYBODY)
    User.objects.filter(username="superuser").update(email="superuser@example.org")
    page = draft(network)
    post(network, "focal-kh", submit(network, page, "editor-kh"), "approve")
    post(network, "secretariat", state_of(page), "approve")
    assert mail.outbox == []
