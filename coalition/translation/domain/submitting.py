"""Submitting a page, or a tree of them, for translation: asked at once, done in the background.

Each page is made and marked as made in one transaction, so that a kill between two of them loses
nothing and doubles nothing.
"""

import logging
import time
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from coalition.accounts import letters
from coalition.accounts.models import User
from coalition.core.models import CoalitionPage
from coalition.sections.models import section_of
from coalition.translation.domain.memory import open_translations, take_in
from coalition.translation.domain.starting import TranslationRefusedError, make_draft
from coalition.translation.domain.writer import write_sources
from coalition.translation.models import Submission, SubmittedPage, TranslationState
from coalition.translation.models.submission import PageStatus
from coalition.translation.originals import asked_for

logger = logging.getLogger(__name__)

CHUNK = 25
AT_ONCE = 10
"""So many are made while somebody waits for the answer, where there is nobody else to do it."""
SECONDS = 40
"""So long one job goes on; the next one takes over. A lost one is taken up again after minutes."""
SUBMITTED = "translation.submit"


@transaction.atomic
def submit(
    *,
    pages: Sequence[Page],
    below: bool,
    languages: Sequence[str],
    user: User,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Submission:
    """Ask for `pages`, and with `below` for all public pages below them, in these languages.

    Pages are translated from the language they were written in. What `user` may not do is told
    page by page when it is tried.
    """
    from coalition.translation.tasks import go_on

    sections = {section_of(page) for page in pages}
    submission = Submission.objects.create(
        requested_by=user,
        root=pages[0] if len(pages) == 1 else None,
        section=sections.pop() if len(sections) == 1 else None,
        languages=list(languages),
        assignee=assignee,
        due_on=due_on,
    )
    asked = asked_for(pages, below=below, languages=languages)
    SubmittedPage.objects.bulk_create(
        (
            SubmittedPage(submission=submission, page=page, language=code, order=order)
            for order, (page, code) in enumerate(asked)
        ),
        batch_size=500,
    )
    for page in pages:
        data = {"submission": submission.pk, "languages": submission.languages, "below": below}
        log(instance=page, action=SUBMITTED, user=user, data=data)
    go_on(submission.pk, at_once=len(asked) <= AT_ONCE)
    return submission


def go_on(submission_id: int) -> bool:
    """Make drafts for up to SECONDS; whether something is left.

    Reasons are written in the language of who asked.
    """
    submission = Submission.objects.select_related("requested_by", "assignee").get(pk=submission_id)
    user = submission.requested_by
    end = time.monotonic() + SECONDS
    with translation.override(letters.language_of(user) if user else None):
        while submission.finished_at is None and time.monotonic() < end:
            if chunk := list(submission.pages.filter(status=PageStatus.WAITING)[:CHUNK]):
                _make(submission, chunk)
            else:
                _finish(submission)
    return submission.finished_at is None


def _make(submission: Submission, chunk: Sequence[SubmittedPage]) -> None:
    pages = {
        page.pk: page
        for page in Page.objects.filter(pk__in={row.page_id for row in chunk})
        .select_related("locale")
        .specific()
        if isinstance(page, CoalitionPage) and page.live
    }
    written = _write_down(pages, chunk)
    for row in chunk:
        page = pages.get(row.page_id)
        try:
            with transaction.atomic():
                _one(submission, row, page, written=written)
        except TranslationRefusedError as error:
            _failed(row, str(error))
        except Exception:
            # One page must not hold up the others; where it was is in the log.
            logger.exception("Page %s could not be submitted in %s.", row.page_id, row.language)
            _failed(
                row, _("Something went wrong with this page. The operator finds it in the log.")
            )


def _write_down(pages: dict[int, CoalitionPage], chunk: Sequence[SubmittedPage]) -> bool:
    """Write the segments of all these pages at once; False when one of them cannot be read."""
    try:
        with transaction.atomic():
            sources = write_sources(list(pages.values()))
            for locale in Locale.objects.filter(language_code__in={row.language for row in chunk}):
                wanted = {r.page_id for r in chunk if r.language == locale.language_code}
                found = [sources[page] for page in sorted(wanted & sources.keys())]
                open_translations(found, locale)
    except Exception:
        logger.exception("Some of the pages %s cannot be read as segments.", sorted(pages))
        return False
    return True


def _one(
    submission: Submission, row: SubmittedPage, page: CoalitionPage | None, *, written: bool
) -> None:
    locked = SubmittedPage.objects.select_for_update(no_key=True).get(pk=row.pk)
    if locked.status != PageStatus.WAITING:
        return
    user = submission.requested_by
    if user is None or not user.is_active:
        raise TranslationRefusedError(_("Whoever asked for it has no account any more."))
    if page is None:
        raise TranslationRefusedError(_("The original is not public."))
    draft = make_draft(source=page, language=row.language, user=user)
    locked.status = PageStatus.MADE if draft else PageStatus.THERE
    locked.save(update_fields=["status"])
    target = draft or page.get_translation(Locale.objects.get(language_code=row.language))
    if draft is None:
        _take_over(page, target)
    elif not written:
        open_translations(list(write_sources([page]).values()), target.locale)
    _hand_out(submission, target)


def _take_over(page: CoalitionPage, target: Page) -> None:
    """A translation that is there already keeps its text."""
    (source,) = write_sources([page]).values()
    (record,) = open_translations([source], target.locale).values()
    take_in(record, target)


def _hand_out(submission: Submission, target: Page) -> None:
    wanted = {"assignee": submission.assignee, "due_on": submission.due_on}
    if given := {name: value for name, value in wanted.items() if value is not None}:
        TranslationState.objects.update_or_create(page=target, defaults=given)


def _failed(row: SubmittedPage, reason: str) -> None:
    SubmittedPage.objects.filter(pk=row.pk, status=PageStatus.WAITING).update(
        status=PageStatus.FAILED, reason=reason[:500]
    )


@transaction.atomic
def _finish(submission: Submission) -> None:
    submission.finished_at = timezone.now()
    left = Submission.objects.filter(pk=submission.pk, finished_at=None)
    if left.update(finished_at=submission.finished_at) and submission.requested_by:
        letters.write(
            to=[submission.requested_by], letter="submission_finished", submission=submission.pk
        )
