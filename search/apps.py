"""Search across languages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search document of every public page, and the engines that follow it."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow what becomes public and what ceases to be."""
        from . import receivers  # noqa: F401
