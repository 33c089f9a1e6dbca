"""Addresses and menu of the plugins in the admin."""

from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from coalition.plugins import registry
from coalition.plugins.starting import misfits
from coalition.sections.queries import is_secretariat

from .views import PluginsView, SettingsView, SwitchesView


class PluginsMenuItem(MenuItem):
    """Nobody else's menu has it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For the secretariat, where there is any plugin."""
        return is_secretariat(request.user) and bool(registry.installed() or misfits())


class PluginsViewSet(ViewSet):
    """Everything the secretariat does with plugins."""

    name = "plugins"
    icon = "cogs"
    menu_label = gettext_lazy("Plugins")
    menu_name = "plugins"
    menu_order = 260
    add_to_admin_menu = True
    menu_item_class = PluginsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """A plugin is called by its slug, a section by its code."""
        return [
            path("", PluginsView.as_view(), name="index"),
            path("of/<slug:slug>/", SwitchesView.as_view(), name="plugin"),
            path("of/<slug:slug>/settings/<slug:code>/", SettingsView.as_view(), name="settings"),
        ]
