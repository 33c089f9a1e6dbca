"""Takes away what drifted in: one change each, and each may run again."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from coalition.core import visibility
from coalition.core.models import CoalitionPage
from coalition.sections.models import Section
from countries.domain.provision import provision_section
from countries.domain.workflows import ensure_workflow, steps_of


def complete(section: Section, *languages: str) -> None:
    """Make what is missing, as provisioning does; in `languages` too."""
    provision_section(code=section.code, kind=section.kind, languages_used=languages)


def take_page_right(pk: int) -> None:
    """Take one page permission away."""
    GroupPagePermission.objects.filter(pk=pk).delete()


def take_collection_right(pk: int) -> None:
    """Take one permission on a collection away."""
    GroupCollectionPermission.objects.filter(pk=pk).delete()


def drop_group(pk: int) -> None:
    """Delete a group that nothing is left for; the people in it keep their accounts."""
    Group.objects.filter(pk=pk).delete()


def govern(pk: int, workflow: int) -> None:
    """Put a section root under its section's workflow; what waits for approval goes on there."""
    WorkflowPage.objects.filter(pk=pk).update(workflow=workflow)


def ungovern(pk: int) -> None:
    """Let a page follow the workflow of the page above it again."""
    WorkflowPage.objects.filter(pk=pk).delete()


@transaction.atomic
def order_steps(section: Section) -> None:
    """The steps of the section, in their order, and no others."""
    if section.workflow is None:
        return
    wanted = steps_of(section)
    rows = WorkflowTask.objects.filter(workflow=section.workflow)
    rows.exclude(task__name__in=wanted).delete()
    for order, name in enumerate(wanted):
        rows.filter(task__name=name).update(sort_order=order)
    ensure_workflow(section)


def switch_on(workflow: int) -> None:
    """A workflow that was disabled approves again."""
    Workflow.objects.filter(pk=workflow).update(active=True)


def switch_step_on(task: int) -> None:
    """A step that was disabled is asked again."""
    Task.objects.filter(pk=task).update(active=True)


@transaction.atomic
def store_section(model: type[CoalitionPage], pk: int, section: int | None) -> None:
    """Let a page know in which section it stands, and tell search and feeds."""
    model.objects.filter(pk=pk).update(section=section)
    visibility.announce(Page.objects.filter(pk=pk))
