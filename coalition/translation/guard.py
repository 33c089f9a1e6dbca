"""Keeps wagtail-localize's own views shut, and its hands off the editor.

As shipped they create live pages in other countries, publish without the right to, replace live
translations and write into live rows (docs/decisions/0004-localize-views-shut.md).
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail_localize import synctree, wagtail_hooks

KEPT = {"register_admin_urls", "register_icons", "register_log_actions"}
"""Its addresses can still be named, which some of its templates do; what they lead to is shut."""


def shut(request: HttpRequest, path: str) -> HttpResponse:
    """Every address below `/admin/localize/` is 404."""
    raise Http404("Translations are made with “Translate” in the page's menu.")


@hooks.register("register_admin_urls", order=-100)
def shut_localize() -> list[URLPattern]:
    """Before wagtail-localize's own addresses, so that these are the ones found."""
    return [path("localize/<path:path>", shut, name="localize_shut")]


def _take_out_hooks() -> None:
    """Buttons, menu entries, its takeover of the editor and its copies into other languages.

    Wagtail knows no way to take a hook back.
    """
    theirs = {wagtail_hooks.__name__, synctree.__name__}
    for name, registered in hooks._hooks.items():
        if name not in KEPT:
            registered[:] = [entry for entry in registered if entry[0].__module__ not in theirs]


_take_out_hooks()
