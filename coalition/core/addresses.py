"""Addresses as the world outside knows them."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address on the web of a path of this site."""
    return f"{settings.BASE_URL}{path}"
