"""What `doctor` finds missing is what provisioning mends, whatever it is."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    WorkflowPage,
    WorkflowTask,
)

from coalition.sections.models import Section, SectionGroup
from countries.doctor import sections as examine
from countries.domain.lacking import lacking
from countries.domain.provision import provision_section
from tests.network import Network

Damage = Callable[[Section], object]

DAMAGES: dict[str, Damage] = {
    "its page in km": lambda kh: Page.objects.get(url_path="/km/countries/cambodia/").delete(),
    "its list of campaigns or stories in km": lambda kh: Page.objects.get(
        url_path="/km/countries/cambodia/campaigns/"
    ).delete(),
    "the group of its editors": lambda kh: Group.objects.get(name="kh editors").delete(),
    "the group of its translators km": lambda kh: Group.objects.get(
        name="kh translators km"
    ).delete(),
    "the right of its editors to enter the admin": lambda kh: Group.objects.get(
        name="kh editors"
    ).permissions.clear(),
    "page permissions (1)": lambda kh: (
        GroupPagePermission.objects.filter(group__name="kh editors").first().delete()
    ),
    "its collection": lambda kh: (
        Section.objects.filter(pk=kh.pk).update(collection=None),
        Collection.objects.get(name="kh").delete(),
    ),
    "permissions on its collection (1)": lambda kh: (
        GroupCollectionPermission.objects.filter(collection__name="kh").first().delete()
    ),
    "its workflow": lambda kh: (
        Section.objects.filter(pk=kh.pk).update(workflow=None),
        kh.workflow.delete(),
    ),
    "the step “Section review” of its workflow": lambda kh: WorkflowTask.objects.filter(
        workflow=kh.workflow, task__name="Section review"
    ).delete(),
    "the step “Secretariat” of its workflow": lambda kh: WorkflowTask.objects.filter(
        workflow=kh.workflow, task__name="Secretariat"
    ).delete(),
    "its workflow on its pages (1)": lambda kh: WorkflowPage.objects.get(
        page__url_path="/km/countries/cambodia/"
    ).delete(),
}


def kh() -> Section:
    return Section.objects.get(code="kh")


@pytest.mark.parametrize("what", DAMAGES)
def test_what_is_missing_is_named_and_mended(network: Network, what: str) -> None:
    assert lacking([kh(), network.th]) == {}
    DAMAGES[what](kh())
    found = lacking([kh(), network.th])
    assert list(found) == [kh()]
    assert what in found[kh()]
    provision_section(code="kh", kind="country", languages_used=[])
    assert lacking([kh(), network.th]) == {}
    assert provision_section(code="kh", kind="country", languages_used=[]).done == []


def test_a_step_that_groups_approve_is_named_and_mended(network: Network) -> None:
    step = GroupApprovalTask.objects.create(name="kh: section review", active=True)
    rows = WorkflowTask.objects.filter(workflow=network.kh.workflow)
    rows.filter(task__name="Section review").update(task=step.task_ptr)
    assert lacking([kh()]) == {kh(): ["the step “Section review” of its workflow"]}
    provision_section(code="kh", kind="country", languages_used=[])
    assert lacking([kh()]) == {}
    names = rows.order_by("sort_order").values_list("task__name", flat=True)
    assert list(names) == ["Section review", "Secretariat"]


def test_doctor_names_the_command_that_mends(network: Network) -> None:
    assert examine() == []
    network.kh.workflow.workflow_pages.all().delete()
    assert examine() == [
        (
            "Section kh lacks its workflow on its pages (2). "
            "Run: manage.py provision_section kh --kind country."
        )
    ]
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=(out := StringIO()))
    assert json.loads(out.getvalue())["checks"]["sections"] == examine()


def test_doctor_names_groups_that_publish_past_the_secretariat(network: Network) -> None:
    group = Group.objects.get(name="kh focal-points")
    GroupPagePermission.objects.create(
        group=group,
        page=network.root(network.kh),
        permission=Permission.objects.get(codename="publish_page"),
    )
    assert examine() == [
        (
            "Group “kh focal-points” may publish, past every approval, on /en/countries/cambodia/. "
            "Run: manage.py repair_sections kh."
        )
    ]


def test_an_archived_section_lacks_nothing(network: Network) -> None:
    SectionGroup.objects.filter(section=network.kh).delete()
    Section.objects.filter(code="kh").update(status="archived")
    assert examine() == []


def test_the_queries_do_not_grow_with_the_sections(
    network: Network, django_assert_num_queries: Callable[..., object]
) -> None:
    for found in ([network.kh], [network.kh, network.th]):
        with django_assert_num_queries(13):
            lacking(found)


def test_a_trusted_section_has_no_second_step(network: Network) -> None:
    Section.objects.filter(code="kh").update(approval="section")
    provision_section(code="kh", kind="country", languages_used=[])
    assert [task.name for task in kh().workflow.tasks] == ["Section review"]
    assert lacking([kh()]) == {}
    Section.objects.filter(code="kh").update(approval="secretariat")
    provision_section(code="kh", kind="country", languages_used=[])
    assert [task.name for task in kh().workflow.tasks] == ["Section review", "Secretariat"]
