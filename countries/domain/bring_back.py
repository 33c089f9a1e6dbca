"""Brings back what was taken down: the revision that was live then, and never a newer one."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core import visibility
from coalition.core.publishing import PublishingRefusedError
from coalition.sections.archive import archived_section_of, refusal
from coalition.sections.models import SectionStatus
from coalition.sections.queries import is_secretariat
from countries.domain import history
from countries.models import Takedown, TakenDownPage

AT_ONCE, LATER = 25, 200
"""Pages that are published in one go: what a request may take, and what a job may."""


class BringBackRefusedError(ValueError):
    """Why nothing can be brought back, in words for the person who asked."""


@transaction.atomic
def bring_back(*, takedown: Takedown, user: AbstractUser) -> int:
    """Have all pages of the takedown that are still down published again, in a job.

    Returns how many that are. May be repeated for those that could not be brought back.

    Raises PermissionDenied, and BringBackRefusedError where the section is archived.
    """
    from countries.tasks import bring_back_pages

    if not is_secretariat(user):
        raise PermissionDenied
    section = takedown.section
    if section and section.status == SectionStatus.ARCHIVED:
        raise BringBackRefusedError(refusal(section))
    number = takedown.pages.filter(ended_at=None, page__isnull=False).update(problem="")
    if number:
        log(instance=takedown, action=history.TAKEN_BACK_UP, user=user, data={"pages": number})
        bring_back_pages.enqueue(takedown_id=takedown.pk, user_id=user.pk)
    return number


def bring_back_next(*, takedown_id: int, user_id: int, after: int) -> int | None:
    """Publish the next pages `after` a row's id. Returns the last row's id, None at the end."""
    user = User.objects.filter(pk=user_id).first()
    rows = TakenDownPage.objects.filter(
        takedown=takedown_id, pk__gt=after, ended_at=None, page__isnull=False
    )
    limit = LATER if after else AT_ONCE
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in some:
        _bring_back(pk, user)
    return some[-1] if len(some) == limit else None


@transaction.atomic
def _bring_back(row_id: int, user: AbstractUser | None) -> None:
    """One page, or the reason why not."""
    rows = TakenDownPage.objects.select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=row_id, ended_at=None, page__isnull=False).first()
    if row is None or row.page is None:
        return
    page: Page = row.page
    row.problem = _obstacle(page) or _rewritten(row, page)
    if row.problem:
        pass
    elif row.revision is None:
        _show_again(page, user)
    else:
        try:
            with transaction.atomic():
                row.revision.publish(user=user, skip_permission_checks=True)
        except PublishingRefusedError as error:
            row.problem = " ".join(error.messages)
    if not row.problem:
        row.ended_at = timezone.now()
    row.save(update_fields=["problem", "ended_at"])


def _obstacle(page: Page) -> str:
    """Why the page stays down. Publishing would call off an approval that is under way."""
    if section := archived_section_of(page):
        return refusal(section)
    if page.workflow_in_progress:
        return _("A newer version waits for approval: decide on that one.")
    if page.expire_at and page.expire_at <= timezone.now():
        return _("The time until which it was to be public is over.")
    return ""


def _rewritten(row: TakenDownPage, page: Page) -> str:
    """Of a page without revision the draft takes the place of what was public, once it is down."""
    newest = page.latest_revision
    if row.revision_id or newest is None or newest.created_at <= row.takedown.made_at:
        return ""
    return _("It was edited since, and what was public is kept nowhere: submit it for approval.")


def _show_again(page: Page, user: AbstractUser | None) -> None:
    """A page that was live without a revision holds still what was public then.

    That are pages that were made by the site itself, imports and aliases.
    """
    newer = page.latest_revision_id is not None
    Page.objects.filter(pk=page.pk).update(live=True, has_unpublished_changes=newer, expired=False)
    page.live = True
    log(instance=page.specific_deferred, action="wagtail.publish", user=user)
    visibility.announce([page])
