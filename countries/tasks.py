"""Jobs of sections. They take ids, read afresh and may run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from countries.domain.bring_back import bring_back_next


@task()
def bring_back_pages(takedown_id: int, user_id: int, after: int = 0) -> None:
    """Publish pages that were taken down, some at a time.

    Where there are many, the rest is left to `tick`: without workers this runs in a request.
    """
    last = bring_back_next(takedown_id=takedown_id, user_id=user_id, after=after)
    if last is not None:
        later = bring_back_pages.using(run_after=timezone.now() + timedelta(seconds=1))
        later.enqueue(takedown_id=takedown_id, user_id=user_id, after=last)
