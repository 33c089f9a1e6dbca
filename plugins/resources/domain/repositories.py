"""Each home, or each root of a section, has a repository."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from coalition.core.models import CoalitionPage, slugs
from coalition.sections.models import Section
from countries.models import SectionPage
from home.domain.homes import ensure_child
from home.models import HomePage
from plugins.resources.models import RepositoryPage

SLUG = "resources"


def ensure(section_id: int | None) -> int:
    """Make those that are missing; one that an editor made elsewhere is enough.

    Returns how many were made. Nothing, where the section is gone.
    """
    return sum(_ensure_below(root) for root in _roots(section_id))


def _roots(section_id: int | None) -> list[CoalitionPage]:
    if section_id is None:
        return list(HomePage.objects.all())
    return list(SectionPage.objects.filter(section=Section.objects.filter(pk=section_id).first()))


@transaction.atomic
def _ensure_below(root: Page) -> bool:
    if RepositoryPage.objects.child_of(root).exists():
        return False
    taken = slugs.taken_by(root, SLUG, None)
    if taken is not None and taken.specific_class is not RepositoryPage:
        return False  # an editor makes the repository at another address
    with translation.override(root.locale.language_code):
        page = RepositoryPage(title=gettext("Resources"), slug=SLUG)
    return ensure_child(root, page)[1]
