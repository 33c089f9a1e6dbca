"""Jobs of translation."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends

from coalition.translation.domain import submitting


@task()
def submit_pages(submission_id: int) -> None:
    """Go on with a submission, and have the next job do the rest."""
    if submitting.go_on(submission_id):
        go_on(submission_id)


def go_on(submission_id: int, *, at_once: bool = False) -> None:
    """Owe the next job; where jobs run in the request's own process, long ones wait for `tick`."""
    in_process = getattr(task_backends[DEFAULT_TASK_BACKEND_ALIAS], "in_process", False)
    if in_process and not at_once:
        later = timezone.now() + timedelta(seconds=1)
        submit_pages.using(run_after=later).enqueue(submission_id)
    else:
        submit_pages.enqueue(submission_id)
