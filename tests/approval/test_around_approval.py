"""Ways around approval that somebody with an account of a section has tried."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page

from coalition.approval.domain.deciding import decide
from coalition.approval.domain.deputies import name_deputy
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Submission
from coalition.sections.models import Role, Section
from coalition.translation.domain.finishing import submit_translation
from coalition.translation.domain.saving import Typed, fingerprint, save_typed
from countries.domain.bring_back import bring_back
from countries.domain.groups import ensure_group
from countries.domain.provision import provision_section
from countries.domain.takedown import take_down
from home.models import StandardPage
from tests.approval.submitting import edited, state_of, submit
from tests.bulk import make_pages
from tests.countries.test_admin import add, edit
from tests.countries.test_workflow import SUBMIT
from tests.factories import now, standard_page, translate
from tests.network import Network, join
from tests.translation.desk import KHMER, started, work_on


def approve(network: Network, name: str, page: Page) -> None:
    decide(task_state_id=state_of(page).pk, user=network.user(name), action="approve")


def down_and_back(network: Network, page: Page, run: Any, meanwhile: Any = None) -> None:
    """Taken down and brought back, with what is done between the two."""
    done = take_down(page=page, below=False, reason="Danger", user=network.user("focal-kh"))
    if meanwhile:
        meanwhile()
    with run(execute=True):
        bring_back(takedown=done, user=network.user("secretariat"))


def test_a_revision_that_was_decided_on_is_not_written_over(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    editor, root = network.client("editor-kh"), network.root(network.kh)
    add(editor, root, **SUBMIT)
    page = StandardPage.objects.child_of(root).get()
    approve(network, "focal-kh", page)
    approve(network, "secretariat", page)
    approved = now(page).live_revision
    edit(editor, page, title="Not approved", overwrite_revision_id=str(approved.pk))
    approved.refresh_from_db()
    assert approved.content["title"] == "Our guide"
    assert now(page).get_latest_revision_as_object().title == "Not approved"
    down_and_back(network, page, django_capture_on_commit_callbacks)
    assert (now(page).live, now(page).title) == (True, "Our guide")


def test_a_page_without_revision_is_not_brought_back_with_a_newer_text(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    (page,) = make_pages(StandardPage, [network.root(network.kh)], 1, section=network.kh)
    down_and_back(
        network,
        page,
        django_capture_on_commit_callbacks,
        lambda: edit(network.client("editor-kh"), page, title="Not approved"),
    )
    assert (now(page).live, now(page).title) == (False, "Not approved")


def test_small_corrections_do_not_add_up(network: Network, settings: Any) -> None:
    settings.APPROVAL_SMALL_CHANGE = 10
    page = standard_page(network.root(network.kh), summary="The river belongs to the villages.")
    page.save_revision().publish()
    page = edited(page, network, "editor-kh", summary="The river belongs to the Company.")
    submit(network, page, "editor-kh")
    approve(network, "focal-kh", page)
    assert now(page).summary == "The river belongs to the Company."
    page = edited(page, network, "editor-kh", summary="The forest belongs to the Company.")
    submit(network, page, "editor-kh")
    approve(network, "focal-kh", page)
    assert state_of(page).task.name == "Secretariat"
    assert now(page).summary == "The river belongs to the Company."
    approve(network, "secretariat", page)
    page = edited(page, network, "editor-kh", summary="The forest belonged to the Company.")
    submit(network, page, "editor-kh")
    approve(network, "focal-kh", page)
    assert now(page).summary == "The forest belonged to the Company."


def test_who_stands_in_for_a_focal_point_is_not_the_secretariat(network: Network) -> None:
    both = network.user("secretariat")
    both.groups.add(ensure_group(Role.FOCAL_POINTS, network.kh))
    today = timezone.localdate()
    name_deputy(
        approver=both,
        deputy=network.user("editor-kh"),
        starts_on=today,
        ends_on=today + timedelta(days=1),
        user=both,
    )
    page = standard_page(network.root(network.kh), live=False)
    submit(network, page, "translator-km")
    approve(network, "editor-kh", page)
    with pytest.raises(PermissionDenied):
        approve(network, "editor-kh", page)
    assert (state_of(page).task.name, now(page).live) == ("Secretariat", False)


def test_who_translated_does_not_read_it_as_the_second(network: Network) -> None:
    _source, page = started(network)
    work = work_on(network, page)
    typed = [Typed(s.key, KHMER[s.source], fingerprint(s.text)) for s in work.segments]
    assert save_typed(work=work, typed=typed, user=network.user("translator-km")).is_clean
    submit_translation(page=page, user=network.user("editor-kh"))
    with pytest.raises(PermissionDenied):
        approve(network, "translator-km", page)
    approve(network, "reader-km", page)
    assert now(page).live is True


def test_a_page_takes_no_easier_approval_to_another_section(network: Network) -> None:
    Section.objects.filter(code="kh").update(approval="section")
    provision_section(code="kh", kind="country", languages_used=[])
    join("focal-th-2", ensure_group(Role.FOCAL_POINTS, network.th))
    page = standard_page(network.root(network.kh), live=False)
    submit(network, page, "editor-kh")
    now(page).move(network.root(network.th), pos="last-child")
    with pytest.raises(ApprovalRefusedError, match="submit it anew"):
        approve(network, "focal-th", page)
    assert (now(page).live, Submission.objects.get().section) == (False, network.th)


def test_a_draft_does_not_move_what_is_public_below_it(network: Network) -> None:
    page = standard_page(network.root(network.kh), slug="guide")
    below = standard_page(page, slug="maps")
    now(page).unpublish()
    address = now(below).url_path
    edit(network.client("editor-kh"), page, slug="elsewhere", title="Better guide")
    assert now(page).get_latest_revision_as_object().title == "Better guide"
    assert (now(below).live, now(below).url_path) == (True, address)


def test_a_draft_does_not_move_what_is_public_in_another_language(network: Network) -> None:
    page = standard_page(network.root(network.kh), slug="guide")
    khmer = translate(page, "km")
    now(page).unpublish()
    edit(network.client("editor-kh"), page, slug="elsewhere", title="Better guide")
    assert now(page).get_latest_revision_as_object().title == "Better guide"
    assert (now(khmer).live, now(khmer).slug) == (True, "guide")
