"""Submitting what cannot wait, and taking back what was submitted."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Workflow, WorkflowState

from coalition.approval import history
from coalition.approval.domain import letters
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Note, Submission
from coalition.approval.queries import URGENT, may_see, may_withdraw
from coalition.sections.archive import archived_section_of, refusal


@transaction.atomic
def submit_urgently(*, page: Page, user: Any, reason: str) -> Submission:
    """Submit the newest text of `page` to the secretariat alone, which is told at once.

    What waits already is taken back first. Raises ApprovalRefusedError, PermissionDenied.
    """
    page = page.specific
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if section := archived_section_of(page):
        raise ApprovalRefusedError(refusal(section))
    if page.locked and page.locked_by_id != user.pk:
        raise ApprovalRefusedError(
            _("“%(title)s” is locked by somebody else.") % {"title": page.title}
        )
    if not reason.strip():
        raise ApprovalRefusedError(_("Say why it cannot wait: the secretariat decides by that."))
    workflow = Workflow.objects.filter(name=URGENT, active=True).first()
    if workflow is None:
        raise ApprovalRefusedError(
            _("Nobody can be asked urgently at present. Submit the page in the ordinary way.")
        )
    _check_complete(page)
    for state in page.workflow_states.active().select_for_update():
        state.cancel(user=user)
    started = workflow.start(page, user)
    submission: Submission = Submission.objects.select_related("revision").get(
        workflow_state=started
    )
    submission.urgent, submission.reason = True, reason.strip()
    submission.told_at = timezone.now()
    submission.save(update_fields=["urgent", "reason", "told_at"])
    log(
        instance=page,
        action=history.URGENT,
        user=user,
        revision=submission.revision,
        data={"reason": submission.reason},
    )
    letters.tell_of_urgency(submission)
    return submission


def _check_complete(page: Page) -> None:
    """Raise when the newest text is none, is public already, or lacks something."""
    if page.live and not page.has_unpublished_changes:
        raise ApprovalRefusedError(
            _("“%(title)s” is public as it is: nothing in it has been changed since.")
            % {"title": page.title}
        )
    if page.latest_revision_id is None:
        page.save_revision()
    newest = page.get_latest_revision_as_object()
    problems = [str(words) for words in newest.lacking().values()]
    try:
        newest.full_clean()
    except ValidationError as error:
        problems += error.messages
    if problems:
        raise ApprovalRefusedError(
            _("“%(title)s” cannot go public yet: %(problems)s")
            % {"title": newest.title, "problems": " ".join(problems)}
        )


@transaction.atomic
def withdraw(*, submission: Submission, user: Any) -> None:
    """Take back what waits, so that it can be edited.

    Raises ApprovalRefusedError, PermissionDenied.
    """
    state = WorkflowState.objects.select_for_update().get(pk=submission.workflow_state_id)
    submission.workflow_state = state
    if not may_see(user, submission):
        raise PermissionDenied
    if not may_withdraw(user, submission):
        raise ApprovalRefusedError(
            _("“%(title)s” does not wait for a decision any more. Nothing was changed.")
            % {"title": submission}
        )
    state.cancel(user=user)


@transaction.atomic
def add_note(*, submission: Submission, user: Any, text: str) -> Note:
    """Say something about what was submitted, and let the others know by letter.

    Raises ApprovalRefusedError, PermissionDenied.
    """
    if not may_see(user, submission):
        raise PermissionDenied
    if not text.strip():
        raise ApprovalRefusedError(_("Write a comment first."))
    note = Note.objects.create(submission=submission, author=user, text=text.strip())
    log(
        instance=submission.page.specific,
        action=history.NOTED,
        user=user,
        revision=submission.revision,
        data={"comment": note.text},
    )
    letters.tell_of_note(submission, user)
    return note
