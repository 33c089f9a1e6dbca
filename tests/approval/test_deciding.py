"""What goes public is what was submitted, by the word of those whose word it needs."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry, TaskState

from coalition.approval.domain.deciding import approve_all, decide
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Decision, Submission
from coalition.sections.models import Role, Section
from countries.domain.groups import ensure_group
from countries.domain.provision import provision_section
from tests.approval.submitting import BODY, draft, edited, khmer_draft, post, state_of, submit
from tests.factories import now, standard_page
from tests.network import Network, join


def approve(network: Network, name: str, state: TaskState, **more: Any) -> TaskState:
    return decide(task_state_id=state.pk, user=network.user(name), action="approve", **more)


def test_a_text_decided_already_stays_as_it_was_decided(network: Network) -> None:
    join("focal-kh-2", ensure_group(Role.FOCAL_POINTS, network.kh))
    page = draft(network)
    state = submit(network, page, "editor-kh")
    approve(network, "focal-kh", state)
    with pytest.raises(ApprovalRefusedError, match="was approved meanwhile by focal-kh"):
        approve(network, "focal-kh-2", state)
    with pytest.raises(ApprovalRefusedError, match="was approved meanwhile by focal-kh"):
        decide(
            task_state_id=state.pk, user=network.user("focal-kh-2"), action="reject", comment="No."
        )
    assert (state_of(page).task.name, now(page).live) == ("Secretariat", False)
    assert Decision.objects.count() == 1


def test_what_was_edited_meanwhile_is_not_approved(network: Network) -> None:
    page = draft(network, title="First")
    state = submit(network, page, "editor-kh")
    edited(page, network, "focal-kh", title="Second")
    with pytest.raises(ApprovalRefusedError, match="was edited since it was submitted"):
        approve(network, "focal-kh", state)
    assert (state_of(page).pk, now(page).live) == (state.pk, False)
    assert now(page).get_latest_revision_as_object().title == "Second"


def test_the_form_names_the_revision_that_was_read(network: Network) -> None:
    page = draft(network, title="First")
    state = submit(network, page, "editor-kh")
    with pytest.raises(ApprovalRefusedError, match="was edited since it was submitted"):
        approve(network, "focal-kh", state, revision_id=state.revision_id - 1)
    approve(network, "focal-kh", state, revision_id=state.revision_id)
    assert state_of(page).task.name == "Secretariat"


def test_an_edit_between_two_steps_never_goes_public(network: Network) -> None:
    page = draft(network, title="First")
    approve(network, "focal-kh", submit(network, page, "editor-kh"))
    edited(page, network, "secretariat", title="Second")
    second = state_of(page)
    with pytest.raises(ApprovalRefusedError, match="was edited since it was submitted"):
        approve(network, "secretariat", second)
    assert now(page).live is False
    assert second.revision_id == Submission.objects.get().revision_id


def test_nobody_approves_what_they_submitted(network: Network) -> None:
    join("focal-kh-2", ensure_group(Role.FOCAL_POINTS, network.kh))
    page = draft(network, "focal-kh")
    state = submit(network, page, "focal-kh")
    with pytest.raises(ApprovalRefusedError, match="You submitted"):
        approve(network, "focal-kh", state)
    approve(network, "focal-kh-2", state)
    assert state_of(page).task.name == "Secretariat"
    assert Decision.objects.get().own is False


def test_where_there_is_nobody_else_that_is_written_down(network: Network) -> None:
    page = draft(network, "focal-kh")
    approve(network, "focal-kh", submit(network, page, "focal-kh"))
    assert Decision.objects.get().marks() == ["own text, nobody else could decide"]
    entry = PageLogEntry.objects.get(action="approval.marked")
    assert entry.message == "Decided: own text, nobody else could decide"
    assert now(page).live is False


def test_changes_are_asked_for_in_words(network: Network) -> None:
    page = draft(network)
    state = submit(network, page, "editor-kh")
    for comment in ("", "  "):
        with pytest.raises(ApprovalRefusedError, match="Say what has to be changed"):
            decide(
                task_state_id=state.pk,
                user=network.user("focal-kh"),
                action="reject",
                comment=comment,
            )
    assert state_of(page).pk == state.pk


def test_a_reworked_text_is_read_by_all_steps_again(network: Network) -> None:
    page = draft(network, title="First")
    approve(network, "focal-kh", submit(network, page, "editor-kh"))
    secretariat = network.user("secretariat")
    decide(task_state_id=state_of(page).pk, user=secretariat, action="reject", comment="Shorter.")
    page = edited(page, network, "editor-kh", title="Second")
    page.current_workflow_state.resume(network.user("editor-kh"))
    assert state_of(page).task.name == "Section review"
    approve(network, "focal-kh", state_of(page))
    approve(network, "secretariat", state_of(page))
    assert (now(page).live, now(page).title) == (True, "Second")


@pytest.mark.parametrize(
    "name", ["editor-kh", "focal-th", "editor-th", "campaigner", "nobody", "secretariat"]
)
def test_others_decide_nothing_by_any_step_that_serves_all_sections(
    network: Network, name: str
) -> None:
    state = submit(network, draft(network, "focal-kh"), "focal-kh")
    for action in ("approve", "reject"):
        with pytest.raises(PermissionDenied):
            decide(task_state_id=state.pk, user=network.user(name), action=action, comment="Words.")


def test_wagtails_route_looks_at_the_text_and_not_at_the_page_it_names(network: Network) -> None:
    """The address names a page of one's own and what waits of somebody else's."""
    own = submit(network, draft(network), "editor-kh")
    theirs = standard_page(network.root(network.th), live=False)
    state = submit(network, theirs, "editor-th")
    page = own.workflow_state.submission.page
    url = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    network.client("focal-kh").post(url, {"comment": ""})
    assert (state_of(theirs).pk, state_of(page).pk) == (state.pk, own.pk)


def test_what_the_editor_sends_beside_a_comment_changes_nothing(network: Network) -> None:
    """Wagtail hands on whatever the browser sends; `update` would leave the workflow behind."""
    page = draft(network)
    state = submit(network, page, "editor-kh")
    state.task.specific.on_action(
        state, network.user("focal-kh"), "approve", comment="Good.", update=False
    )
    assert state_of(page).task.name == "Secretariat"


def test_reject_without_comment_in_wagtails_dialogue_is_told(network: Network) -> None:
    page = draft(network)
    state = submit(network, page, "editor-kh")
    url = f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/"
    answer = network.client("focal-kh").post(url, {"comment": ""}, follow=True)
    assert "Say what has to be changed in" in answer.content.decode()
    assert state_of(page).pk == state.pk


def test_a_second_reader_approves_a_translation(network: Network) -> None:
    page = khmer_draft(network)
    assert page.get_workflow().name == "translations"
    state = submit(network, page, "translator-km")
    with pytest.raises(ApprovalRefusedError, match="You submitted"):
        approve(network, "translator-km", state)
    for name in ("focal-kh", "secretariat", "editor-kh"):
        with pytest.raises(PermissionDenied):
            approve(network, name, state)
    approve(network, "reader-km", state)
    assert (now(page).live, now(page).title) == (True, "ទន្លេ")
    assert Decision.objects.get().marks() == []


def test_the_author_of_a_translation_is_no_second_reader_of_it(network: Network) -> None:
    page = khmer_draft(network, "reader-km")
    state = submit(network, page, "translator-km")
    with pytest.raises(PermissionDenied):
        approve(network, "reader-km", state)
    approve(network, "translator-all-km", state)
    assert now(page).live is True


def test_where_a_language_has_nobody_else_the_focal_point_may(network: Network) -> None:
    for name in ("reader-km", "translator-all-km"):
        network.user(name).groups.clear()
    page = khmer_draft(network)
    approve(network, "focal-kh", submit(network, page, "translator-km"))
    assert now(page).live is True
    assert Decision.objects.get().marks() == ["no second reader of this language"]
    entry = PageLogEntry.objects.get(action="approval.marked")
    assert entry.message == "Decided: no second reader of this language"


def test_what_translates_nothing_public_goes_through_the_section(network: Network) -> None:
    page = khmer_draft(network)
    page.get_translation(network.root(network.kh).locale).unpublish()
    assert now(page).get_workflow() == network.kh.workflow


def test_a_small_correction_needs_one_approval(network: Network) -> None:
    page = standard_page(network.root(network.kh), title="Rivers", summary="They flow fast.")
    page.save_revision().publish()
    page = edited(page, network, "editor-kh", summary="They flow slow.")
    approve(network, "focal-kh", submit(network, page, "editor-kh"))
    assert (now(page).live, now(page).summary) == (True, "They flow slow.")
    assert now(page).current_workflow_state is None
    skipped = TaskState.objects.get(status="skipped")
    assert (skipped.task.name, skipped.decision.marks()) == ("Secretariat", ["small correction"])
    assert PageLogEntry.objects.filter(page=page.pk, action="approval.skipped").count() == 1


def test_a_small_correction_needs_one_approval_of_somebody_else(network: Network) -> None:
    page = standard_page(network.root(network.kh), summary="They flow fast.")
    page = edited(page, network, "focal-kh", summary="They flow slow.")
    approve(network, "focal-kh", submit(network, page, "focal-kh"))
    assert state_of(page).task.name == "Secretariat"
    assert now(page).summary == "They flow fast."


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Brooks"},
        {"summary": "word " * 40},
        {"body": [("paragraph", '<p><a href="https://elsewhere.example">The river</a></p>')]},
        {"slug": "brooks"},
    ],
)
def test_other_changes_are_not_small(network: Network, change: dict[str, Any]) -> None:
    page = standard_page(network.root(network.kh), title="Rivers", body=BODY)
    page = edited(page, network, "editor-kh", **change)
    approve(network, "focal-kh", submit(network, page, "editor-kh"))
    assert state_of(page).task.name == "Secretariat"


def test_a_trusted_section_decides_alone(network: Network) -> None:
    Section.objects.filter(code="kh").update(approval="section")
    provision_section(code="kh", kind="country", languages_used=[])
    page = draft(network)
    approve(network, "focal-kh", submit(network, page, "editor-kh"))
    assert now(page).live is True


def test_several_at_once_each_stand_for_themselves(network: Network) -> None:
    first, second = draft(network, title="First"), draft(network, title="Second")
    theirs = standard_page(network.root(network.th), live=False, title="Secret")
    states = [submit(network, page, "editor-kh") for page in (first, second)]
    states.append(submit(network, theirs, "editor-th"))
    edited(first, network, "focal-kh", title="Newer")
    results = approve_all(
        shown=[*((state.pk, state.revision_id) for state in states), (0, 0)],
        user=network.user("focal-kh"),
    )
    assert [result.title for result in results] == ["First", "Second", "", ""]
    assert [bool(result.refused) for result in results] == [True, False, True, True]
    assert "was edited since it was submitted" in results[0].refused
    names = [state_of(page).task.name for page in (first, second, theirs)]
    assert names == ["Section review", "Secretariat", "Section review"]


def test_buttons_of_the_review_page_decide(network: Network) -> None:
    page = draft(network, title="Rivers")
    state = submit(network, page, "editor-kh")
    answer = post(network, "focal-kh", state, "approve").content.decode()
    assert "“Rivers” is approved." in answer
    answer = post(network, "focal-kh", state, "approve").content.decode()
    assert "was approved meanwhile by focal-kh" in answer
    answer = post(network, "secretariat", state_of(page), "reject").content.decode()
    assert "Say what has to be changed in “Rivers”" in answer
    post(network, "secretariat", state_of(page), "reject", comment="Name the river.")
    assert now(page).current_workflow_state.status == "needs_changes"


def test_what_waits_follows_its_page_to_another_section(network: Network) -> None:
    page = draft(network)
    state = submit(network, page, "editor-kh")
    now(page).move(network.root(network.th), pos="last-child")
    assert Submission.objects.get().section == network.th
    with pytest.raises(PermissionDenied):
        approve(network, "focal-kh", state)
    approve(network, "focal-th", state)
    assert state_of(page).task.name == "Secretariat"
