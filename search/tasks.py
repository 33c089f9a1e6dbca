"""Jobs of search. They take ids, read afresh and may run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from . import engines


@task()
def sync_engine(page_ids: list[int]) -> None:
    """Bring the engine up to date with the entries of these pages, gone ones included."""
    engines.current().sync(page_ids)


@task()
def refresh_entries(section_id: int | None, after: int = 0) -> None:
    """Write the entries of a section, or (None) all, anew.

    Where there are many, the rest is left to `tick`: without workers this runs in a request.
    """
    from .domain import index

    last = index.refresh_entries(section_id=section_id, after=after)
    if last is not None:
        later = refresh_entries.using(run_after=timezone.now() + timedelta(seconds=1))
        later.enqueue(section_id=section_id, after=last)
