"""The admin's part of sections: the secretariat's list of them, and what the log tells of them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from countries.admin.takedown import takedown, warn_editor
from countries.admin.takedowns import TakedownsViewSet
from countries.admin.viewset import SectionsViewSet
from countries.domain import history
from countries.domain.taken_down import marked, may_take_down


@hooks.register("register_admin_viewset")
def sections() -> SectionsViewSet:
    """“Sections”, in the secretariat's menu alone."""
    return SectionsViewSet()


@hooks.register("register_admin_viewset")
def takedowns() -> TakedownsViewSet:
    """“Takedowns”, in the secretariat's menu alone."""
    return TakedownsViewSet()


@hooks.register("register_admin_urls")
def takedown_url() -> list[URLPattern]:
    """For focal points of the page's section and the secretariat."""
    return [path("takedown/<int:page_id>/", takedown, name="takedown")]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def takedown_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """“Take down now”, for those who may."""
    if may_take_down(page, user):
        yield Button(
            _("Take down now"),
            reverse("takedown", args=[page.pk]),
            icon_name="warning",
            priority=70,
        )


@hooks.register("construct_explorer_page_queryset")
def mark_taken_down(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """The explorer says since when a page is down."""
    return marked(pages)


hooks.register("before_edit_page", warn_editor)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of a section."""
    for action, label, message in (
        (history.OPENED, _("Open section"), _("Opened")),
        (history.LANGUAGES_ADDED, _("Add languages"), _("Languages added")),
        (history.APPROVAL_CHANGED, _("Change approval"), _("Who approves was changed")),
        (history.PROVISIONED, _("Complete section"), _("Made, step by step")),
        (history.ARCHIVED, _("Archive section"), _("Archived: hidden from the public")),
        (history.BROUGHT_BACK, _("Bring section back"), _("Brought back: public again")),
        (history.TAKEN_DOWN, _("Take down"), _("Taken down in an emergency")),
        (history.TAKEN_BACK_UP, _("Bring pages back"), _("Brought back after a takedown")),
        (history.REPAIRED, _("Repair section"), _("Rights, collection and approval repaired")),
    ):
        actions.register_action(action, label, message)
