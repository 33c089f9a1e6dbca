"""Search follows the one event that says what the public may see."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page

from coalition.core.visibility import visibility_changed

from .domain import index


@receiver(visibility_changed)
def follow(sender: type[Page], pages: list[Page], **kwargs: Any) -> None:
    """Rewrite the entries of `pages` in the transaction that changed them."""
    index.refresh(pages)
