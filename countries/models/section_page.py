"""The root of a section in one language."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from coalition.core.models import CoalitionPage
from search.domain.queries import entries, pictured


class SectionPage(CoalitionPage):
    """A country or a thematic network, in one of its languages. Provisioning makes it."""

    interchange_type = "section"
    is_frame = True
    is_provisioned = True
    is_section_root = True
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["countries.SectionListPage"]
    subpage_types: ClassVar[list[str]] = [
        "home.StandardPage",
        "home.ContactPage",
        "home.ListPage",
    ]

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """The list of countries or of networks in that language."""
        from countries.models import SectionListPage

        lists = SectionListPage.objects.filter(locale__language_code=language)
        page: Page | None = lists.filter(kind=section.kind).first() if section else None
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is going on here, newest first."""
        here = {"language": self.locale.language_code, "section": self.section}
        return {
            **super().get_context(request, *args, **kwargs),
            **pictured(
                campaigns=entries(type="campaign", **here)[:3],
                calls=entries(type="call", **here)[:3],
                stories=entries(type="story", **here)[:3],
                guides=entries(type="standard", **here)[:6],
            ),
        }
