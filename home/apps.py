"""The network's own pages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    """Homes, standard pages and lists."""

    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every language has a home as soon as the database is migrated."""
        from .domain.homes import after_migrate

        post_migrate.connect(after_migrate, sender=self)
