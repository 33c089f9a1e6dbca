"""Reads of takedowns: who may, what one would reach, what became of its pages."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from wagtail.models import Page

from coalition.sections.archive import ROOT_LENGTH
from coalition.sections.models import Role, Section
from coalition.sections.queries import is_secretariat
from countries.models import SectionPage, Takedown, TakenDownPage

HOME_DEPTH = 2


def may_take_down(page: Page, user: AbstractUser | AnonymousUser) -> bool:
    """The secretariat everything but homes, focal points what stands in their section.

    Asked of the page's place in the tree; one query or two for all pages of a request.
    """
    if page.depth <= HOME_DEPTH or not user.is_active:
        return False
    return is_secretariat(user) or page.path[:ROOT_LENGTH] in _roots_of_focal_point(user)


def _roots_of_focal_point(user: AbstractUser | AnonymousUser) -> set[str]:
    if not hasattr(user, "_roots_of_focal_point"):
        seats = Section.objects.filter(
            section_groups__role=Role.FOCAL_POINTS, section_groups__group__user=user.pk
        )
        roots = SectionPage.objects.filter(section__in=seats).values_list("path", flat=True)
        user._roots_of_focal_point = set(roots)  # type: ignore[union-attr]
    found: set[str] = user._roots_of_focal_point  # type: ignore[union-attr]
    return found


def covered(page: Page, *, below: bool, section: Section | None) -> QuerySet[Page]:
    """The page in all its languages, with aliases, and what is below; never beyond `section`."""
    wanted = Q(pk=None)
    for path in page.get_translations(inclusive=True).values_list("path", flat=True):
        wanted |= Q(path__startswith=path) if below else Q(path=path)
    here = _within(section)
    ids = here.filter(wanted).values("pk")
    return here.filter(Q(pk__in=ids) | Q(alias_of__in=ids))


def _within(section: Section | None) -> QuerySet[Page]:
    """All pages in the trees of the section; for None, those in no section's."""
    pages: QuerySet[Page] = Page.objects.alias(path_of_root=Substr("path", 1, ROOT_LENGTH))
    roots = SectionPage.objects.values("path")
    if section is None:
        return pages.exclude(path_of_root__in=roots)
    return pages.filter(path_of_root__in=roots.filter(section=section))


def with_numbers() -> QuerySet[Takedown]:
    """Takedowns with how many pages they took, and how many of these are down still."""
    down = Count("pages", filter=Q(pages__ended_at=None, pages__page__isnull=False))
    found: QuerySet[Takedown] = Takedown.objects.annotate(number=Count("pages"), down=down)
    return found


def with_pages_down() -> Exists:
    """A condition: some of the takedown's pages are down still."""
    return Exists(
        TakenDownPage.objects.filter(takedown=OuterRef("pk"), ended_at=None, page__isnull=False)
    )


def marked(pages: QuerySet[Page]) -> QuerySet[Page]:
    """`pages` with `taken_down_at`: since when they are down, None for all others."""
    rows = TakenDownPage.objects.filter(page=OuterRef("pk"), ended_at=None)
    found: QuerySet[Page] = pages.annotate(
        taken_down_at=Subquery(rows.values("takedown__made_at")[:1])
    )
    return found


def taken_down_at(page: Page) -> datetime | None:
    """Since when the page is down; None if it was not taken down, or published since."""
    rows = TakenDownPage.objects.filter(page=page, ended_at=None)
    found: datetime | None = rows.values_list("takedown__made_at", flat=True).first()
    return found
