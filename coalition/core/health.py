"""Is the site alive, and is everything it needs there?"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def database_problem() -> str | None:
    """Why the database does not answer, None when it does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        kind = type(error).__name__
        return f"The database does not answer ({kind}). Start it or mend DATABASE_URL."
    return None


def redis_problem() -> str | None:
    """Why Redis does not answer, None when it does or is not used."""
    if not settings.REDIS_URL:
        return None
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
        )
        client.ping()
    except (redis.RedisError, OSError) as error:
        return f"Redis does not answer ({type(error).__name__}). Start it or mend REDIS_URL."
    return None


# Redis is wanted, not needed: without it pages are read and published, and `tick` does the jobs.
DEPENDENCIES: dict[str, tuple[Callable[[], str | None], bool]] = {
    "database": (database_problem, True),
    "redis": (redis_problem, False),
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Each dependency with what is wrong; 503 when one that is needed is down."""
    problems = {name: check() for name, (check, _needed) in DEPENDENCIES.items()}
    down = any(problems[name] for name, (_check, needed) in DEPENDENCIES.items() if needed)
    answer = {
        "status": "down" if down else "ok",
        "dependencies": {
            name: {"ok": problem is None, "needed": DEPENDENCIES[name][1], "problem": problem}
            for name, problem in problems.items()
        },
    }
    return JsonResponse(answer, status=503 if down else 200)
