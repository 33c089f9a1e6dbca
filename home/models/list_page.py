"""A list of the pages of one type, in its section or in the whole network."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from coalition.core.interchange.types import page_types
from coalition.core.models import CoalitionPage
from home.filters import ListFilter
from search.domain.queries import entries, pictured


class ListPage(CoalitionPage):
    """Lists one type, newest first; pages of that type are made below it."""

    interchange_type = "list"
    is_provisioned = True
    page_description = _("Lists all pages of one type; new ones are made below it.")
    interchange_fields = (*CoalitionPage.interchange_fields, "lists")
    searchable = False
    page_size = 20

    lists = models.CharField(
        _("what it lists"),
        max_length=30,
        help_text=_("The name of the page type in the interchange format: story, campaign, …"),
    )

    content_panels: ClassVar[list[Any]] = [*CoalitionPage.content_panels, FieldPanel("lists")]
    override_translatable_fields: ClassVar[list[Any]] = [
        *CoalitionPage.override_translatable_fields,
        SynchronizedField("lists"),
    ]

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")

    def clean(self) -> None:
        """What is listed is the name of a page type."""
        super().clean()
        known = page_types()
        if self.lists not in known:
            raise ValidationError(
                {"lists": _("Use one of: %(known)s.") % {"known": ", ".join(sorted(known))}}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of entries: for junk the first, for a number out of range the last."""
        found = entries(language=self.locale.language_code, type=self.lists, section=self.section)
        form = ListFilter(request.GET, found, whole_network=self.section is None)
        shown = Paginator(form.narrowed(), self.page_size).get_page(request.GET.get("page"))
        shown.object_list = pictured(entries=shown.object_list)["entries"]
        return {
            **super().get_context(request, *args, **kwargs),
            "entries": shown,
            "filter": form,
        }
