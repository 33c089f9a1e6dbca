"""Approval that is not what its section says: other steps, another order, switched off.

Who approves is no row that could drift: the shared steps ask for the groups of the page's section.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from wagtail.models import Task, Workflow, WorkflowTask

from coalition.sections.models import Section
from countries.domain import mending
from countries.domain.workflows import steps_of

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


def _switched_off(sections: Sequence[Section]) -> Iterator[Finding]:
    codes = {section.workflow_id: section.code for section in sections}
    off = Workflow.objects.filter(pk__in=filter(None, codes), active=False)
    for pk, name in off.values_list("pk", "name"):
        yield f"The workflow “{name}” is switched off.", partial(mending.switch_on, pk), codes[pk]
    # They are all sections', so they are nobody's: mended with what belongs to none.
    steps = Task.objects.filter(active=False, content_type__app_label="approval")
    for pk, name in steps.values_list("pk", "name"):
        yield f"The step “{name}” is switched off.", partial(mending.switch_step_on, pk), ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "none"
