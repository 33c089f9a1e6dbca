"""Emergency takedown: pages off the site at once, in every language, and not back by themselves.

Whoever it is about may be in danger now, so it waits for nobody: focal points do it without the
right to publish. It never reaches beyond the section. What was live is remembered, and the
secretariat brings it back (countries/domain/bring_back.py).
"""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_unpublished

from coalition.accounts import letters
from coalition.accounts.models import User
from coalition.core import visibility
from coalition.sections.archive import section_at
from coalition.sections.models import Role, Section
from countries.domain import history
from countries.domain.taken_down import covered, may_take_down
from countries.models import Takedown, TakenDownPage


class NothingToTakeDownError(ValueError):
    """Nothing there is public or about to be, in words for the person who asked."""


@transaction.atomic
def take_down(*, page: Page, below: bool, reason: str, user: User) -> Takedown:
    """Unpublish `page` in all its languages, with what stands `below` it if that is wanted.

    What waits for approval there is called off, what is scheduled is not published. All of it or
    nothing. Some dozen queries, two more for each page, three for each approval.

    Raises PermissionDenied, and NothingToTakeDownError.
    """
    if not may_take_down(page, user):
        raise PermissionDenied
    section = section_at(page)
    ids = list(covered(page, below=below, section=section).values_list("pk", flat=True))
    rows = Page.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    pages = list(rows.select_related("locale", "content_type").order_by("path"))
    live = [row for row in pages if row.live]
    stopped = _stop_what_is_under_way(pages, user)
    if not live and not stopped:
        raise NothingToTakeDownError(_("Nothing of this page is public or about to be."))
    takedown = Takedown.objects.create(section=section, user=user, reason=reason)
    _remember(takedown, live)
    _unpublish(takedown, live)
    log(
        instance=takedown,
        action=history.TAKEN_DOWN,
        user=user,
        data={"reason": reason, "pages": len(live), "stopped": stopped},
    )
    _tell_secretariat(takedown, section, len(live))
    return takedown


def _stop_what_is_under_way(pages: Sequence[Page], user: User) -> int:
    """Approvals and times set for publishing. Returns how many there were."""
    theirs = {
        "base_content_type": ContentType.objects.get_for_model(Page),
        "object_id__in": [str(page.pk) for page in pages],
    }
    states = WorkflowState.objects.active().filter(**theirs).select_related("workflow")
    for state in states:
        state.cancel(user=user)
    due = Revision.objects.filter(**theirs, approved_go_live_at__isnull=False)
    return len(states) + int(due.update(approved_go_live_at=None))


def _remember(takedown: Takedown, pages: Sequence[Page]) -> None:
    """What was live, and in which revision."""
    ids = [page.pk for page in pages]
    TakenDownPage.objects.filter(page__in=ids, ended_at=None).update(ended_at=timezone.now())
    TakenDownPage.objects.bulk_create(
        TakenDownPage(
            takedown=takedown,
            page_id=page.pk,
            revision_id=page.live_revision_id,
            title=page.title,
            language=page.locale.language_code,
        )
        for page in pages
    )


def _unpublish(takedown: Takedown, pages: Sequence[Page]) -> None:
    """As Wagtail does for each, but in one write: saving hundreds takes half a minute."""
    ids = [page.pk for page in pages]
    Page.objects.filter(pk__in=ids).update(
        live=False, has_unpublished_changes=True, live_revision=None, go_live_at=None
    )
    visibility.announce_ids(ids)
    for page in pages:
        page.live, page.live_revision, page.has_unpublished_changes = False, None, True
        log(
            instance=page.specific_deferred,
            action=history.TAKEN_DOWN,
            user=takedown.user,
            data={"takedown": takedown.pk, "reason": takedown.reason},
        )
        page_unpublished.send(sender=page.specific_class, instance=page.specific_deferred)


def _tell_secretariat(takedown: Takedown, section: Section | None, number: int) -> None:
    """A letter with the section, a number and where to read on: no title, no reason, no name."""
    people = User.objects.filter(groups__section_group__role=Role.SECRETARIAT).distinct()
    for person in people.select_related("wagtail_userprofile"):
        language = letters.language_of(person)
        letters.write(
            to=[person],
            letter="takedown",
            section=section.name_in(language) if section else "",
            pages=number,
            path=reverse("takedowns:takedown", args=[takedown.pk]),
        )
