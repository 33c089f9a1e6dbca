"""The admin's part of translation: wagtail-localize kept shut, plain views of our own instead."""

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

from coalition.translation import copying, guard, views
from coalition.translation.admin import editor, po
from coalition.translation.domain import finishing
from coalition.translation.work import original_of

__all__ = ["copying", "guard"]


@hooks.register("register_admin_urls")
def translate_url() -> list[URLPattern]:
    """Where a translation starts, and where it is made."""
    return [
        path("translate/<int:page_id>/", views.translate, name="translation_start"),
        path("translation/<int:page_id>/", editor.edit, name="translation_edit"),
        path("translation/<int:page_id>/preview/", editor.preview, name="translation_preview"),
        path("translation/<int:page_id>/po/", po.po_file, name="translation_po"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def translate_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """“Translate”, for those who may edit the page or add pages below it."""
    rights = page.permissions_for_user(user)
    if page.depth > 1 and (rights.can_edit() or rights.can_add_subpage()):
        yield Button(
            _("Translate"),
            reverse("translation_start", args=[page.pk]),
            icon_name="wagtail-localize-language",
            priority=60,
        )


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
