"""Whom to turn to, in the network or in a section."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from coalition.core.fields import PluginStreamField
from coalition.core.models import CoalitionPage
from home import blocks  # noqa: F401 - registers the rows of `addresses`


class ContactPage(CoalitionPage):
    """Addresses. The foot of every page leads to the network's."""

    interchange_type = "contact"
    is_frame = True
    page_description = _(
        "Addresses of the network or of a section: whom to write to, call or visit."
    )
    interchange_fields = (*CoalitionPage.interchange_fields, "addresses")
    subpage_types: ClassVar[list[str]] = []

    addresses = PluginStreamField("addresses", blank=True, verbose_name=_("addresses"))

    content_panels: ClassVar[list[Any]] = [*CoalitionPage.content_panels, FieldPanel("addresses")]
    search_fields: ClassVar[list[Any]] = [
        *CoalitionPage.search_fields,
        index.SearchField("addresses"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *CoalitionPage.override_translatable_fields,
        TranslatableField("addresses"),
    ]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")
