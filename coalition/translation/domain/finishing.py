"""From segments to a draft that waits for approval, and back.

The draft is a frozen revision. Of the page's row nothing changes that readers see or by which the
draft could be named (docs/decisions/0004-localize-views-shut.md).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation

from coalition.core.models import CoalitionPage
from coalition.sections.archive import archived_section_of, refusal
from coalition.translation.domain.opening import NotForThisPageError, begin, original_for
from coalition.translation.models import TranslatedRevision
from coalition.translation.places import Places
from coalition.translation.work import Segment, Work, translation_of

SUBMITTED = "translation.submit"
STOPPED = "translation.stop"
RESUMED = "translation.resume"


class SubmissionRefusedError(ValueError):
    """Why a translation cannot be submitted; `segments` are those to look at."""

    def __init__(self, reason: str, segments: Iterable[Segment] = ()) -> None:
        super().__init__(reason)
        self.segments = list(segments)


@transaction.atomic
def submit_translation(
    *, page: Page, user: AbstractUser, comment: str = "", seen: str = ""
) -> Revision:
    """Make the draft of what has been translated, and have the page's workflow begin.

    `seen` is `Work.version` of when the person looked at it.

    Raises SubmissionRefusedError when segments are missing, when the original has changed since or
    is no longer public, and when the page is locked, waits already or has no workflow.
    """
    target = _ready(page, user)
    try:
        original = original_for(target, user)
    except NotForThisPageError as error:
        raise SubmissionRefusedError(str(error)) from error
    found = translation_of(target, original)
    if found is None or not found.enabled:
        raise SubmissionRefusedError(_("This page does not follow its original."))
    work = begin(page=target, original=original)
    _check_complete(work, seen)
    draft = build(work)
    _check(draft, work)
    revision = draft.save_revision(user=user, log_action=True, clean=False)
    if target.live:
        # Readers' title goes on naming the page in lists until the draft is public.
        Page.objects.filter(pk=target.pk).update(draft_title=target.draft_title)
    TranslatedRevision.objects.create(revision=revision, segments=work.hashes)
    Translation.objects.filter(pk=work.translation.pk).update(
        destination_last_updated_at=timezone.now()
    )
    _start_workflow(target.pk, user)
    data = {"comment": comment, "segments": len(work.segments)}
    log(instance=target, action=SUBMITTED, user=user, revision=revision, data=data)
    return revision


def _ready(page: Page, user: AbstractUser) -> CoalitionPage:
    """The page as its row is now, held until this is done."""
    Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    target: CoalitionPage = Page.objects.select_related("locale").get(pk=page.pk).specific
    rights = target.permissions_for_user(user)
    if not rights.can_edit():
        raise SubmissionRefusedError(_("You may not edit this page."))
    if archived := archived_section_of(target):
        raise SubmissionRefusedError(refusal(archived))
    if target.workflow_in_progress:
        raise SubmissionRefusedError(_("This page waits for approval already."))
    if rights.page_locked():
        raise SubmissionRefusedError(_("This page is locked by somebody else."))
    if not rights.can_submit_for_moderation():
        raise SubmissionRefusedError(_("There is no approval for this page. Ask the secretariat."))
    return target


def _check_complete(work: Work, seen: str) -> None:
    if work.untranslated:
        raise SubmissionRefusedError(
            _("These texts are not translated yet, or the original says something else now:"),
            work.untranslated,
        )
    if seen and seen != work.version:
        raise SubmissionRefusedError(
            _(
                "The original has changed since you opened this page. Nothing of it is left to "
                "translate: look at it once more, then submit again."
            )
        )


def build(work: Work) -> CoalitionPage:
    """The page as it would be, unsaved; what is not translated yet is as the source has it."""
    source, locale = work.translation.source, work.translation.target_locale
    draft: CoalitionPage = source.get_ephemeral_translated_instance(locale, fallback=True)
    _fill_fields_without_segments(draft, work)
    return draft


def _fill_fields_without_segments(draft: CoalitionPage, work: Work) -> None:
    """Bodies are as the source's; other text that the source does not have is the draft's own.

    Unless it was translated from a text that the source has no more.
    """
    with_segments = {path.partition(".")[0] for path in work.hashes}
    had = work.state.segments if work.state else {}
    original = work.translation.source.as_instance()
    own = work.page.get_latest_revision_as_object()
    for declared in get_translatable_fields(type(draft)):
        if not declared.is_translated(draft) or declared.field_name in with_segments:
            continue
        field: Any = declared.get_field(type(draft))
        if isinstance(field, StreamField):
            setattr(draft, field.name, field.value_from_object(original))
        elif isinstance(field, models.CharField | models.TextField):
            text = "" if field.name in had else field.value_from_object(own)
            setattr(draft, field.name, text)


def _check(draft: CoalitionPage, work: Work) -> None:
    """Raise SubmissionRefusedError for what the page's own rules refuse."""
    try:
        draft.full_clean()
    except ValidationError as error:
        places = Places(work.original)
        fields = {segment.path.partition(".")[0] for segment in work.segments}
        problems = [
            f"{places.at(name).heading}: {message}" if name in fields else message
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        wrong = [s for s in work.segments if s.path in error.message_dict]
        raise SubmissionRefusedError(" ".join(problems), wrong) from error


def _start_workflow(page_id: int, user: AbstractUser) -> None:
    page = Page.objects.get(pk=page_id).specific
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.cancel(user=user)
        page = Page.objects.get(pk=page_id).specific
    page.get_workflow().start(page, user)


@transaction.atomic
def withdraw_translation(*, page: Page, user: AbstractUser) -> bool:
    """Take back what waits for approval; False when `user` may not, or nothing waits."""
    state = Page.objects.get(pk=page.pk).specific.current_workflow_state
    if state is None or not state.user_can_cancel(user):
        return False
    WorkflowState.objects.select_for_update(no_key=True).get(pk=state.pk)
    state.refresh_from_db()
    if state.status not in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES):
        return False
    state.cancel(user=user)
    return True


@transaction.atomic
def set_following(*, work: Work, user: AbstractUser, follows: bool) -> None:
    """Stop following the original, or go on; the page and what was translated stay as they are."""
    changed = Translation.objects.filter(pk=work.translation.pk, enabled=not follows)
    if changed.update(enabled=follows):
        log(instance=work.page, action=RESUMED if follows else STOPPED, user=user)
