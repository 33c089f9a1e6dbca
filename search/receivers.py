"""Search follows the one event that says what the public may see."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page

from coalition.core.visibility import visibility_changed
from coalition.plugins import registry
from coalition.plugins.signals import plugin_switched
from coalition.sections.models import Section

from .domain import index
from .tasks import refresh_entries


@receiver(visibility_changed)
def follow(sender: type[Page], pages: list[Page], **kwargs: Any) -> None:
    """Rewrite the entries of `pages` in the transaction that changed them."""
    index.refresh(pages)


@receiver(plugin_switched)
def follow_switch(slug: str, section: Section | None, **kwargs: Any) -> None:
    """Where a plugin says something of the pages of others, they are read again, in a job."""
    plugins = (registry.plugin(each) for each in registry.with_dependents(slug))
    if any(plugin.search_text or plugin.search_facets for plugin in plugins):
        refresh_entries.enqueue(section_id=section.pk if section else None)
