"""Who approves pages: the section's focal points, then the secretariat."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    GroupApprovalTask,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from coalition.approval.domain.starting import adopt_waiting
from coalition.approval.domain.workflows import (
    SECRETARIAT,
    SECTION_REVIEW,
    ensure_shared_workflows,
    secretariat_step,
    section_step,
)
from coalition.approval.models import Step
from coalition.sections.models import Approval, Section
from countries.models import SectionPage
from home.models import HomePage

NETWORK = "network"
OF_A_SECTION = ": section review"
"""How the steps ended that sections had of their own, before one step served all of them."""


def steps_of(section: Section) -> list[str]:
    """The names of the steps a page of the section goes through."""
    if section.approval == Approval.SECTION:
        return [SECTION_REVIEW]
    return [SECTION_REVIEW, SECRETARIAT]


@transaction.atomic
def ensure_workflow(section: Section) -> int:
    """The section's workflow with its steps, on its trees. Returns the number of new rows."""
    made = adopt_group_steps()
    if section.workflow is None:
        section.workflow = Workflow.objects.create(name=section.code, active=True)
        section.save(update_fields=["workflow"])
        made += 1
    made += _ensure_steps(section.workflow, section)
    roots = SectionPage.objects.filter(section=section)
    return made + _govern(section.workflow, roots.values_list("pk", flat=True))


def _ensure_steps(workflow: Workflow, section: Section | None) -> int:
    steps = [section_step()] if section else []
    if section is None or section.approval != Approval.SECTION:
        steps.append(secretariat_step())
    rows = WorkflowTask.objects.filter(workflow=workflow, task=secretariat_step().pk)
    dropped, _rows = rows.exclude(task__in=[step.pk for step in steps]).delete()
    return int(dropped) + sum(_ensure_step(workflow, step, at) for at, step in enumerate(steps))


def _ensure_step(workflow: Workflow, step: Step, order: int) -> int:
    _row, created = WorkflowTask.objects.get_or_create(
        workflow=workflow, task=step.task_ptr, defaults={"sort_order": order}
    )
    return int(created)


@transaction.atomic
def adopt_group_steps() -> int:
    """Put the shared steps in the place of those that groups approved, one for each section.

    What waits and what was decided goes on in them. Returns how many were replaced.
    """
    codes = Section.objects.values_list("code", flat=True)
    old = GroupApprovalTask.objects.filter(
        Q(name=SECRETARIAT) | Q(name__in=[f"{code}{OF_A_SECTION}" for code in codes])
    )
    replaced = 0
    for task in old:
        step = secretariat_step() if task.name == SECRETARIAT else section_step()
        TaskState.objects.filter(task=task.pk).update(task=step.pk)
        rows = WorkflowTask.objects.filter(task=task.pk)
        for row in rows:
            if WorkflowTask.objects.filter(workflow=row.workflow_id, task=step.pk).exists():
                row.delete()
            else:
                WorkflowTask.objects.filter(pk=row.pk).update(task=step.pk)
        task.delete()
        replaced += 1
    if replaced:
        adopt_waiting()
    return replaced


def after_migrate(**kwargs: Any) -> None:
    """Receiver of `post_migrate`: networks that were made with groups as steps go on."""
    adopt_group_steps()


@transaction.atomic
def ensure_network_workflow() -> None:
    """Pages of the network as a whole are approved by the secretariat alone."""
    ensure_shared_workflows()
    workflow, _created = Workflow.objects.get_or_create(name=NETWORK, defaults={"active": True})
    _ensure_steps(workflow, None)
    _govern(workflow, HomePage.objects.values_list("pk", flat=True))


def _govern(workflow: Workflow, pages: Iterable[int]) -> int:
    """Put trees under a workflow; those that have one already keep it."""
    missing = ungoverned(list(pages))
    WorkflowPage.objects.bulk_create(
        WorkflowPage(workflow=workflow, page_id=page) for page in missing
    )
    return len(missing)


def ungoverned(pages: Sequence[int]) -> list[int]:
    """The ids among `pages` that no workflow has been put on directly."""
    taken = WorkflowPage.objects.filter(page__in=pages).values_list("page_id", flat=True)
    return sorted(set(pages) - set(taken))


def mirror_workflow(source: Page, target: Page) -> None:
    """The workflow of a page governs its copy in another language too."""
    row = WorkflowPage.objects.filter(page=source).first()
    if row and ungoverned([target.pk]):
        WorkflowPage.objects.create(workflow=row.workflow, page=target)
