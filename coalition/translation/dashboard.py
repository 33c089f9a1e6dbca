"""What the admin's home says of translations."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from coalition.core.dashboard import PagePanel, on_day
from coalition.sections.isolation import in_charge


class StaleTranslations(PagePanel):
    """Public translations whose original has changed since."""

    name = "stale_translations"
    order = 130
    heading = gettext_lazy("Translations that are behind")
    empty = gettext_lazy("Every translation says what its original says.")

    def pages(self, user: AbstractUser) -> QuerySet[Page]:
        """Those that have waited longest first."""
        behind = Page.objects.live().filter(in_charge(user), translation_state__stale__gt=0)
        pages: QuerySet[Page] = behind.annotate(
            stale=F("translation_state__stale"), since=F("translation_state__stale_since")
        )
        return pages.order_by("since", "pk")

    def note(self, page: Any) -> str:
        """How much, and since when."""
        text = ngettext(
            "%(count)s segment since %(day)s.", "%(count)s segments since %(day)s.", page.stale
        )
        return text % {"count": page.stale, "day": on_day(timezone.localtime(page.since).date())}


class MyTranslations(PagePanel):
    """What somebody has been asked to translate."""

    name = "my_translations"
    order = 125
    heading = gettext_lazy("Translations assigned to you")
    empty = gettext_lazy("Nothing is assigned to you.")

    def pages(self, user: AbstractUser) -> QuerySet[Page]:
        """What is due first, first."""
        pages: QuerySet[Page] = Page.objects.filter(
            in_charge(user), translation_state__assignee=user, translation_state__stale__gt=0
        ).annotate(due=F("translation_state__due_on"))
        return pages.order_by(F("due").asc(nulls_last=True), "pk")

    def note(self, page: Any) -> str:
        """The day, if one was set."""
        if page.due is None:
            return ""
        if page.due < timezone.localdate():
            return _("It was due on %(day)s.") % {"day": on_day(page.due)}
        return _("Due on %(day)s.") % {"day": on_day(page.due)}
