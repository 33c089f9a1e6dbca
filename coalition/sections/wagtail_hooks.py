"""The admin's part of the sections: choosers and lists name what their user may know."""

from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from coalition.sections import archive_guard, decided, offers, references
from coalition.sections.isolation import (
    may_know,
    publicly_known,
    sees_everything,
    within_reach,
)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose_from(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """One's own pages and what the public sees of the others."""
    if sees_everything(request.user):
        return pages
    known = Page.objects.filter(
        within_reach(request.user) | Q(pk__in=publicly_known().values("pk"))
    )
    return pages.filter(pk__in=known.values("pk"))


@hooks.register("construct_reports_menu")
def without_the_report_of_all(request: HttpRequest, menu_items: list[Any]) -> None:
    """The report on page types names the page that was edited last, wherever it is."""
    if not sees_everything(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


def _name_known_items_only() -> None:
    """Bulk actions list what their user may not change; of that, only what they may know."""
    original = BulkAction.get_actionable_objects

    @wraps(original)
    def get_actionable_objects(self: Any) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, context = original(self)
        refused = context["items_with_no_access"]
        known = [item for item in refused if may_know(self.request.user, item)]
        return objects, {"items_with_no_access": known}

    BulkAction.get_actionable_objects = get_actionable_objects


_name_known_items_only()
archive_guard.offer_no_decisions()
references.mask_names()
offers.offer_own_only()
hooks.register("before_edit_page", decided.save_instead)
hooks.register("after_create_page", archive_guard.tell)
hooks.register("after_edit_page", archive_guard.tell)
