"""Keeps wagtail-localize's own views shut.

As shipped they create live pages in other countries, publish without the right to, replace live
translations and write into live rows (docs/decisions/0004-localize-views-shut.md).
"""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from wagtail import hooks


def shut(request: HttpRequest, path: str) -> None:
    """Every address below `/admin/localize/` is 404."""
    raise Http404("Translations are made with “Translate” in the page's menu.")


@hooks.register("register_admin_urls", order=-100)
def shut_localize() -> list[URLPattern]:
    """Before wagtail-localize's own addresses, so that these are the ones found."""
    return [path("localize/<path:path>", shut, name="localize_shut")]


@hooks.register("construct_page_listing_buttons")
def without_dead_buttons(buttons: list[Any], *args: Any, **kwargs: Any) -> None:
    """Take away the buttons that would lead to a 404."""
    buttons[:] = [button for button in buttons if not _is_shut(getattr(button, "url", ""))]


@hooks.register("construct_reports_menu")
def without_report(request: HttpRequest, menu_items: list[Any]) -> None:
    """Its report lists other sections' pages."""
    menu_items[:] = [item for item in menu_items if not _is_shut(item.url)]


def _is_shut(url: object) -> bool:
    return "/localize/" in str(url or "")
