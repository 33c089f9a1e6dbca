"""What it means that a section is archived: nothing in it is public, and nothing in it goes public.

Its pages keep their `live` flag, so that bringing the section back restores exactly what was
(docs/decisions/0011-archived-sections.md). Whether a page is hidden is asked of its place in the
tree, here and nowhere else.
"""

from typing import TypeVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from coalition.sections.models import Section, SectionStatus

SECTION_DEPTH = 4
"""Root of all pages, home, list of sections, section: every section root stands at this depth."""
ROOT_LENGTH = SECTION_DEPTH * Page.steplen

P = TypeVar("P", bound=Page)


def of_open_sections(pages: QuerySet[P]) -> QuerySet[P]:
    """Those of `pages` that stand in no archived section; no query of its own."""
    # A name of its own: one that a field of a page has would be refused.
    found: QuerySet[P] = pages.alias(path_of_root=Substr("path", 1, ROOT_LENGTH))
    for model in _root_models():
        archived = model.objects.filter(section__status=SectionStatus.ARCHIVED)
        found = found.exclude(path_of_root__in=archived.values("path"))
    return found


def section_at(page: Page) -> Section | None:
    """The section in whose tree `page` stands, by its place and not by what it remembers."""
    if page.depth is None or page.depth < SECTION_DEPTH:
        return None
    for model in _root_models():
        roots = model.objects.filter(path=page.path[:ROOT_LENGTH]).select_related("section")
        if root := roots.first():
            section: Section | None = root.section
            return section
    return None


def archived_section_of(page: Page) -> Section | None:
    """The archived section that `page` stands in, None for all other pages."""
    section = section_at(page)
    return section if section and section.status == SectionStatus.ARCHIVED else None


def is_archived_for(user: AbstractUser | AnonymousUser, page: Page) -> bool:
    """As `archived_section_of`, in one query for all pages that `user` is shown in a request."""
    if not hasattr(user, "_archived_roots"):
        user._archived_roots = {  # type: ignore[union-attr]
            path
            for model in _root_models()
            for path in model.objects.filter(section__status=SectionStatus.ARCHIVED).values_list(
                "path", flat=True
            )
        }
    return page.path[:ROOT_LENGTH] in user._archived_roots  # type: ignore[union-attr]


def section_roots() -> dict[str, tuple[int, str]]:
    """Tree path of every section root -> id of its section and its language."""
    return {
        path: (section, language)
        for model in _root_models()
        for path, section, language in model.objects.values_list(
            "path", "section", "locale__language_code"
        )
    }


def refusal(section: Section) -> str:
    """Why nothing can be made or go public there, in the language of the person who tried."""
    return _(
        "The section “%(section)s” is archived: readers see nothing of it, and nothing can be "
        "added, submitted, approved or published there until the secretariat brings it back."
    ) % {"section": section.name_in(get_language() or "en")}


def saved_as_draft(section: Section) -> str:
    """What to tell somebody who wanted more than a draft."""
    return _(
        "The section “%(section)s” is archived. What you wrote is saved as a draft; it was not "
        "submitted, approved or published. Go on when the secretariat has brought the section back."
    ) % {"section": section.name_in(get_language() or "en")}


def _root_models() -> list[type[Page]]:
    return [model for model in get_page_models() if getattr(model, "is_section_root", False)]
