"""The page on which resources are found."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coalition.core.links import FeedLink
from coalition.core.models import CoalitionPage
from coalition.plugins import gate
from coalition.plugins.routes import address
from plugins.resources.filters import ResourceFilter
from plugins.resources.listing import entries_of, shown_of

PAGE_SIZE = 20


class RepositoryPage(CoalitionPage):
    """All resources of its section; the network's has those of every section."""

    interchange_type = "repository"
    is_frame = True
    is_provisioned = True
    page_description = _("Lists documents and links, with filters; new ones are made below it.")
    template = "resources/repository_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "countries.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["resources.ResourcePage"]

    class Meta:
        verbose_name = _("repository")
        verbose_name_plural = _("repositories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of resources: for junk the first, for a number out of range the last."""
        language = self.locale.language_code
        form = ResourceFilter(request.GET, entries_of(self.section, language), self.section)
        size = gate.settings_of("resources", self.section).get("page_size") or PAGE_SIZE
        pages = Paginator(form.narrowed(), size).get_page(request.GET.get("page"))
        shown = shown_of(pages.object_list, language, places=self.section is None)
        return {
            **super().get_context(request, *args, **kwargs),
            "resources": shown,
            "pages": pages,
            "filter": form,
            "feed": FeedLink(self.title, address("resources", "feed", section=self.section)),
        }
