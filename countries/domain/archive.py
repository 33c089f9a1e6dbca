"""Archives a section and brings it back: what the public sees of it changes, and nothing else."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import Page

from coalition.core import visibility
from coalition.core.queries import public_pages
from coalition.sections.models import Section, SectionStatus
from countries.domain import history
from countries.models import SectionPage


def archive_section(*, section: Section, user: AbstractUser | None = None) -> int:
    """Hide all that the section shows to the public. Returns the number of pages it hides.

    Their `live` flags, the section's rights and its pending approvals stay. An archived section
    stays as it is: the number is then 0.
    """
    return _turn(section, SectionStatus.ARCHIVED, history.ARCHIVED, user)


def bring_back_section(*, section: Section, user: AbstractUser | None = None) -> int:
    """Show again what was public when the section was archived. Returns the number of pages."""
    return _turn(section, SectionStatus.OPEN, history.BROUGHT_BACK, user)


@transaction.atomic
def _turn(section: Section, status: str, action: str, user: AbstractUser | None) -> int:
    """All of it or nothing; of two at once, the second finds nothing left to do."""
    row = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    if row.status == status:
        section.status = status
        return 0
    shown = public_pages_of(row)
    section.status = row.status = status
    row.save(update_fields=["status"])
    visibility.announce_ids(list(pages_of(row).values_list("pk", flat=True)))
    if status == SectionStatus.OPEN:
        shown = public_pages_of(row)
    log(instance=row, action=action, user=user, data={"pages": shown})
    return shown


def pages_of(section: Section) -> QuerySet[Page]:
    """All pages that stand in the section's trees, drafts and aliases too."""
    below = Q(pk=None)
    for path in SectionPage.objects.filter(section=section).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    pages: QuerySet[Page] = Page.objects.filter(below).order_by("path")
    return pages


def public_pages_of(section: Section) -> int:
    """How many pages of the section readers can see now."""
    return public_pages().filter(pk__in=pages_of(section).values("pk")).count()
