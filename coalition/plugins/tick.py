"""What `tick` does for plugins."""

from django.core.cache import cache

from coalition.jobs.tick import on_tick
from coalition.plugins import boundary, personal

DAY = 86_400


@on_tick("personal-data-of-plugins")
def expired_personal_data() -> int:
    """Once a day, take away what plugins have kept of people for as long as they may."""
    return personal.expire() if cache.add("plugins:expired", 1, DAY) else 0


@on_tick("failures-of-plugins")
def failures() -> int:
    """What the cache alone has counted while a hook failed often."""
    return boundary.write_owed()
