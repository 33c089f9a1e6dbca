"""A document or a link, and what there is to know of it."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from coalition.core import languages
from coalition.core.models import CoalitionPage
from coalition.plugins import gate
from plugins.resources.facts import Facts
from plugins.resources.licences import Licence

OLDEST = 1500
ITS_OWN = ("document", "link", "written_in", "licence", "year", "publisher")


def not_to_come(year: int) -> None:
    """Raises ValidationError for a year after the next."""
    if year > date.today().year + 1:  # noqa: DTZ011 - the year alone
        raise ValidationError(_("This year is yet to come. Write the year of publication."))


class ResourcePage(CoalitionPage):
    """Describes one document, or one page of another site, in one language."""

    interchange_type = "resource"
    page_description = _("A document to download or a link to another site.")
    interchange_fields = (*CoalitionPage.interchange_fields, *ITS_OWN)
    template = "resources/resource_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.RepositoryPage"]
    subpage_types: ClassVar[list[str]] = []

    document = models.ForeignKey(
        "core.CoalitionDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("A file of the network's own, or one it may pass on."),
    )
    link = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where it is read on another site. Either a document or a link is needed."),
    )
    written_in = models.CharField(
        _("written in"),
        max_length=10,
        blank=True,
        choices=languages.choices,
        help_text=_("The language of the document or of the other site, not of this page."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=30,
        blank=True,
        choices=Licence.choices,
        help_text=_("What readers may do with it. Leave it empty when nobody knows."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(OLDEST), not_to_come],
        help_text=_("When it was published."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("An organisation or an office. Name no person who could be harmed by it."),
    )

    content_panels: ClassVar[list[Any]] = [
        *CoalitionPage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldPanel("document"),
                FieldPanel("link"),
                FieldRowPanel([FieldPanel("written_in"), FieldPanel("licence")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("publisher")]),
            ],
            heading=_("Resource"),
        ),
        *CoalitionPage.content_panels[2:],
    ]
    search_fields: ClassVar[list[Any]] = [
        *CoalitionPage.search_fields,
        index.SearchField("publisher"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *CoalitionPage.override_translatable_fields,
        *(SynchronizedField(name) for name in ITS_OWN),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """The repository of the section in that language."""
        from plugins.resources.models import RepositoryPage

        found = RepositoryPage.objects.filter(section=section, locale__language_code=language)
        page: Page | None = found.first()
        return page

    def clean(self) -> None:
        """A document or a link, not both."""
        super().clean()
        if self.document_id and self.link:
            message = _("Give the document or the link, not both: readers follow one.")
            raise ValidationError({"link": message})

    def lacking(self) -> dict[str, str]:
        """A document or a link, and a licence where the section asks for one."""
        problems: dict[str, str] = {}
        if not self.document_id and not self.link:
            problems["document"] = gettext("Choose a document, or write a link below.")
        required = gate.settings_of("resources", self.section).get("licence_required")
        if required and not self.licence:
            problems["licence"] = gettext(
                "Choose a licence: this section publishes nothing without one."
            )
        return problems

    @property
    def facts(self) -> Facts:
        """What readers are told beside title and summary."""
        return Facts(self)

    def structured_data(self, network: str) -> dict[str, Any]:
        """As schema.org's DigitalDocument: whose it is, since when, under what terms."""
        told = super().structured_data(network)
        headline = told.pop("headline")
        told |= {"@type": "DigitalDocument", "name": headline, "isAccessibleForFree": True}
        if self.publisher:
            told["sourceOrganization"] = {"@type": "Organization", "name": self.publisher}
        if self.year:
            told["dateCreated"] = str(self.year)
        if self.facts.deed:
            told["license"] = self.facts.deed
        return told
