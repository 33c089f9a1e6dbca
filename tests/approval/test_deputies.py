"""Deputies: for a while, on the same steps, by those who reach the pages anyway."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from coalition.approval.domain.deciding import decide
from coalition.approval.domain.deputies import end_deputy, name_deputy
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Decision, Deputy
from tests.approval.submitting import draft, post, state_of, submit
from tests.factories import now
from tests.network import Network


def named(
    network: Network,
    approver: str,
    deputy: str,
    *,
    by: str = "",
    first: int = 0,
    last: int = 7,
) -> Deputy:
    """Name a deputy from one day to another, counted from today."""
    today = timezone.localdate()
    return name_deputy(
        approver=network.user(approver),
        deputy=network.user(deputy),
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        user=network.user(by or approver),
    )


def past(row: Deputy) -> None:
    today = timezone.localdate()
    Deputy.objects.filter(pk=row.pk).update(
        starts_on=today - timedelta(days=5), ends_on=today - timedelta(days=1)
    )


def test_a_deputy_decides_for_somebody(network: Network) -> None:
    named(network, "focal-kh", "editor-kh")
    page = draft(network, "focal-kh", title="Rivers")
    state = submit(network, page, "focal-kh")
    content = network.client("editor-kh").get("/admin/approval/").content.decode()
    assert ">Rivers</a>" in content
    assert "for focal-kh" in content
    decide(task_state_id=state.pk, user=network.user("editor-kh"), action="approve")
    assert Decision.objects.get().marks() == ["for focal-kh"]
    assert state_of(page).task.name == "Secretariat"
    history = network.client("focal-kh").get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "Decided: for focal-kh" in history


def test_a_deputy_does_not_decide_on_their_own_text(network: Network) -> None:
    named(network, "focal-kh", "editor-kh")
    state = submit(network, draft(network), "editor-kh")
    with pytest.raises(ApprovalRefusedError, match="yourself"):
        decide(task_state_id=state.pk, user=network.user("editor-kh"), action="approve")


@pytest.mark.parametrize(("first", "last"), [(1, 3), (0, 0)])
def test_it_begins_and_ends_by_itself(network: Network, first: int, last: int) -> None:
    row = named(network, "focal-kh", "editor-kh", first=first, last=last)
    if first == 0:
        past(row)
    page = draft(network, "focal-kh")
    state = submit(network, page, "focal-kh")
    with pytest.raises(PermissionDenied):
        decide(task_state_id=state.pk, user=network.user("editor-kh"), action="approve")
    post(network, "editor-kh", state, "approve")
    assert (state_of(page).pk, now(page).live) == (state.pk, False)


def test_it_is_ended_early_once(network: Network) -> None:
    row = named(network, "focal-kh", "editor-kh")
    assert end_deputy(row=row, user=network.user("focal-kh")) is True
    assert end_deputy(row=row, user=network.user("focal-kh")) is False
    state = submit(network, draft(network, "focal-kh"), "focal-kh")
    with pytest.raises(PermissionDenied):
        decide(task_state_id=state.pk, user=network.user("editor-kh"), action="approve")
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", "user__username")
    assert list(actions.filter(action__startswith="approval")) == [
        ("approval.deputy_named", "focal-kh"),
        ("approval.deputy_ended", "focal-kh"),
    ]


@pytest.mark.parametrize(
    ("approver", "deputy"),
    [
        ("focal-kh", "focal-th"),
        ("focal-kh", "editor-th"),
        ("focal-kh", "translator-km"),
        ("focal-kh", "campaigner-kh"),
        ("focal-kh", "nobody"),
        ("secretariat", "focal-kh"),
        ("reader-km", "focal-th"),
    ],
)
def test_a_deputy_sees_nothing_new(network: Network, approver: str, deputy: str) -> None:
    with pytest.raises(ApprovalRefusedError, match="would see texts that are not theirs"):
        named(network, approver, deputy)


@pytest.mark.parametrize(
    ("approver", "deputy"),
    [
        ("focal-kh", "editor-kh"),
        ("focal-kh", "secretariat"),
        ("reader-km", "translator-all-km"),
        ("translator-km", "reader-km"),
        ("translator-km", "editor-kh"),
    ],
)
def test_who_may_be_one(network: Network, approver: str, deputy: str) -> None:
    assert named(network, approver, deputy).deputy.username == deputy


def test_a_deputy_who_leaves_the_section_decides_nothing_there(network: Network) -> None:
    named(network, "focal-kh", "editor-kh")
    network.user("editor-kh").groups.clear()
    state = submit(network, draft(network, "focal-kh"), "focal-kh")
    with pytest.raises(PermissionDenied):
        decide(task_state_id=state.pk, user=network.user("editor-kh"), action="approve")


def test_dates_and_people_that_make_no_sense_are_refused(network: Network) -> None:
    with pytest.raises(ApprovalRefusedError, match="their own deputy"):
        named(network, "focal-kh", "focal-kh")
    with pytest.raises(ApprovalRefusedError, match="before the first"):
        named(network, "focal-kh", "editor-kh", first=3, last=2)
    with pytest.raises(ApprovalRefusedError, match="over already"):
        named(network, "focal-kh", "editor-kh", first=-3, last=-2)
    with pytest.raises(PermissionDenied):
        named(network, "focal-kh", "editor-kh", by="editor-kh")
    row = named(network, "focal-kh", "editor-kh", by="secretariat")
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=row.pk).update(ends_on=row.starts_on - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        end_deputy(row=row, user=network.user("editor-kh"))


def test_deputies_are_named_and_ended_in_the_admin(network: Network) -> None:
    today = timezone.localdate().isoformat()
    client = network.client("focal-kh")
    data = {"deputy": network.user("editor-kh").pk, "starts_on": today, "ends_on": today}
    content = client.post("/admin/approval/deputies/", data, follow=True).content.decode()
    assert "editor-kh decides for focal-kh in that time." in content
    row = Deputy.objects.get()
    url = f"/admin/approval/deputies/{row.pk}/end/"
    assert network.client("focal-th").post(url).status_code == 302
    assert network.client("focal-th").get("/admin/approval/deputies/").status_code == 200
    assert Deputy.objects.get().ended_at is None
    assert "any more" in client.post(url, follow=True).content.decode()
    assert "over already" in client.post(url, follow=True).content.decode()
    stranger = {**data, "deputy": network.user("editor-th").pk}
    content = client.post("/admin/approval/deputies/", stranger).content.decode()
    assert "Select a valid choice." in content
    assert Deputy.objects.count() == 1


def test_the_secretariat_names_one_for_who_is_absent(network: Network) -> None:
    today = timezone.localdate().isoformat()
    data = {
        "approver": network.user("focal-kh").pk,
        "deputy": network.user("editor-kh").pk,
        "starts_on": today,
        "ends_on": today,
    }
    network.client("secretariat").post("/admin/approval/deputies/", data)
    row = Deputy.objects.get()
    assert (row.approver.username, row.named_by and row.named_by.username) == (
        "focal-kh",
        "secretariat",
    )


@pytest.mark.parametrize("name", ["editor-kh", "campaigner", "nobody"])
def test_who_decides_nothing_names_nobody(network: Network, name: str) -> None:
    assert network.client(name).get("/admin/approval/deputies/").status_code == 302
