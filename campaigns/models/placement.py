"""Where campaigns, calls and stories may stand."""

from typing import ClassVar

from wagtail.models import Page

from coalition.core.models import CoalitionPage
from coalition.sections.models import Section
from home.models import ListPage


class ListedPage(CoalitionPage):
    """A page that stands in a list of its section or of the network."""

    default_list: ClassVar[str]

    class Meta(CoalitionPage.Meta):
        abstract = True

    @classmethod
    def default_parent(cls, *, section: Section | None, language: str) -> Page | None:
        """The list of `default_list` in that section and language."""
        page: Page | None = ListPage.objects.filter(
            section=section, lists=cls.default_list, locale__language_code=language
        ).first()
        return page


def is_list_of(parent: Page, interchange_type: str) -> bool:
    """Whether `parent` is a list of that type."""
    specific = parent.specific
    return isinstance(specific, ListPage) and specific.lists == interchange_type
