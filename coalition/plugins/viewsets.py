"""Views and panels that plugins bring to the admin: there while the plugin is on anywhere."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from coalition.plugins import gate, registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.boundary import attempt
from coalition.plugins.starting import taking_up

_owners: dict[str, str] = {}


def owner_of_admin(namespace: str) -> str | None:
    """The plugin whose viewset has this namespace."""
    return _owners.get(namespace)


def viewsets_of_plugins() -> list[Any]:
    """An instance of each; one that cannot be made is left out."""
    found: list[Any] = []
    for plugin in registry.installed().values():
        for path in plugin.admin_viewsets:
            with taking_up(plugin, f"admin viewset {path}"):
                found.append(_viewset(plugin, path))
    return found


def _viewset(plugin: CoalitionPlugin, path: str) -> Any:
    viewset = plugin.imported(path)()
    item = viewset.menu_item_class

    class GatedItem(item):  # type: ignore[misc, valid-type]
        """Shown while the plugin is on anywhere."""

        def is_shown(self, request: HttpRequest) -> bool:
            """As its class does, where the plugin is on."""
            return gate.is_on_anywhere(plugin.slug) and bool(super().is_shown(request))

    viewset.__dict__["menu_item_class"] = GatedItem
    _owners[viewset.url_namespace] = plugin.slug
    return viewset


def panels_of_plugins(request: HttpRequest) -> list[Any]:
    """Components for the admin's first page."""
    found = []
    for slug, plugin in registry.installed().items():
        if not plugin.admin_panels or not gate.is_on_anywhere(slug):
            continue
        for path in plugin.admin_panels:
            panel = attempt(slug, "admin_panels", partial(_made, plugin, path, request), None)
            if panel is not None:
                found.append(panel)
    return found


def _made(plugin: CoalitionPlugin, path: str, request: HttpRequest) -> Any:
    return plugin.imported(path)(request)
