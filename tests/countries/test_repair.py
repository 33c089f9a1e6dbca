"""Drift of rights, collections, approval and stored sections: found, named, mended, once."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from coalition.sections.models import Section, SectionGroup
from countries.doctor import sections as examine
from countries.domain.archive import archive_section
from countries.domain.drift import deviations
from countries.domain.groups import ensure_group
from countries.domain.provision import provision_section
from countries.domain.repair import repair_sections
from home.models import StandardPage
from search.models import SearchEntry
from tests.factories import child_of, home_of, standard_page
from tests.network import Network

Damage = Callable[[Network], object]


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def give(name: str, page: Page, codename: str = "change_page") -> None:
    GroupPagePermission.objects.create(
        group=group(name), page=page, permission=Permission.objects.get(codename=codename)
    )


def give_collection(name: str, collection: Collection) -> None:
    GroupCollectionPermission.objects.create(
        group=group(name),
        collection=collection,
        permission=Permission.objects.get(codename="change_image"),
    )


def extra_step(network: Network) -> None:
    task = GroupApprovalTask.objects.create(name="Their friends", active=True)
    WorkflowTask.objects.create(workflow=network.kh.workflow, task=task.task_ptr, sort_order=5)


def other_order(network: Network) -> None:
    rows = WorkflowTask.objects.filter(workflow=network.kh.workflow)
    rows.filter(task__name="Secretariat").update(sort_order=-1)


def lost_language(network: Network) -> None:
    ensure_group("translators", network.kh, "th")


def govern(network: Network) -> None:
    WorkflowPage.objects.filter(page=network.root(network.kh)).update(workflow=network.th.workflow)


def govern_below(network: Network) -> None:
    WorkflowPage.objects.create(
        workflow=network.th.workflow, page=child_of(network.root(network.kh), "stories")
    )


def mislaid(network: Network) -> None:
    standard_page(network.root(network.kh), slug="guide")
    StandardPage.objects.filter(slug="guide").update(section=network.th)


def forgotten(network: Network) -> None:
    standard_page(network.root(network.kh), slug="guide")
    StandardPage.objects.filter(slug="guide").update(section=None)


def unnamed_language(network: Network) -> None:
    Section.objects.filter(pk=network.kh.pk).update(languages=["en"])
    SectionGroup.objects.filter(section=network.kh, language="km").delete()
    GroupPagePermission.objects.filter(group__name="kh translators km").delete()
    Group.objects.filter(name="kh translators km").delete()


DAMAGES: dict[str, Damage] = {
    "Section kh has a page in km and does not name that language.": unnamed_language,
    "Group “kh editors” holds change_page on /en/countries/thailand/, which is not its own.": (
        lambda network: give("kh editors", network.root(network.th))
    ),
    "Group “kh focal-points” holds change_page on /en/countries/, which is not its own.": (
        lambda network: give("kh focal-points", network.root(network.kh).get_parent())
    ),
    (
        "Group “kh translators km” holds change_page on /en/countries/cambodia/, "
        "which is not its own."
    ): (lambda network: give("kh translators km", network.root(network.kh, "en"))),
    "Group “kh editors” may publish, past every approval, on /km/countries/cambodia/.": (
        lambda network: give("kh editors", network.root(network.kh, "km"), "publish_page")
    ),
    "Group “network campaigners” may publish, past every approval, on /en/.": (
        lambda network: give("network campaigners", home_of(), "publish_page")
    ),
    "Group “kh editors” holds change_image on the collection “th”, which is not its own.": (
        lambda network: give_collection("kh editors", network.th.collection)
    ),
    "Group “kh editors” holds change_image on the collection “Root”, which is not its own.": (
        lambda network: give_collection("kh editors", Collection.get_first_root_node())
    ),
    "Group “kh translators th” is for th, which section kh does not use.": lost_language,
    "/en/countries/cambodia/ is governed by the workflow “th”, not by its section's.": govern,
    "/en/countries/cambodia/stories/ is governed by the workflow “th” of another section.": (
        govern_below
    ),
    (
        "The workflow of kh has the steps “Section review”, “Secretariat”, “Their friends” "
        "instead of “Section review”, “Secretariat”."
    ): extra_step,
    (
        "The workflow of kh has the steps “Secretariat”, “Section review” "
        "instead of “Section review”, “Secretariat”."
    ): other_order,
    "The workflow “kh” is switched off.": (
        lambda network: Workflow.objects.filter(pk=network.kh.workflow_id).update(active=False)
    ),
    "The step “Section review” is switched off.": (
        lambda network: Task.objects.filter(name="Section review").update(active=False)
    ),
    "/en/countries/cambodia/guide/ is stored as a page of th and stands in kh.": mislaid,
    "/en/countries/cambodia/guide/ is stored as a page of no section and stands in kh.": forgotten,
    "Section kh lacks the group of its editors, permissions on its collection (6), ": (
        lambda network: group("kh editors").delete()
    ),
}


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output."""
    out = StringIO()
    try:
        call_command("repair_sections", *arguments, stdout=out, stderr=out)
    except SystemExit as exit:
        return int(exit.code or 0), out.getvalue()
    return 0, out.getvalue()


