"""What plugins may listen to, by name; `CoalitionPlugin.listens` connects to them."""

from django.dispatch import Signal
from wagtail.signals import page_published, page_unpublished

from coalition.core.visibility import documents_changed, visibility_changed

plugin_switched = Signal()
"""Sent inside the transaction with `slug`, `section` (None: the network), `enabled`."""

EVENTS: dict[str, Signal] = {
    "visibility_changed": visibility_changed,
    "plugin_switched": plugin_switched,
    "page_published": page_published,
    "page_unpublished": page_unpublished,
    "documents_changed": documents_changed,
}

__all__ = [
    "EVENTS",
    "documents_changed",
    "page_published",
    "page_unpublished",
    "plugin_switched",
    "visibility_changed",
]
