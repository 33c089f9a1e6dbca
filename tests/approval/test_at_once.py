"""Two people decide in the same moment: one of them does, the other one is told."""

import threading

import pytest
from django.db import connections
from wagtail.models import TaskState

from coalition.accounts.models import User
from coalition.approval.domain.deciding import decide
from coalition.approval.errors import ApprovalRefusedError
from coalition.sections.models import Role
from countries.domain.groups import ensure_group
from tests.approval.submitting import draft, state_of, submit
from tests.factories import now
from tests.network import build, join


def _decide_at_once(first: str, second: str) -> None:
    network = build()
    join("focal-kh-2", ensure_group(Role.FOCAL_POINTS, network.kh))
    page = draft(network)
    state = submit(network, page, "editor-kh")
    start = threading.Barrier(2)
    told: list[str] = []

    def run(name: str, action: str) -> None:
        user = User.objects.get(username=name)
        start.wait()
        try:
            decide(task_state_id=state.pk, user=user, action=action, comment="Words.")
            told.append("")
        except ApprovalRefusedError as error:
            told.append(error.messages[0])
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=pair)
        for pair in (("focal-kh", first), ("focal-kh-2", second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(words) for words in told) == [False, True]
    assert "meanwhile by focal-kh" in max(told)
    decided = TaskState.objects.get(pk=state.pk).status
    if decided == "approved":
        assert state_of(page).task.name == "Secretariat"
    else:
        assert now(page).current_workflow_state.status == "needs_changes"


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_are_one() -> None:
    _decide_at_once("approve", "approve")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_an_approval_and_a_refusal_at_once_are_one_decision() -> None:
    _decide_at_once("approve", "reject")
