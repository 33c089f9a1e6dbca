"""Translation of pages."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Guards wagtail-localize and stands in for its submit view."""

    name = "coalition.translation"
    label = "translation"
    verbose_name = "Translation"
