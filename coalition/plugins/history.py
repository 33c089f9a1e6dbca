"""What Wagtail's log calls the things that are done with a plugin."""

ENABLED = "coalition_plugins.enabled"
DISABLED = "coalition_plugins.disabled"
FOLLOWS = "coalition_plugins.follows"
SETTINGS = "coalition_plugins.settings"
UNINSTALLED = "coalition_plugins.uninstalled"
