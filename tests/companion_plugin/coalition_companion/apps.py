from coalition.plugins.base import CoalitionPlugin


class CompanionPlugin(CoalitionPlugin):
    """No models, so nothing to migrate."""

    name = "coalition_companion"
    verbose_name = "Companion"
    slug = "companion"
    requires_api = 1
    requires_plugins = ("demo",)
    slots = {"footer": ".shown.footer"}
    nav = ".shown.items"
    urls = ".urls"
