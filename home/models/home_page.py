"""The home: one per language, below the root."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from coalition.core import structured
from coalition.core.models import CoalitionPage
from coalition.sections.map import map_of
from coalition.sections.models import SectionKind
from coalition.sections.queries import sections_for_reader
from search.domain.queries import entries, pictured, without_frames


class HomePage(CoalitionPage):
    """What the network is and what is going on in it, in one language. Migrating makes it."""

    interchange_type = "home"
    is_frame = True
    is_provisioned = True
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """Homes stand below the root of all pages."""
        root: Page | None = Page.objects.filter(depth=1).first()
        return root

    def structured_data(self, network: str) -> dict[str, Any]:
        """The home tells of the network itself."""
        told = structured.organization(self.title, self.url_path)
        return {**told, "description": self.summary} if self.summary else told

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest of the network in this language, and where it works."""
        language = self.locale.language_code
        sections = sections_for_reader(language=language)
        countries = [link for link in sections if link.kind == SectionKind.COUNTRY]
        latest = without_frames(entries(language=language))
        return {
            **super().get_context(request, *args, **kwargs),
            **pictured(
                campaigns=entries(language=language, type="campaign")[:3],
                calls=entries(language=language, type="call")[:3],
                stories=entries(language=language, type="story")[:3],
                latest=latest.exclude(type__in=("campaign", "call", "story"))[:3],
            ),
            "countries": countries,
            "map": map_of(countries),
            "networks": [link for link in sections if link.kind == SectionKind.NETWORK],
        }
