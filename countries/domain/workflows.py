"""Who approves pages: the section's focal points, then the secretariat."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from coalition.sections.models import Approval, Role, Section
from countries.domain.groups import ensure_group
from countries.models import SectionPage
from home.models import HomePage

NETWORK = "network"
SECRETARIAT = "Secretariat"


def review_of(section: Section) -> str:
    """The name of the section's own step."""
    return f"{section.code}: section review"


def steps_of(section: Section) -> list[str]:
    """The names of the steps a page of the section goes through."""
    if section.approval == Approval.SECTION:
        return [review_of(section)]
    return [review_of(section), SECRETARIAT]


@transaction.atomic
def ensure_workflow(section: Section) -> int:
    """The section's workflow with its steps, on its trees. Returns the number of new rows."""
    made = 0
    if section.workflow is None:
        section.workflow = Workflow.objects.create(name=section.code, active=True)
        section.save(update_fields=["workflow"])
        made += 1
    made += _ensure_steps(section.workflow, section)
    roots = SectionPage.objects.filter(section=section)
    return made + _govern(section.workflow, roots.values_list("pk", flat=True))


def _ensure_steps(workflow: Workflow, section: Section | None) -> int:
    names = steps_of(section) if section else [SECRETARIAT]
    present = WorkflowTask.objects.filter(workflow=workflow)
    dropped, _rows = present.filter(task__name=SECRETARIAT).exclude(task__name__in=names).delete()
    made = 0
    for order, name in enumerate(names):
        task = _approval(name, None if name == SECRETARIAT else section)
        _row, created = present.get_or_create(
            workflow=workflow, task=task.task_ptr, defaults={"sort_order": order}
        )
        made += created
    return made + int(dropped)


def _approval(name: str, section: Section | None) -> GroupApprovalTask:
    """The step of that name, approved by the section's focal points or by the secretariat."""
    task, _created = GroupApprovalTask.objects.get_or_create(name=name, defaults={"active": True})
    group = ensure_group(Role.FOCAL_POINTS if section else Role.SECRETARIAT, section)
    if not task.groups.filter(pk=group.pk).exists():
        task.groups.add(group)
    return task


@transaction.atomic
def ensure_network_workflow() -> None:
    """Pages of the network as a whole are approved by the secretariat alone."""
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
