"""Translation of pages."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Guards wagtail-localize, stands in for its views, and knows what is stale."""

    name = "coalition.translation"
    label = "translation"
    verbose_name = "Translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        from . import receivers, sources  # noqa: F401

        sources.connect()
