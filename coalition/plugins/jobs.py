"""Jobs and functions of `tick` that belong to plugins: they wait while the plugin is off."""

from coalition.plugins import gate, registry
from coalition.plugins.boundary import counted


def rests(path: str) -> bool:
    """Whether what lies at a dotted path belongs to a plugin that is off everywhere."""
    slug = registry.slug_of_path(path)
    return slug is not None and not gate.is_on_anywhere(slug)


def failed_at(path: str, hook: str, error: Exception) -> bool:
    """Count a failure if it is a plugin's; whether it is."""
    slug = registry.slug_of_path(path)
    if slug is not None:
        counted(slug, hook, error)
    return slug is not None
