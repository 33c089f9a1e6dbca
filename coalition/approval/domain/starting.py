"""What happens when a step begins: the text is frozen, or the step is done by itself."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted
from wagtail_localize.models import StringTranslation

from coalition.approval import history
from coalition.approval.changes import is_small
from coalition.approval.models import Decision, SecretariatStep, Step, Submission
from coalition.approval.queries import source_of
from coalition.sections.archive import section_at


def start(*, step: Step, workflow_state: WorkflowState, user: Any) -> TaskState:
    """Begin `step`; a text that is submitted, or submitted again, begins with the first one.

    Whoever asked for changes reads a new text, which the steps before have not approved either.
    """
    if workflow_state.current_task_state is None:
        submission = freeze(workflow_state, user)
        first = workflow_state.workflow.tasks.filter(active=True).first()
        step = first.specific if first and first.pk != step.pk else step
    else:
        submission = workflow_state.submission
        Submission.objects.filter(pk=submission.pk).update(told_at=None)
    skipped = isinstance(step, SecretariatStep) and _passes(workflow_state, submission)
    state = TaskState.objects.create(
        workflow_state=workflow_state,
        revision_id=submission.revision_id,
        task=step.task_ptr,
        status=TaskState.STATUS_SKIPPED if skipped else TaskState.STATUS_IN_PROGRESS,
        finished_at=timezone.now() if skipped else None,
    )
    if skipped:
        Decision.objects.create(task_state=state, small=True)
        log(
            instance=submission.page.specific,
            action=history.SKIPPED,
            user=user,
            revision=submission.revision,
            data={"task_state": state.pk},
        )
    else:
        _unlock(submission.page)
        task_submitted.send(sender=TaskState, instance=state, user=user)
    return state


def freeze(workflow_state: WorkflowState, user: Any) -> Submission:
    """Write down what was submitted: the page's latest revision, by whom, from which source."""
    page = Page.objects.get(pk=workflow_state.object_id).specific
    revision = page.get_latest_revision()
    source = source_of(page)
    submission, _made = Submission.objects.update_or_create(
        workflow_state=workflow_state,
        defaults={
            "page": page.page_ptr,
            "section": section_at(page),
            "language": page.locale.language_code,
            "revision": revision,
            "source_revision": source.live_revision if source else None,
            "submitted_by": user,
            "author_id": _author(page, revision, user),
            "submitted_at": timezone.now(),
            "urgent": False,
            "reason": "",
            "told_at": None,
        },
    )
    workflow_state.submission = submission
    return submission


def _author(page: Page, revision: Revision, user: Any) -> int | None:
    """Who wrote it. Of a translation whoever typed in segments of it last, if that is not who
    submits it: nobody is the second reader of their own words."""
    typed = StringTranslation.objects.filter(
        context__object=page.translation_key, locale=page.locale_id
    ).exclude(last_translated_by=None)
    if page.last_published_at:
        typed = typed.filter(updated_at__gt=page.last_published_at)
    others = typed.exclude(last_translated_by=user).order_by("-updated_at", "-pk")
    author: int | None = others.values_list("last_translated_by", flat=True).first()
    return author or revision.user_id


def _passes(workflow_state: WorkflowState, submission: Submission) -> bool:
    """Whether somebody else has approved this very text already and it changes little."""
    approved = workflow_state.task_states.filter(
        status=TaskState.STATUS_APPROVED, revision=submission.revision_id
    )
    if not approved.exclude(decision__own=True).exists():
        return False
    page, revision = submission.page.specific, submission.revision
    before = _before_small_ones(page)
    return is_small(page, revision) and (
        before is None or is_small(page, revision, since=before.as_object())
    )


def _before_small_ones(page: Page) -> Revision | None:
    """What was public before the small corrections that have passed the secretariat since it read
    the page last: together they may be a large one. None where there are none."""
    of_the_page = TaskState.objects.filter(workflow_state__submission__page=page.pk)
    read = of_the_page.filter(
        status=TaskState.STATUS_APPROVED, task__in=SecretariatStep.objects.values("pk")
    ).order_by("-pk")
    last = read.first()
    passed = of_the_page.filter(decision__small=True, pk__gt=last.pk if last else 0)
    first = passed.order_by("pk").first()
    if first is None:
        return None
    published = PageLogEntry.objects.filter(
        page=page.pk, action="wagtail.publish", timestamp__lt=first.started_at
    ).exclude(revision=None)
    before = published.order_by("-timestamp", "-pk").first() or first
    revision: Revision = before.revision
    return revision


def _unlock(page: Page) -> None:
    """A lock that somebody has put on the page would keep those away who decide now."""
    if page.locked:
        Page.objects.filter(pk=page.pk).update(locked=False, locked_by=None, locked_at=None)


def adopt_waiting() -> int:
    """Freeze what waited before there were submissions. Returns how many that were."""
    waiting = WorkflowState.objects.active().filter(
        submission=None, current_task_state__isnull=False
    )
    adopted = 0
    for state in waiting.select_related("current_task_state", "requested_by"):
        if not Page.objects.filter(pk=state.object_id).exists():
            continue
        submission = freeze(state, state.requested_by)
        revision = state.current_task_state.revision
        Submission.objects.filter(pk=submission.pk).update(
            revision=revision,
            author=revision.user_id,
            submitted_at=state.current_task_state.started_at,
        )
        adopted += 1
    return adopted


def ensure_step(kind: type[Step], name: str) -> Step:
    """The one row of a kind of step, by the name that lists and `doctor` know."""
    step: Step | None = kind._default_manager.order_by("pk").first()
    if step is None:
        step = kind._default_manager.create(name=name, active=True)
    elif step.name != name:
        step.name = name
        step.save(update_fields=["name"])
    return step
