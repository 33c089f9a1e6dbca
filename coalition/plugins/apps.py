"""The plugin contract as an app: switches, failures, the plugins' part of pages and admin."""

from django.apps import AppConfig


class PluginsConfig(AppConfig):
    """Comes before every plugin in INSTALLED_APPS."""

    name = "coalition.plugins"
    label = "coalition_plugins"
    verbose_name = "Plugins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start with misfits where that is asked for."""
        from . import checks  # noqa: F401
        from .starting import refuse_misfits

        refuse_misfits()
