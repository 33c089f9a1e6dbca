"""The admin's part of plugins: the secretariat's page of them, their own views, the log."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from coalition.plugins import history
from coalition.plugins.admin.viewset import PluginsViewSet
from coalition.plugins.viewsets import panels_of_plugins, viewsets_of_plugins


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """“Plugins”, in the secretariat's menu alone, and what plugins bring."""
    return [PluginsViewSet(), *viewsets_of_plugins()]


@hooks.register("construct_homepage_panels")
def panels(request: HttpRequest, shown: list[Any]) -> None:
    """Panels of plugins on the admin's first page."""
    shown += panels_of_plugins(request)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the log when a plugin is switched."""
    for action, label, message in (
        (history.ENABLED, _("Switch plugin on"), _("Switched on")),
        (history.DISABLED, _("Switch plugin off"), _("Switched off")),
        (history.FOLLOWS, _("Set plugin as the network has it"), _("As the network again")),
        (history.SETTINGS, _("Change settings of plugin"), _("Settings changed")),
        (history.UNINSTALLED, _("Uninstall plugin"), _("Uninstalled")),
    ):
        actions.register_action(action, label, message)
