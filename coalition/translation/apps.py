"""Translation of pages."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Guards wagtail-localize and stands in for its submit view."""

    name = "coalition.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        """A page whose source is deleted gets another one."""
        from .sources import connect

        connect()
