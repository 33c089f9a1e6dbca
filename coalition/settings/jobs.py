"""Tasks run in this process after the commit, or by RQ workers when REDIS_URL names a Redis."""

from typing import Any

from .environment import env

REDIS_URL = env("REDIS_URL", default="")
QUEUES = ["default"]


def tasks() -> dict[str, Any]:
    """The `default` backend; both write what they owe to the outbox first."""
    backend = "BrokerBackend" if REDIS_URL else "EmbeddedBackend"
    return {"BACKEND": f"coalition.jobs.backends.{backend}", "QUEUES": QUEUES}


TASKS = {"default": tasks()}
# An outbox item is leased for 300 s: RQ ends a job before another process may take it.
RQ_QUEUES = {name: {"URL": REDIS_URL, "DEFAULT_TIMEOUT": 240} for name in QUEUES if REDIS_URL}
RQ = {"JOB_CLASS": "django_tasks_rq.Job"}
