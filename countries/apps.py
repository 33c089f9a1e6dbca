"""Sections as pages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CountriesConfig(AppConfig):
    """Section pages, provisioning and rights."""

    name = "countries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers; every home gets its lists of sections."""
        from . import receivers  # noqa: F401
        from .domain import folders, workflows

        post_migrate.connect(folders.after_migrate, sender=self)
        post_migrate.connect(workflows.after_migrate, sender=self)
