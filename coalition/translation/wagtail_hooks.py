"""The admin's part of translation: wagtail-localize kept shut, plain views of our own instead."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from coalition.translation import cascade_hooks, cascade_views, copying, guard, views
from coalition.translation.admin import editor_hooks, planning_hooks
from coalition.translation.dashboard import MyTranslations, StaleTranslations

__all__ = ["cascade_hooks", "copying", "editor_hooks", "guard", "planning_hooks"]


@hooks.register("register_admin_urls")
def translate_url() -> list[URLPattern]:
    """Where a translation starts, and where what was done to a page is done to its translations."""
    return [
        path("translate/<int:page_id>/", views.translate, name="translation_start"),
        path("cascade/<slug:token>/", cascade_views.cascade, name="translation_cascade"),
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


@hooks.register("construct_homepage_panels")
def translations(request: HttpRequest, panels: list[Any]) -> None:
    """What is behind, and what somebody has been asked to do about it."""
    panels += [MyTranslations(), StaleTranslations()]
