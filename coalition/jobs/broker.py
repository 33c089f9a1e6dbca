"""Redis as a hint: it wakes a worker early, the outbox owes the work either way."""

import logging
import time
from functools import cache
from urllib.parse import urlsplit

import django_rq
from django.conf import settings
from django_tasks_rq import Job
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Worker

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 0.5
ANSWER_SECONDS = 1.0
# One request saves a page and enqueues six tasks: only the first of them waits for a dead Redis.
PAUSE_SECONDS = 15.0
DAY = 24 * 60 * 60

_paused_until: dict[str, float] = {}


def push(*, task_path: str, item_id: int, queue_name: str, backend: str) -> bool:
    """Tell a worker of the item. False when Redis is away, which costs at most 1.5 s once."""
    url = url_of(queue_name)
    if time.monotonic() < _paused_until.get(url, 0):
        return False
    try:
        queue = django_rq.get_queue(queue_name, job_class=Job, connection=_client(url))
        job = queue.create_job(
            task_path,
            args=[item_id],
            meta={"backend_name": backend},
            result_ttl=0,
            failure_ttl=DAY,
        )
        queue.enqueue_job(job)
    except (RedisError, OSError) as error:
        _paused_until[url] = time.monotonic() + PAUSE_SECONDS
        logger.warning(
            "Redis at %s is away (%s); `tick` runs the jobs.",
            address(url),
            type(error).__name__,
        )
        return False
    return True


def url_of(queue_name: str) -> str:
    """The URL that RQ_QUEUES gives to a queue."""
    url: str = settings.RQ_QUEUES[queue_name]["URL"]
    return url


def address(url: str) -> str:
    """Host and port, without name and password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 6379}"


def is_reachable(url: str) -> bool:
    """Whether Redis answers within 1.5 s."""
    try:
        return bool(_client(url).ping())
    except (RedisError, OSError):
        return False


def count_workers(url: str) -> int:
    """How many workers are registered; raises RedisError or OSError."""
    return Worker.count(connection=_client(url))


@cache
def _client(url: str) -> Redis:
    """A connection for requests. RQ's own has 5 s timeouts and ten retries, and workers block."""
    client: Redis = Redis.from_url(
        url,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return client
