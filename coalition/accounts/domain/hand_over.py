"""Handing a section over: other focal points, and what the old ones left goes to the first new."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.models import Page, WorkflowState, get_page_models

from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import User
from coalition.accounts.queries import focal_points
from coalition.audit import history, record
from coalition.sections.models import Role, Section, SectionGroup
from coalition.sections.queries import is_secretariat


@transaction.atomic
def hand_over(*, section: Section, to: Sequence[User], by: User) -> dict[str, int]:
    """Make these its focal points and no others. Returns how much passed on, by what it is.

    Pages that those who leave own or lock, and what they have submitted, pass to the first of the
    new. Raises RefusedError.
    """
    if not is_secretariat(by):
        raise RefusedError(_("Only the secretariat hands a section over."))
    if not to or not all(user.is_active for user in to):
        raise RefusedError(_("Choose somebody whose access is not revoked."))
    seat = SectionGroup.objects.select_for_update().filter(section=section, role=Role.FOCAL_POINTS)
    group = seat.get().group
    before = list(focal_points(section.pk))
    leaving = [user for user in before if user not in to]
    coming = [user for user in to if user not in before]
    with LogContext(user=by):
        group.user_set.add(*coming)
        group.user_set.remove(*leaving)
    passed = _pass_on(section, [user.pk for user in leaving], to[0])
    data = {"from": [u.username for u in leaving], "to": [u.username for u in to], **passed}
    record(action=history.HANDED_OVER, actor=by, subject=section, section=section, data=data)
    return passed


def _pass_on(section: Section, leaving: Sequence[int], heir: User) -> dict[str, int]:
    pages = pages_of(section)
    submitted = WorkflowState.objects.filter(
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
        requested_by__in=leaving,
        object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)],
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    )
    return {
        "owned": pages.filter(owner__in=leaving).update(owner=heir),
        "locked": pages.filter(locked_by__in=leaving).update(locked_by=heir),
        "submitted": submitted.update(requested_by=heir),
    }


def pages_of(section: Section) -> QuerySet[Page]:
    """All pages in the section's trees, drafts too."""
    below = Q(pk=None)
    for model in get_page_models():
        if getattr(model, "is_section_root", False):
            for path in model.objects.filter(section=section).values_list("path", flat=True):
                below |= Q(path__startswith=path)
    pages: QuerySet[Page] = Page.objects.filter(below)
    return pages
