"""The list of countries, and that of thematic networks."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from coalition.core.models import CoalitionPage
from coalition.sections.models import SectionKind
from coalition.sections.queries import sections_for_reader


class SectionListPage(CoalitionPage):
    """All open sections of one kind, by their names in the page's language."""

    interchange_type = "section-list"
    is_provisioned = True
    page_description = _("The list of countries, or that of thematic networks.")
    interchange_fields = (*CoalitionPage.interchange_fields, "kind")
    searchable = False
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["countries.SectionPage"]

    kind = models.CharField(_("kind"), max_length=10, choices=SectionKind.choices)

    content_panels: ClassVar[list[Any]] = [*CoalitionPage.content_panels, FieldPanel("kind")]
    override_translatable_fields: ClassVar[list[Any]] = [
        *CoalitionPage.override_translatable_fields,
        SynchronizedField("kind"),
    ]

    class Meta:
        verbose_name = _("list of sections")
        verbose_name_plural = _("lists of sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sections, each with the language its link leads to."""
        return {
            **super().get_context(request, *args, **kwargs),
            "sections": sections_for_reader(language=self.locale.language_code, kind=self.kind),
        }