def everything() -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed
    }


def test_a_whole_network_has_no_drift(network: Network) -> None:
    assert deviations([network.kh, network.th]) == []
    assert examine() == []
    before = everything()
    assert run() == (0, "0 mended, 0 left\n")
    assert everything() == before


@pytest.mark.parametrize("words", DAMAGES)
def test_drift_is_named_and_mended(network: Network, words: str) -> None:
    DAMAGES[words](network)
    code = "" if "network" in words else " kh"
    named = words if words.endswith(".") else None
    damaged = everything()
    dry_code, dry = run("--dry-run")
    assert dry_code == 0
    assert everything() == damaged
    if named:
        expected = f"{named} Run: manage.py repair_sections{code}."
        assert expected in examine() or expected.replace(" kh.", ".") in examine()
        assert f"{named}\n" in dry
    assert run() == (0, dry.replace("would be mended", "mended"))
    assert examine() == []
    mended = everything()
    assert run() == (0, "0 mended, 0 left\n")
    assert everything() == mended


def test_everything_at_once(network: Network) -> None:
    for damage in DAMAGES.values():
        if damage not in (forgotten, unnamed_language):
            damage(network)
    # The first run may make what the second finds too much; then all is as it should be.
    run()
    run()
    assert run() == (0, "0 mended, 0 left\n")
    assert examine() == []


def test_the_log_says_what_was_mended(network: Network) -> None:
    govern(network)
    repair_sections(user=network.user("secretariat"))
    entry = ModelLogEntry.objects.get(action="sections.repaired")
    assert (entry.user.username, entry.data) == (
        "secretariat",
        {
            "mended": [
                "/en/countries/cambodia/ is governed by the workflow “th”, not by its section's."
            ]
        },
    )


def test_only_the_sections_that_are_named(network: Network) -> None:
    give("kh editors", network.root(network.th))
    give("th editors", network.root(network.kh))
    _code, out = run("TH")
    assert out.endswith("1 mended, 0 left\n")
    assert [finding for finding in examine() if "kh editors" in finding]
    with pytest.raises(CommandError, match="There is no section xx"):
        run("xx")


def test_a_mended_page_is_found_by_its_section_again(network: Network) -> None:
    mislaid(network)
    page = StandardPage.objects.get(slug="guide")
    assert SearchEntry.objects.get(page=page).section == network.kh
    SearchEntry.objects.filter(page=page).update(section=network.th, digest="old")
    run()
    assert StandardPage.objects.get(slug="guide").section == network.kh
    assert SearchEntry.objects.get(page=page).section == network.kh


def test_rights_given_by_hand_are_only_named(network: Network) -> None:
    Group.objects.create(name="Friends")
    give("Friends", network.root(network.kh))
    before = GroupPagePermission.objects.count()
    words = "Group “Friends” is no section's, and was given rights on pages or collections by hand."
    assert run() == (0, f"Left as it is: {words}\n0 mended, 0 left\n")
    assert GroupPagePermission.objects.count() == before
    assert examine() == []


def test_what_cannot_be_mended_is_said(network: Network) -> None:
    Group.objects.create(name="Friends")
    give("Friends", network.root(network.kh), "publish_page")
    code, out = run()
    assert code == 1
    assert "Not mended: Group “Friends” may publish, past every approval" in out
    assert "1 left" in out


def test_one_that_cannot_be_mended_holds_up_no_other(network: Network) -> None:
    SectionGroup.objects.filter(section=network.kh, role="editors").delete()
    give("th editors", network.root(network.kh))
    code, out = run()
    assert code == 1
    assert "Not mended: Section kh lacks the group of its editors" in out
    assert "A group “kh editors” exists already and has no role." in out
    assert "1 mended, 1 left" in out


def test_an_archived_section_loses_rights_on_others_alone(network: Network) -> None:
    give("kh editors", network.root(network.th))
    WorkflowPage.objects.filter(page=network.root(network.kh)).delete()
    archive_section(section=network.kh)
    assert len(examine()) == 1
    assert run()[1].endswith("1 mended, 0 left\n")


def test_the_queries_do_not_grow_with_the_sections(network: Network) -> None:
    def queries() -> int:
        sections = list(Section.objects.select_related("workflow"))
        with CaptureQueriesContext(connection) as captured:
            deviations(sections)
        return len(captured)

    few = queries()
    for code in ("np", "la", "vn"):
        provision_section(code=code, kind="country", languages_used=["en", "fr"][:1])
    assert queries() == few
