"""What a kind of page is called, for readers."""

from functools import lru_cache

from django import template
from django.utils.text import capfirst
from wagtail.models import get_page_models

register = template.Library()


@lru_cache
def _names() -> dict[str, object]:
    """Interchange type of every installed page model -> its verbose name, still untranslated."""
    return {
        model.interchange_type: model._meta.verbose_name
        for model in get_page_models()
        if getattr(model, "interchange_type", None)
    }


@register.filter
def type_label(interchange_type: str) -> str:
    """The name of a type in the active language ("Success story"), empty for unknown ones."""
    return capfirst(str(_names().get(interchange_type, "")))
