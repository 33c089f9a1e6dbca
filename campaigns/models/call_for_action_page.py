"""A call for action: a petition, a pledge, a letter, an event."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from campaigns import kinds
from coalition.core.models.page_form import CoalitionPageForm
from coalition.sections.archive import section_at

from .placement import ListedPage, is_list_of


class CallForActionForm(CoalitionPageForm):
    """Offers the kinds of call that are on where the call stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.parent_page or self.instance
        if "kind" in self.fields:
            now = self.instance.kind if self.instance.pk else ""
            self.fields["kind"].choices = kinds.offered(section_at(place), now=now)


class CallForActionPage(ListedPage):
    """What people are asked to do, until when, and how many are hoped for."""

    interchange_type = "call"
    page_description = _("A petition, a pledge, a letter or an event to take part in.")
    default_list = "campaign"
    interchange_fields = (*ListedPage.interchange_fields, "kind", "goal", "opens", "closes")
    parent_page_types: ClassVar[list[str]] = ["campaigns.CampaignPage", "home.ListPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = CallForActionForm

    kind = models.CharField(_("kind"), max_length=30, choices=kinds.choices, default="petition")
    goal = models.PositiveIntegerField(
        _("goal"), null=True, blank=True, help_text=_("How many people are hoped for.")
    )
    opens = models.DateField(_("opens on"), default=localdate)
    closes = models.DateField(_("closes on"), null=True, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ListedPage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("goal")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *ListedPage.override_translatable_fields,
        *(SynchronizedField(name) for name in ("kind", "goal", "opens", "closes")),
    ]

    class Meta:
        verbose_name = _("call for action")
        verbose_name_plural = _("calls for action")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below a campaign, or below a list of campaigns or calls."""
        from .campaign_page import CampaignPage

        return bool(super().can_exist_under(parent)) and (
            isinstance(parent.specific, CampaignPage)
            or is_list_of(parent, "campaign")
            or is_list_of(parent, "call")
        )

    def clean(self) -> None:
        """A call cannot close before it opens."""
        super().clean()
        if self.opens and self.closes and self.closes < self.opens:
            raise ValidationError({"closes": _("Choose a day on or after the day it opens.")})

    def structured_data(self, network: str) -> dict[str, Any]:
        """A call to an event tells when it is."""
        told = super().structured_data(network)
        if self.kind != "event":
            return told
        event = {
            "@type": "Event",
            "name": self.title,
            "url": told["url"],
            "startDate": self.opens.isoformat(),
            "organizer": told["publisher"],
        }
        if self.closes:
            event["endDate"] = self.closes.isoformat()
        return {**event, "description": self.summary} if self.summary else event

    @property
    def state(self) -> str:
        """`upcoming`, `open` or `closed`, by today's date."""
        today = localdate()
        if today < self.opens:
            return "upcoming"
        return "closed" if self.closes and self.closes < today else "open"
