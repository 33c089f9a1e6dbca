"""Local memory by default, Redis when REDIS_URL names it; a dead Redis is an empty cache."""

from typing import Any

from .environment import text


def cache() -> dict[str, Any]:
    """The `default` cache. Publishing and reading go on while Redis is away."""
    url = text("REDIS_URL")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "coalition",
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "LOG_IGNORED_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    }


CACHES = {"default": cache()}
