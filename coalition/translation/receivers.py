"""Translations follow the one event that says what the public may see."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page

from coalition.core.visibility import visibility_changed
from coalition.translation.domain import staleness


@receiver(visibility_changed)
def follow(sender: type[Page], pages: list[Page], **kwargs: Any) -> None:
    """Read the segments of what went public, in the transaction in which it did."""
    staleness.follow(pages)
