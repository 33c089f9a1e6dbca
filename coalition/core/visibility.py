"""The one event that says: what the public may see of these pages has changed.

Sent inside the transaction that changed them, with `pages: list[Page]`. Receivers write rows or
enqueue tasks (which are rows until commit); search, feeds, caches and mirrors hang on it.
"""

from collections.abc import Iterable, Sequence

from django.dispatch import Signal
from wagtail.models import Page

visibility_changed = Signal()

documents_changed = Signal()
"""Sent inside the transaction with `document_ids` and `leaving`: their files, or who may read them,
have changed, or they are about to be deleted."""

CHUNK = 200


def announce(pages: Iterable[Page]) -> None:
    """Send `visibility_changed` for `pages`, once and only if there are any."""
    if pages := list(pages):
        visibility_changed.send(sender=Page, pages=pages)


def announce_ids(ids: Sequence[int]) -> None:
    """Announce the pages with these ids, in parts: a section may have thousands."""
    for start in range(0, len(ids), CHUNK):
        announce(Page.objects.filter(pk__in=ids[start : start + CHUNK]))


def announce_tree(page: Page) -> None:
    """Announce `page` and everything below it: its URL or its restriction has changed."""
    announce(Page.objects.descendant_of(page, inclusive=True))
