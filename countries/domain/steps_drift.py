"""Approval that is not what its section says: other steps, another order, other approvers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from coalition.sections.models import Role, Section, SectionGroup
from countries.domain import mending
from countries.domain.workflows import SECRETARIAT, review_of, steps_of

Finding = tuple[str, Callable[[], object], str]


def wrong_steps(sections: Sequence[Section]) -> Iterator[Finding]:
    """A sentence, what mends it and the code of the section, for each."""
    steps: dict[int, list[str]] = defaultdict(list)
    rows = WorkflowTask.objects.filter(
        workflow__in=[section.workflow_id for section in sections]
    ).order_by("sort_order", "pk")
    for workflow, name in rows.values_list("workflow", "task__name"):
        steps[workflow].append(name)
    for section in sections:
        if section.workflow_id is None:
            continue
        has, wanted = steps[section.workflow_id], steps_of(section)
        # What is only missing is named by `lacking`.
        if has != [name for name in wanted if name in has]:
            words = f"The workflow of {section.code} has the steps {_listed(has)} instead of "
            mend = partial(mending.order_steps, section)
            yield f"{words}{_listed(wanted)}.", mend, section.code
    yield from _switched_off(sections)
    yield from _wrong_approvers(sections)


def _switched_off(sections: Sequence[Section]) -> Iterator[Finding]:
    codes = {section.workflow_id: section.code for section in sections}
    off = Workflow.objects.filter(pk__in=filter(None, codes), active=False)
    for pk, name in off.values_list("pk", "name"):
        yield f"The workflow “{name}” is switched off.", partial(mending.switch_on, pk), codes[pk]
    tasks = WorkflowTask.objects.filter(workflow__in=filter(None, codes), task__active=False)
    for pk, name, workflow in tasks.values_list("task", "task__name", "workflow"):
        mend = partial(mending.switch_step_on, pk)
        yield f"The step “{name}” is switched off.", mend, codes[workflow]


def _wrong_approvers(sections: Sequence[Section]) -> Iterator[Finding]:
    wanted: dict[str, tuple[str, str]] = {SECRETARIAT: (Role.SECRETARIAT, "")}
    wanted |= {review_of(s): (Role.FOCAL_POINTS, s.code) for s in sections}
    groups: dict[tuple[str, str], int] = {
        (role, code or ""): pk
        for role, code, pk in SectionGroup.objects.filter(
            role__in=(Role.FOCAL_POINTS, Role.SECRETARIAT)
        ).values_list("role", "section__code", "group")
    }
    approvers: dict[tuple[int, str], set[tuple[int, str]]] = defaultdict(set)
    tasks = GroupApprovalTask.objects.filter(name__in=wanted).order_by("pk")
    for pk, name, group, called in tasks.values_list("pk", "name", "groups", "groups__name"):
        approvers[pk, name].update([(group, called)] if group else [])
    for (pk, name), have in approvers.items():
        due = groups.get(wanted[name])
        strangers = sorted(called for group, called in have if group != due)
        if strangers and due is not None:
            yield (
                f"The step “{name}” is approved by {_listed(strangers)}, too, who should not.",
                partial(mending.set_approver, pk, due),
                wanted[name][1],
            )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "none"
