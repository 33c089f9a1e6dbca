"""What the admin's home says of translations."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from coalition.core.dashboard import ListPanel, Row, first, on_day, row_of
from coalition.sections.isolation import in_charge


class StaleTranslations(ListPanel):
    """Public translations whose original has changed since."""

    name = "stale_translations"
    order = 130
    heading = gettext_lazy("Translations that are behind")
    empty = gettext_lazy("Every translation says what its original says.")

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """Those that have waited longest first."""
        pages = Page.objects.live().filter(in_charge(user), translation_state__stale__gt=0)
        pages = pages.annotate(
            stale=F("translation_state__stale"), since=F("translation_state__stale_since")
        )
        count, shown = first(pages.order_by("since", "pk"))
        return count, [row_of(page, _behind(page)) for page in shown]


def _behind(page: Page) -> str:
    text = ngettext(
        "%(count)s segment since %(day)s.", "%(count)s segments since %(day)s.", page.stale
    )
    return text % {"count": page.stale, "day": on_day(timezone.localtime(page.since).date())}


class MyTranslations(ListPanel):
    """What somebody has been asked to translate."""

    name = "my_translations"
    order = 125
    heading = gettext_lazy("Translations assigned to you")
    empty = gettext_lazy("Nothing is assigned to you.")

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """What is due first, first."""
        pages = Page.objects.filter(
            in_charge(user), translation_state__assignee=user, translation_state__stale__gt=0
        ).annotate(due=F("translation_state__due_on"))
        count, shown = first(pages.order_by(F("due").asc(nulls_last=True), "pk"))
        return count, [row_of(page, _due(page)) for page in shown]


def _due(page: Page) -> str:
    if page.due is None:
        return ""
    if page.due < timezone.localdate():
        return _("It was due on %(day)s.") % {"day": on_day(page.due)}
    return _("Due on %(day)s.") % {"day": on_day(page.due)}
