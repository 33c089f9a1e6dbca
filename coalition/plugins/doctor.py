"""What `doctor` says about plugins."""

from coalition.core.doctor import examines
from coalition.plugins import boundary, migrating, registry
from coalition.plugins.models import PluginActivation
from coalition.plugins.starting import misfits


@examines("plugins")
def problems() -> list[str]:
    """What is left out, has no tables, fails often, or is switched on but not installed."""
    switched = PluginActivation.objects.filter(enabled=True).values_list("plugin", flat=True)
    gone = sorted(set(switched) - set(registry.installed()))
    return [
        *map(str, misfits()),
        *filter(None, map(migrating.lacks_tables, registry.installed().values())),
        *(
            f"Plugin “{row.plugin}” fails often: {row.hook}, {row.recent} times within an hour, "
            f"last with {row.last_error}. Switch it off (“manage.py plugins disable "
            f"{row.plugin}”) or repair it."
            for row in boundary.flagged()
        ),
        *(
            f"Plugin “{slug}” is switched on but cannot be used. Install it, or run “manage.py "
            f"plugins uninstall {slug}”."
            for slug in gone
        ),
    ]
