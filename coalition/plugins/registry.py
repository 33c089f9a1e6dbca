"""The plugins that are installed, and what belongs to which of them."""

from functools import cache
from typing import Any

from django.apps import apps

from coalition.plugins.base import CoalitionPlugin


class UnknownPluginError(LookupError):
    """No such plugin is installed."""


@cache
def _installed() -> dict[str, CoalitionPlugin]:
    configs = apps.get_app_configs()
    return {config.slug: config for config in configs if isinstance(config, CoalitionPlugin)}


def installed() -> dict[str, CoalitionPlugin]:
    """Every plugin by its slug, each after those it requires."""
    apps.check_apps_ready()
    return _installed()


def plugin(slug: str) -> CoalitionPlugin:
    """The plugin with that slug. Raises UnknownPluginError, which says what there is."""
    found = installed()
    if slug not in found:
        there = ", ".join(found) or "none"
        raise UnknownPluginError(f"No plugin “{slug}” is installed; there is: {there}.")
    return found[slug]


def with_dependents(slug: str) -> list[str]:
    """The plugin and those that are off wherever it is."""
    found = [slug]
    for other, config in installed().items():
        if set(config.requires_plugins) & set(found):
            found.append(other)
    return found


def owner(app_label: str) -> CoalitionPlugin | None:
    """The plugin that an app is, None for those of the core."""
    config = apps.app_configs.get(app_label)
    return config if isinstance(config, CoalitionPlugin) else None


def slug_of_model(model: Any) -> str | None:
    """The plugin that brings a model, None for those of the core."""
    plugin = owner(model._meta.app_label)
    return plugin.slug if plugin else None


@cache
def _types() -> dict[str, str]:
    return {
        model.interchange_type: slug
        for slug in installed()
        for model in page_types(slug)
        if getattr(model, "interchange_type", "")
    }


def slug_of_type(interchange_type: str) -> str | None:
    """The plugin whose pages have that type in the interchange format and in search."""
    return _types().get(interchange_type) if installed() else None


def slug_of_path(path: str) -> str | None:
    """The plugin in whose package a dotted path lies, None for those of the core."""
    for slug, config in installed().items():
        if path == config.name or path.startswith(f"{config.name}."):
            return slug
    return None


def page_types(slug: str) -> list[type[Any]]:
    """The page types that a plugin brings."""
    from wagtail.models import Page

    config = installed()[slug]
    return [model for model in config.get_models() if issubclass(model, Page)]


def block_names(slug: str) -> list[tuple[str, str]]:
    """Area and name of the blocks that a plugin brings."""
    areas = installed()[slug].blocks
    return [(area, name) for area, blocks in areas.items() for name in blocks]
