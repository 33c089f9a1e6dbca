"""What `doctor` says about jobs."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from redis.exceptions import RedisError

from coalition.core.doctor import examines

from . import broker, queries
from .backends import BrokerBackend

LATE = timedelta(minutes=10)


@examines("jobs")
def problems() -> list[str]:
    """Whole sentences, one for each thing that is wrong and what to do; empty when all is well."""
    return [*_late(), *_given_up(), *_broker()]


def _late() -> list[str]:
    oldest = queries.oldest_due()
    if oldest is None or oldest > timezone.now() - LATE:
        return []
    return [
        _(
            "A job has been due since %(time)s. Check that “manage.py tick” runs every minute "
            "and read its log."
        )
        % {"time": oldest.isoformat(timespec="seconds")}
    ]


def _given_up() -> list[str]:
    return [
        ngettext(
            "%(count)d job %(task)s was given up; its last error was: %(error)s. Repair the "
            "cause, then run “manage.py tick --requeue”.",
            "%(count)d jobs %(task)s were given up; their last error was: %(error)s. Repair the "
            "cause, then run “manage.py tick --requeue”.",
            count,
        )
        % {"count": count, "task": task, "error": error}
        for task, error, count in queries.given_up()
    ]


def _broker() -> list[str]:
    if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], BrokerBackend):
        return []
    found = []
    for url in sorted({queue["URL"] for queue in settings.RQ_QUEUES.values()}):
        place = {"address": broker.address(url)}
        try:
            if not broker.is_reachable(url):
                found.append(
                    _(
                        "Redis does not answer at %(address)s. Until it does, jobs wait for "
                        "“manage.py tick”."
                    )
                    % place
                )
            elif not broker.count_workers(url):
                found.append(
                    _(
                        "No worker takes jobs from Redis at %(address)s. Start “manage.py "
                        "rqworker --job-class django_tasks_rq.Job default”."
                    )
                    % place
                )
        except (RedisError, OSError):
            found.append(_("Redis at %(address)s stopped answering.") % place)
    return found
