"""The pages of approval: the list, one text, what is urgent, deputies."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.approval.models import Note, Submission
from coalition.sections.models import Role
from countries.domain.groups import ensure_group
from tests.approval.submitting import (
    BODY,
    draft,
    edited,
    khmer_draft,
    letters_owed,
    post,
    state_of,
    submit,
    with_addresses,
)
from tests.factories import now, standard_page
from tests.network import Network, join


def text(network: Network, name: str, url: str) -> str:
    answer = network.client(name).get(url)
    assert answer.status_code == 200
    content: str = answer.content.decode()
    return content


def test_each_sees_what_waits_for_them(network: Network) -> None:
    submit(network, draft(network, title="Rivers of Cambodia"), "editor-kh")
    theirs = standard_page(network.root(network.th), live=False, title="Rivers of Thailand")
    submit(network, theirs, "editor-th")
    submit(network, khmer_draft(network), "translator-km")
    titles = ("Rivers of Cambodia", "Rivers of Thailand", "ទន្លេ")
    seen = {
        name: [title in text(network, name, "/admin/approval/") for title in titles]
        for name in ("focal-kh", "focal-th", "reader-km", "translator-km", "superuser")
    }
    assert seen == {
        "focal-kh": [True, False, False],
        "focal-th": [False, True, False],
        "reader-km": [False, False, True],
        "translator-km": [False, False, False],
        "superuser": [True, True, True],
    }


def test_the_menu_says_how_much_waits(network: Network) -> None:
    submit(network, draft(network), "editor-kh")
    assert "Waiting for me (1)" in text(network, "focal-kh", "/admin/")
    assert "Waiting for me (1)" not in text(network, "focal-th", "/admin/")
    assert "Waiting for me" not in text(network, "editor-kh", "/admin/")


def test_wagtails_home_and_dialogues_know_the_same(network: Network) -> None:
    page = draft(network, title="Rivers")
    submit(network, page, "editor-kh")
    assert "Rivers" in text(network, "focal-kh", "/admin/")
    edit = f"/admin/pages/{page.pk}/edit/"
    assert "/approve/" in text(network, "focal-kh", edit)
    content = text(network, "editor-kh", edit)
    assert "/approve/" not in content
    assert "withdraw it to go on writing" in content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["First", "Second"]),
        ("?urgent=on", ["Second"]),
        ("?section=kh", ["First", "Second"]),
        ("?section=network", []),
        ("?section=th", []),
        ("?language=en", ["First", "Second"]),
        ("?language=km", []),
        ("?kind=secretariat", ["First", "Second"]),
        ("?kind=reader", []),
        ("?kind=nonsense&language=xx&p=many", ["First", "Second"]),
    ],
)
def test_the_list_is_filtered(network: Network, query: str, found: list[str]) -> None:
    for title in ("First", "Second"):
        page = draft(network, title=title)
        post(network, "focal-kh", submit(network, page, "editor-kh"), "approve")
    Submission.objects.filter(page__draft_title="Second").update(urgent=True, reason="Flood")
    content = text(network, "secretariat", f"/admin/approval/{query}")
    assert [title for title in ("First", "Second") if f">{title}</a>" in content] == found
    assert ("Nothing that waits for you matches this." in content) is not bool(found)


def test_nothing_waits(network: Network) -> None:
    content = text(network, "focal-kh", "/admin/approval/")
    assert "Nothing waits for you." in content
    assert "You have not decided anything yet." in content


def test_what_is_ticked_is_approved_and_the_rest_explained(network: Network) -> None:
    pages = [draft(network, title=title) for title in ("First", "Second")]
    states = [submit(network, page, "editor-kh") for page in pages]
    edited(pages[1], network, "focal-kh", title="Newer")
    ticked = [f"{state.pk}:{state.revision_id}" for state in states]
    client = network.client("focal-kh")
    content = client.post("/admin/approval/", {"item": [*ticked, "x"]}).content.decode()
    assert "1 text is approved." in content
    assert "<strong>Second</strong>: “Second” was edited since it was submitted" in content
    assert [state_of(page).task.name for page in pages] == ["Secretariat", "Section review"]
    content = client.post("/admin/approval/", {}, follow=True).content.decode()
    assert "Tick the texts that you approve first." in content


def queries(network: Network, name: str) -> int:
    client = network.client(name)
    client.get("/admin/approval/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/admin/approval/").status_code == 200
    return len(captured)


def test_the_queries_do_not_grow_with_what_waits(network: Network) -> None:
    submit(network, draft(network), "editor-kh")
    post(network, "focal-kh", submit(network, draft(network), "editor-kh"), "approve")
    few = {name: queries(network, name) for name in ("focal-kh", "secretariat")}
    for _number in range(3):
        submit(network, draft(network), "editor-kh")
        post(network, "focal-kh", submit(network, draft(network), "editor-kh"), "approve")
    many = {name: queries(network, name) for name in ("focal-kh", "secretariat")}
    assert few == many == {"focal-kh": 23, "secretariat": 21}


@pytest.mark.parametrize("name", ["focal-th", "editor-th", "campaigner", "translator-km", "nobody"])
def test_a_text_is_nobodys_who_does_not_work_on_the_page(network: Network, name: str) -> None:
    state = submit(network, draft(network, title="Secret"), "editor-kh")
    client = network.client(name)
    for answer in (
        client.get(f"/admin/approval/{state.pk}/"),
        client.post(f"/admin/approval/{state.pk}/", {"action": "note", "comment": "Hm"}),
    ):
        assert answer.status_code in (302, 404)
        assert "Secret" not in answer.content.decode()
    assert not Note.objects.exists()


def test_those_who_wait_see_it_and_do_not_decide(network: Network) -> None:
    state = submit(network, draft(network, title="Rivers"), "editor-kh")
    content = text(network, "editor-kh", f"/admin/approval/{state.pk}/")
    assert 'value="approve"' not in content
    assert 'value="note"' in content
    assert "You submitted this text: somebody else decides on it." in content
    assert 'value="approve"' in text(network, "focal-kh", f"/admin/approval/{state.pk}/")


def test_old_and_new_stand_side_by_side(network: Network) -> None:
    page = standard_page(network.root(network.kh), title="Rivers", summary="They flow fast.")
    state = submit(
        network, edited(page, network, "editor-kh", summary="They flow slow."), "editor-kh"
    )
    content = text(network, "focal-kh", f"/admin/approval/{state.pk}/")
    assert 'They flow <del><span class="w-sr-only">Taken away: </span>fast</del>.' in content
    assert 'They flow <ins><span class="w-sr-only">Added: </span>slow</ins>.' in content
    assert "Public now: English" in content
    assert "1 piece is marked" in content


def test_what_is_no_text_is_named(network: Network) -> None:
    page = standard_page(network.root(network.kh), body=BODY)
    body = [("paragraph", '<p><a href="https://elsewhere.example">The river</a></p>')]
    state = submit(network, edited(page, network, "editor-kh", body=body), "editor-kh")
    content = text(network, "focal-kh", f"/admin/approval/{state.pk}/")
    assert "Changed besides words:</strong> Body" in content


def test_a_translation_stands_beside_its_source(network: Network) -> None:
    page = khmer_draft(network)
    post(network, "reader-km", submit(network, page, "translator-km"), "approve")
    source = now(page).get_translation(network.root(network.kh).locale)
    edited(source, network, "editor-kh", title="Wide rivers").latest_revision.publish()
    page = edited(now(page), network, "translator-km", title="ទន្លេ ធំ")
    state = submit(network, page, "translator-km")
    edited(source, network, "editor-kh", title="Later").latest_revision.publish()
    content = text(network, "reader-km", f"/admin/approval/{state.pk}/")
    assert '<td lang="en" dir="ltr"' in content
    assert '<td lang="km" dir="ltr"' in content
    # As it was when the translation was submitted, marked since the last approval.
    assert '<ins><span class="w-sr-only">Added: </span>Wide' in content
    assert "Added: </span> ធំ</ins></td>" in content
    assert "Later" not in content


def test_those_who_wait_and_those_who_decide_talk(network: Network) -> None:
    with_addresses(network, "editor-kh", "focal-kh", "focal-th", "secretariat")
    state = submit(network, draft(network), "editor-kh")
    post(network, "editor-kh", state, "note", comment="Please look at the date.")
    post(network, "focal-kh", state, "note", comment="It is <b>right</b>.")
    assert letters_owed() == [("focal-kh", "approval/note"), ("editor-kh", "approval/note")]
    content = text(network, "editor-kh", f"/admin/approval/{state.pk}/")
    assert "Please look at the date." in content
    assert "It is &lt;b&gt;right&lt;/b&gt;." in content
    answer = post(network, "focal-kh", state, "note").content.decode()
    assert "Write a comment first." in answer


def test_what_was_typed_stays_when_it_is_refused(network: Network) -> None:
    page = draft(network)
    state = submit(network, page, "editor-kh")
    edited(page, network, "focal-kh", title="Newer")
    answer = post(network, "focal-kh", state, "approve", comment="Very good.").content.decode()
    assert "was edited since it was submitted" in answer
    assert ">Very good.</textarea>" in answer
    answer = post(network, "focal-kh", state, "dance", comment="Very good.").content.decode()
    assert "This form is not complete." in answer
    assert ">Very good.</textarea>" in answer


def test_a_text_is_withdrawn_to_go_on_writing(network: Network) -> None:
    page = draft(network)
    state = submit(network, page, "editor-kh")
    join("editor-kh-2", ensure_group(Role.EDITORS, network.kh))
    post(network, "editor-kh-2", state, "withdraw")
    assert now(page).current_workflow_state is None
    answer = post(network, "editor-kh-2", state, "withdraw").content.decode()
    assert "does not wait for a decision any more" in answer
    answer = post(network, "focal-kh", state, "approve").content.decode()
    assert "was withdrawn meanwhile by editor-kh-2" in answer


def urgent(network: Network, name: str, page: Any, reason: str) -> str:
    url = f"/admin/approval/urgent/{page.pk}/"
    answer = network.client(name).post(url, {"reason": reason}, follow=True)
    content: str = answer.content.decode()
    return content


def test_what_is_urgent_goes_to_the_secretariat_alone(network: Network) -> None:
    with_addresses(network, "editor-kh", "focal-kh", "secretariat")
    page = draft(network, title="Flood")
    content = urgent(network, "editor-kh", page, "People must leave today.")
    assert "“Flood” is submitted as urgent." in content
    assert letters_owed() == [("secretariat", "approval/urgent")]
    assert state_of(page).task.name == "Secretariat"
    listed = text(network, "secretariat", "/admin/approval/")
    assert ">Urgent</strong>" in listed
    assert "People must leave today." in listed
    assert "Flood" not in text(network, "focal-kh", "/admin/approval/")
    post(network, "secretariat", state_of(page), "approve")
    assert now(page).live is True
    assert letters_owed()[1:] == [("editor-kh", "approval/approved")]


def test_what_waits_already_becomes_urgent(network: Network) -> None:
    page = draft(network)
    before = submit(network, page, "editor-kh")
    urgent(network, "editor-kh", page, "Today.")
    state = state_of(page)
    assert (state.task.name, state.revision_id) == ("Secretariat", before.revision_id)
    assert now(page).workflow_states.active().count() == 1


def test_what_cannot_be_urgent_is_told(network: Network) -> None:
    page = draft(network)
    assert "This field is required." in urgent(network, "editor-kh", page, "")
    assert "Say why" not in urgent(network, "focal-th", page, "Because.")
    live = standard_page(network.root(network.kh), title="Calm")
    assert "“Calm” is public as it is" in urgent(network, "editor-kh", live, "Because.")
    assert not Submission.objects.exists()


def test_the_editor_offers_urgency_to_those_who_may_submit(network: Network) -> None:
    page = draft(network)
    assert f"/admin/approval/urgent/{page.pk}/" in text(
        network, "editor-kh", f"/admin/pages/{page.pk}/edit/"
    )


def test_the_secretariat_is_in_the_history_of_a_page(network: Network) -> None:
    page = draft(network)
    urgent(network, "editor-kh", page, "Today.")
    post(network, "secretariat", state_of(page), "note", comment="On it.")
    content = text(network, "editor-kh", f"/admin/pages/{page.pk}/history/")
    assert "Submitted as urgent" in content
    assert "Comment added" in content


def test_a_translation_written_by_itself_is_paired_by_order(network: Network) -> None:
    """Blocks of pages that were brought in from elsewhere have no ids in common."""
    page = khmer_draft(network, body=[("heading", "ទន្លេ"), ("heading", "សមុទ្រ")])
    source = page.get_translation(network.root(network.kh).locale)
    body = [("heading", "River"), ("heading", "Sea")]
    edited(source, network, "editor-kh", body=body).latest_revision.publish()
    state = submit(network, page, "translator-km")
    rows = text(network, "reader-km", f"/admin/approval/{state.pk}/").split("<tr>")
    for words in (("River", "ទន្លេ</td>"), ("Sea", "សមុទ្រ")):
        assert any(all(word in row for word in words) for row in rows)
