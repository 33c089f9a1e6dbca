"""The admin's part of approval: addresses, the menu with its count, buttons, the log's words."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from coalition.approval import history
from coalition.approval.admin.deputies import DeputiesView, EndDeputyView
from coalition.approval.admin.listing import WaitingView
from coalition.approval.admin.review import ReviewView
from coalition.approval.admin.urgent import UrgentView
from coalition.approval.dashboard import DecidedLately, MySubmissions, WhatWaits
from coalition.approval.domain.deputies import decides
from coalition.approval.models.submission import marks_of
from coalition.approval.queries import waiting_ids
from coalition.core.models import CoalitionPage
from coalition.sections.archive import is_archived_for


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    """All below `/admin/approval/`."""
    found = [
        path("", WaitingView.as_view(), name="index"),
        path("<int:task_state_id>/", ReviewView.as_view(), name="review"),
        path("urgent/<int:page_id>/", UrgentView.as_view(), name="urgent"),
        path("deputies/", DeputiesView.as_view(), name="deputies"),
        path("deputies/<int:pk>/end/", EndDeputyView.as_view(), name="end_deputy"),
    ]
    return [path("approval/", include((found, "approval")))]


class WaitingMenuItem(MenuItem):
    """“Waiting for me (3)”, for those who decide something."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Not for those who only write, unless they stand in for somebody."""
        return decides(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """With how much waits."""
        component = super().render_component(request)
        if number := len(waiting_ids(request.user)):
            component.label = _("Waiting for me (%(number)d)") % {"number": number}
        return component


@hooks.register("register_admin_menu_item")
def waiting_menu_item() -> WaitingMenuItem:
    """Before the pages."""
    return WaitingMenuItem(
        gettext_lazy("Waiting for me"),
        reverse("approval:index"),
        name="approval",
        icon_name="circle-check",
        order=50,
    )


@hooks.register("construct_homepage_panels")
def panels_of_approval(request: HttpRequest, panels: list[Any]) -> None:
    """In place of Wagtail's, which lead past the page where texts are compared."""
    stock = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, stock)]
    panels += [WhatWaits(), MySubmissions(), DecidedLately()]


def _may_submit(page: Page, user: Any) -> bool:
    """Whether “Submit as urgent” is offered."""
    return (
        isinstance(page, CoalitionPage)
        and page.permissions_for_user(user).can_edit()
        and not is_archived_for(user, page)
        and (page.has_unpublished_changes or not page.live)
    )


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str = "", **kwargs: Any) -> Iterator[Button]:
    """Where a text waits, the way to it."""
    state = page.current_workflow_task_state if view_name == "edit" else None
    if state is not None and isinstance(page, CoalitionPage):
        yield Button(
            _("What waits for approval"),
            reverse("approval:review", args=[state.pk]),
            icon_name="circle-check",
            priority=55,
        )


class UrgentMenuItem(ActionMenuItem):
    """Beside “Submit”: leads to where the reason is given."""

    label = gettext_lazy("Submit as urgent…")
    name = "action-urgent"
    icon_name = "warning"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """In the editor of a page that has something to submit."""
        page = context.get("page")
        if context["view"] != "edit" or page is None:
            return False
        return _may_submit(page.specific, context["request"].user)

    def get_url(self, context: dict[str, Any]) -> str:
        """Of the form."""
        return reverse("approval:urgent", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def urgent_menu_item() -> UrgentMenuItem:
    """After Wagtail's own."""
    return UrgentMenuItem(order=45)


class Marked(LogFormatter):
    """How a decision was out of the ordinary."""

    label = gettext_lazy("Decide")

    def format_message(self, log_entry: Any) -> str:
        """In words."""
        data = log_entry.data or {}
        marks = marks_of(
            decided_for=data.get("decided_for", ""),
            single_reader=data.get("single_reader", False),
            own=data.get("own", False),
            small=False,
        )
        return _("Decided: %(marks)s") % {"marks": ", ".join(marks)}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of pages and deputies."""
    actions.register_action(history.MARKED)(Marked)
    for action, label, message in (
        (history.URGENT, gettext_lazy("Submit as urgent"), gettext_lazy("Submitted as urgent")),
        (
            history.SKIPPED,
            gettext_lazy("Pass a small correction"),
            gettext_lazy("A small correction: the second approval was not needed"),
        ),
        (history.NOTED, gettext_lazy("Comment on a submission"), gettext_lazy("Comment added")),
        (history.DEPUTY_NAMED, gettext_lazy("Name a deputy"), gettext_lazy("Deputy named")),
        (history.DEPUTY_ENDED, gettext_lazy("End a deputy"), gettext_lazy("Deputy ended early")),
    ):
        actions.register_action(action, label, message)
