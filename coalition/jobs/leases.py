"""Doing a named thing alone, across processes and machines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .models import Lease


@contextmanager
def held(name: str, *, at_most: timedelta) -> Iterator[bool]:
    """Whether the lease is ours inside the block; another process may have it after `at_most`."""
    now = timezone.now()
    until = now + at_most
    Lease.objects.get_or_create(name=name)
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    mine = Lease.objects.filter(free, name=name).update(held_until=until)
    try:
        yield bool(mine)
    finally:
        if mine:
            Lease.objects.filter(name=name, held_until=until).update(held_until=None)
