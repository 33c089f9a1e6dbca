"""The translators' editor in the admin: addresses, buttons, history."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from coalition.core.queries import original_of
from coalition.translation.admin import editor, po
from coalition.translation.domain import finishing


@hooks.register("register_admin_urls")
def editor_urls() -> list[URLPattern]:
    """Where a translation is made, looked at, taken out and in."""
    return [
        path("translation/<int:page_id>/", editor.edit, name="translation_edit"),
        path("translation/<int:page_id>/preview/", editor.preview, name="translation_preview"),
        path("translation/<int:page_id>/po/", po.po_file, name="translation_po"),
    ]


@hooks.register("register_page_header_buttons")
def segments_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """“Translate segment by segment”, where a page follows a public original."""
    if not page.permissions_for_user(user).can_edit():
        return
    original = original_of(page)
    if original and original.live:
        yield Button(
            _("Translate segment by segment"),
            reverse("translation_edit", args=[page.pk]),
            icon_name="list-ul",
            priority=59,
        )


@hooks.register("before_edit_page")
def tell_of_segments(request: HttpRequest, page: Page) -> None:
    """In Wagtail's editor of a translated page: that there is another way."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    original = original_of(page)
    if original and original.live:
        url = reverse("translation_edit", args=[page.pk])
        messages.info(
            request,
            _now("This page is a translation. You see its original beside it segment by segment."),
            buttons=[messages.button(url, _now("Translate segment by segment"))],
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of a page."""
    for action, label, message in (
        (finishing.SUBMITTED, _("Submit translation"), _("Translation submitted")),
        (finishing.STOPPED, _("Stop following"), _("Follows its original no longer")),
        (finishing.RESUMED, _("Follow again"), _("Follows its original again")),
    ):
        actions.register_action(action, label, message)
