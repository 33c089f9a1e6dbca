"""What `tick` does for the core."""

from django.core.cache import cache

from coalition.jobs.tick import on_tick

HOUR = 3600


@on_tick("renditions-of-nothing")
def renditions_of_nothing() -> int:
    """Once an hour, take renditions away whose pictures are gone."""
    from coalition.core.files.orphans import delete_unknown_renditions

    return delete_unknown_renditions() if cache.add("core:renditions-swept", 1, HOUR) else 0
