"""Submitting a page, or a tree of them, for translation: asked at once, done in the background.

Each page is made and marked as made in one transaction, so that a kill between two of them loses
nothing and doubles nothing.
"""

import logging
import time
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from coalition.accounts import letters
from coalition.accounts.models import User
from coalition.core.models import CoalitionPage, PageKey
from coalition.core.queries import public_pages
from coalition.sections.models import section_of
from coalition.translation.domain.memory import open_translations, take_in
from coalition.translation.domain.starting import TranslationRefusedError, make_draft
from coalition.translation.domain.writer import write_sources
from coalition.translation.models import Submission, SubmittedPage, TranslationState
from coalition.translation.models.submission import PageStatus

logger = logging.getLogger(__name__)

CHUNK = 25
SECONDS = 40
"""So long one job goes on; the next one takes over. A lost one is taken up again after minutes."""


@transaction.atomic
def submit(
    *,
    root: Page,
    below: bool,
    languages: Sequence[str],
    user: User,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Submission:
    """Ask for `root`, and with `below` for all public pages below it, in these languages.

    Pages are translated from the language they were written in. What `user` may not do is told
    page by page when it is tried.
    """
    from coalition.translation.tasks import go_on

    pages = _originals(root, below=below)
    submission = Submission.objects.create(
        requested_by=user,
        root=root,
        section=section_of(root),
        languages=list(languages),
        assignee=assignee,
        due_on=due_on,
    )
    asked = [(page, code) for page, own in pages for code in languages if code != own]
    SubmittedPage.objects.bulk_create(
        (
            SubmittedPage(submission=submission, page_id=page, language=code, order=order)
            for order, (page, code) in enumerate(asked)
        ),
        batch_size=500,
    )
    go_on(submission.pk, at_once=len(asked) <= CHUNK)
    return submission


def _originals(root: Page, *, below: bool) -> list[tuple[int, str]]:
    """Ids and languages of the pages asked for, in their original language, from the top down."""
    tree = (
        Page.objects.descendant_of(root, inclusive=True)
        if below
        else Page.objects.filter(pk=root.pk)
    )
    rows = public_pages().filter(pk__in=tree.values("pk")).order_by("path")
    keys = list(rows.values_list("translation_key", "pk", "locale__language_code"))
    wanted = {key for key, _pk, _code in keys}
    sources = dict(
        PageKey.objects.filter(translation_key__in=wanted)
        .exclude(source_language=root.locale.language_code)
        .values_list("translation_key", "source_language")
    )
    others = public_pages().filter(translation_key__in=sources)
    originals = {
        key: (pk, code)
        for key, pk, code in others.values_list("translation_key", "pk", "locale__language_code")
        if sources[key] == code
    }
    return [originals.get(key, (pk, code)) for key, pk, code in keys]


def go_on(submission_id: int) -> bool:
    """Make drafts for up to SECONDS; whether something is left."""
    submission = Submission.objects.select_related("requested_by", "assignee").get(pk=submission_id)
    end = time.monotonic() + SECONDS
    while submission.finished_at is None and time.monotonic() < end:
        waiting = submission.pages.filter(status=PageStatus.WAITING).select_related("page__locale")
        if chunk := list(waiting[:CHUNK]):
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
    try:
        sources = write_sources(list(pages.values()))
        for code in sorted({row.language for row in chunk}):
            wanted = [
                sources[r.page_id] for r in chunk if r.language == code and r.page_id in pages
            ]
            open_translations(wanted, Locale.objects.get(language_code=code))
    except Locale.DoesNotExist:
        pass  # Each page says so by itself.
    for row in chunk:
        page = pages.get(row.page_id)
        try:
            with transaction.atomic():
                _one(submission, row, page)
        except TranslationRefusedError as error:
            _failed(row, str(error))
        except Exception:
            # One page must not hold up the others; where it was is in the log.
            logger.exception("Page %s could not be submitted in %s.", row.page_id, row.language)
            _failed(
                row, _("Something went wrong with this page. The operator finds it in the log.")
            )


def _one(submission: Submission, row: SubmittedPage, page: CoalitionPage | None) -> None:
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
    _hand_out(submission, target)


def _take_over(page: CoalitionPage, target: Page) -> None:
    """A translation that is there already keeps its text."""
    (source,) = write_sources([page]).values()
    (translation,) = open_translations([source], target.locale).values()
    take_in(translation, target)


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
