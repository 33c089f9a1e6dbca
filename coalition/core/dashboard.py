"""Panels of the admin's home: a few rows of what somebody has to know, and where the rest is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from coalition.sections.isolation import in_charge, roots_of

MOST = 5
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A line of a panel: what, where it is dealt with, and what is to be known of it."""

    title: str
    url: str
    note: str = ""
    language: str = ""


class ListPanel(Component):
    """Up to MOST rows. Not shown to those whom it never concerns; empty, it says so to the others.

    A panel says what its rows are by `rows`, whom it concerns by `concerns`.
    """

    name: ClassVar[str]
    order: ClassVar[int]
    heading: ClassVar[Any]
    empty: ClassVar[Any]
    template_name = "core/admin/panel.html"

    def concerns(self, user: AbstractUser) -> bool:
        """Whether the panel is shown to `user`."""
        return bool(roots_of(user)) or user.is_superuser

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """How many there are, and the first MOST of them."""
        raise NotImplementedError

    def more(self, user: AbstractUser) -> str:
        """The address of all of them; empty where there is no such list."""
        return ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """What the template needs."""
        user = parent_context["request"].user
        shown = self.concerns(user)
        count, rows = self.rows(user) if shown else (0, ())
        return {
            "panel": self,
            "shown": shown,
            "rows": rows,
            "count": count,
            "more": self.more(user),
        }


class PagePanel(ListPanel):
    """Pages, each with its language, a note and a link to its editor.

    A panel says which by `pages`, in their order, and what is to be known of one by `note`.
    """

    def pages(self, user: AbstractUser) -> QuerySet[Any]:
        """All of them."""
        raise NotImplementedError

    def note(self, page: Any) -> str:
        """What is to be known of one of them."""
        raise NotImplementedError

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """How many pages, and the first of them."""
        pages = self.pages(user)
        return pages.count(), [
            Row(
                page.get_admin_display_title(),
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                self.note(page),
                page.locale.language_code,
            )
            for page in pages.select_related("locale")[:MOST]
        ]


def on_day(day: date) -> str:
    """A day in the active language."""
    return str(date_format(day, "DATE_FORMAT"))


class ExpiringPages(PagePanel):
    """Pages that leave the public by themselves soon."""

    name = "expiring_pages"
    order = 160
    heading = gettext_lazy("Pages that expire soon")
    empty = gettext_lazy("No page expires in the next thirty days.")

    def pages(self, user: AbstractUser) -> QuerySet[Page]:
        """The soonest first."""
        now = timezone.now()
        pages: QuerySet[Page] = Page.objects.live().filter(
            in_charge(user), expire_at__gte=now, expire_at__lte=now + SOON
        )
        return pages.order_by("expire_at", "pk")

    def note(self, page: Page) -> str:
        """When it does."""
        return _("Expires on %(day)s.") % {"day": on_day(timezone.localtime(page.expire_at).date())}
