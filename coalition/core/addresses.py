"""Addresses as the world outside knows them."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """The address on the web of a path of this site."""
    return f"{settings.BASE_URL}{path}"


def host_of(url: str) -> str:
    """Which site a URL leads to, as people call it: example.org. Raises ValueError for nonsense."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
