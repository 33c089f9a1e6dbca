"""The hub of a campaign."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns import blocks  # noqa: F401 - registers the rows of `funders`
from coalition.core.blocks import RICH_TEXT_FEATURES
from coalition.core.fields import PluginStreamField
from coalition.sections.queries import sections_for_reader
from search.domain.queries import entries, pictured, related

from .placement import ListedPage, is_list_of


class CampaignPage(ListedPage):
    """Goal, timeline, partners, funders, the sections taking part, and the calls below it."""

    interchange_type = "campaign"
    page_description = _("The hub of a campaign: goal, timeline, calls, partners, funders.")
    default_list = "campaign"
    interchange_fields = (
        *ListedPage.interchange_fields,
        "goal",
        "timeline",
        "partners",
        "funders",
        "sections",
    )
    parent_page_types: ClassVar[list[str]] = ["home.ListPage"]
    subpage_types: ClassVar[list[str]] = ["campaigns.CallForActionPage"]

    goal = RichTextField(
        _("goal"), blank=True, features=RICH_TEXT_FEATURES, help_text=_("What is to change.")
    )
    timeline = PluginStreamField("timeline", blank=True, verbose_name=_("timeline"))
    partners = PluginStreamField("partners", blank=True, verbose_name=_("partners"))
    funders = PluginStreamField(
        "funders",
        blank=True,
        verbose_name=_("funders"),
        help_text=_("Who pays for the campaign. Readers may ask."),
    )
    sections = ParentalManyToManyField(
        "sections.Section", blank=True, related_name="+", verbose_name=_("sections taking part")
    )

    content_panels: ClassVar[list[Any]] = [
        *ListedPage.content_panels,
        FieldPanel("goal"),
        FieldPanel("timeline"),
        FieldPanel("partners"),
        FieldPanel("funders"),
        FieldPanel("sections"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *ListedPage.search_fields,
        index.SearchField("goal"),
        index.SearchField("timeline"),
        index.SearchField("partners"),
        index.SearchField("funders"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *ListedPage.override_translatable_fields,
        *(TranslatableField(name) for name in ("goal", "timeline", "partners", "funders")),
        SynchronizedField("sections"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below a list of campaigns."""
        return bool(super().can_exist_under(parent)) and is_list_of(parent, "campaign")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The calls below the campaign, the sections taking part, and what is related."""
        language = self.locale.language_code
        codes = {section.code for section in self.sections.all()}
        return {
            **super().get_context(request, *args, **kwargs),
            **pictured(
                calls=entries(language=language, type="call").filter(url__startswith=self.url_path),
                related=related(self),
            ),
            "sections": [
                link for link in sections_for_reader(language=language) if link.code in codes
            ],
        }
