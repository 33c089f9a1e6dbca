"""What `tick` does for search."""

from coalition.jobs.tick import on_tick


@on_tick("search-types")
def search_types() -> int:
    """Follow plugins that have gone with their page types, or have come back."""
    from search.domain.drift import follow_types

    return follow_types()
