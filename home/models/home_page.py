"""The home: one per language, below the root."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from coalition.core.models import CoalitionPage
from search.domain.queries import entries


class HomePage(CoalitionPage):
    """What the network is and what is going on in it, in one language."""

    interchange_type = "home"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """Homes stand below the root of all pages."""
        root: Page | None = Page.objects.filter(depth=1).first()
        return root

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest of the network in this language."""
        here = {"language": self.locale.language_code}
        return {
            **super().get_context(request, *args, **kwargs),
            "campaigns": entries(type="campaign", **here)[:3],
            "calls": entries(type="call", **here)[:3],
            "stories": entries(type="story", **here)[:3],
        }
