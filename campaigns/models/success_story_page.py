"""A success story, and the consent of the people shown in it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, Revision
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns.consent import ConsentExpiredError, SuccessStoryForm
from coalition.core.blocks import RICH_TEXT_FEATURES
from coalition.core.fields import PluginStreamField
from search.domain.queries import pictured, related

from .placement import ListedPage, is_list_of

SCHEDULED = "wagtail.publish.scheduled"


class SuccessStoryPage(ListedPage):
    """What changed, how one can check it, and who agreed to be shown.

    When the consent of anybody shown expires, `tick` takes the story down in every language.
    """

    interchange_type = "story"
    page_description = _("What changed, the evidence, and the consent of the people shown.")
    default_list = "story"
    interchange_fields = (
        *ListedPage.interchange_fields,
        "what_changed",
        "evidence",
        "third_parties",
        "people",
    )
    parent_page_types: ClassVar[list[str]] = ["home.ListPage"]
    subpage_types: ClassVar[list[str]] = []

    what_changed = RichTextField(_("what changed"), blank=True, features=RICH_TEXT_FEATURES)
    evidence = PluginStreamField("evidence", blank=True, verbose_name=_("evidence"))
    third_parties = PluginStreamField("third-parties", blank=True, verbose_name=_("third parties"))

    base_form_class = SuccessStoryForm
    content_panels: ClassVar[list[Any]] = [
        *ListedPage.content_panels,
        FieldPanel("what_changed"),
        FieldPanel("evidence"),
        FieldPanel("third_parties"),
        InlinePanel("people", label=_("People shown")),
    ]
    search_fields: ClassVar[list[Any]] = [
        *ListedPage.search_fields,
        index.SearchField("what_changed"),
        index.SearchField("evidence"),
        index.SearchField("third_parties"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *ListedPage.override_translatable_fields,
        *(TranslatableField(name) for name in ("what_changed", "evidence", "third_parties")),
        SynchronizedField("people"),
    ]

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below a list of stories."""
        return bool(super().can_exist_under(parent)) and is_list_of(parent, "story")

    def expired_people(self) -> list["PersonShown"]:
        """The people shown whose consent has ended; on its last day it still holds."""
        today = localdate()
        return [person for person in self.people.all() if person.consent_expires_on < today]

    def publish(self, revision: Revision, **kwargs: Any) -> None:
        """As Wagtail, if everybody whom the revision shows agrees.

        Raises ConsentExpiredError. What was to go public later stays a draft: an error there
        would hold up what else is due.
        """
        expired = revision.as_object().expired_people()
        if not expired:
            super().publish(revision, **kwargs)
        elif kwargs.get("log_action") == SCHEDULED:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
        else:
            raise ConsentExpiredError(expired)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Other stories, of the whole network."""
        return {
            **super().get_context(request, *args, **kwargs),
            **pictured(related=related(self, type=self.interchange_type)),
        }


class PersonShown(Orderable):
    """Somebody a story shows, by role, and until when they agreed to it."""

    page = ParentalKey(SuccessStoryPage, on_delete=models.CASCADE, related_name="people")
    description = models.CharField(
        _("who is shown"),
        max_length=200,
        help_text=_("A role, never a name: “a teacher in the province”."),
    )
    consent_given_on = models.DateField(_("consent given on"))
    consent_expires_on = models.DateField(_("consent expires on"))
    by_guardian = models.BooleanField(_("given by a child's guardian"), default=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("consent_given_on"), FieldPanel("consent_expires_on")]),
        FieldPanel("by_guardian"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("person shown")
        verbose_name_plural = _("people shown")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consent_expires_on__gt=models.F("consent_given_on")),
                name="person_shown_consent_ends",
            )
        ]

    def __str__(self) -> str:
        return self.description

    def clean(self) -> None:
        """Consent ends after it was given."""
        super().clean()
        given, expires = self.consent_given_on, self.consent_expires_on
        if given and expires and expires <= given:
            raise ValidationError(
                {"consent_expires_on": _("Choose a day after the consent was given.")}
            )
