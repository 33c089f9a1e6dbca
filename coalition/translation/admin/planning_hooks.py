"""Queue, coverage and submission in the admin: addresses, menu, button, history."""

from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.translation.admin.coverage import CoverageView
from coalition.translation.admin.queue import QueueView, queues
from coalition.translation.admin.submissions import SubmissionsView, SubmissionView, SubmitView
from coalition.translation.domain import assigning, submitting
from coalition.translation.reach import has_a_language


@hooks.register("register_admin_urls")
def planning_urls() -> list[URLPattern]:
    """Queue, coverage, submission."""
    submission = SubmissionView.as_view()
    return [
        path("translation/queue/", queues, name="translation_queues"),
        path("translation/queue/<slug:language>/", QueueView.as_view(), name="translation_queue"),
        path("translation/coverage/", CoverageView.as_view(), name="translation_coverage"),
        path("translation/submit/<int:page_id>/", SubmitView.as_view(), name="translation_submit"),
        path("translation/submissions/", SubmissionsView.as_view(), name="translation_submissions"),
        path(
            "translation/submissions/<int:submission_id>/",
            submission,
            name="translation_submission",
        ),
    ]


class TranslationsMenuItem(MenuItem):
    """Nobody's menu has it who could do nothing there."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For who may add or edit pages in some language."""
        return has_a_language(cast(User, request.user))


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    """“Translations”, which leads to one's own language."""
    return TranslationsMenuItem(
        _("Translations"),
        reverse_lazy("translation_queues"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=240,
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def submit_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """“Submit for translation”, for those who may edit a public page."""
    if page.depth > 1 and page.live and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Submit for translation"),
            reverse("translation_submit", args=[page.pk]),
            icon_name="wagtail-localize-language",
            priority=61,
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the history of a page tells of work on it."""
    for action, label, message in (
        (assigning.ASSIGNED, _("Assign translation"), _("Assigned to somebody, or to nobody")),
        (assigning.DUE, _("Set due date of translation"), _("Due date of translation set")),
        (submitting.SUBMITTED, _("Submit for translation"), _("Submitted for translation")),
    ):
        actions.register_action(action, label, message)
