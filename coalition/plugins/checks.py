"""What a plugin names has to be there; checked whenever Django starts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from coalition.core.interchange.folder import PAGES
from coalition.plugins import registry
from coalition.plugins.base import EVENTS, SLOTS, CoalitionPlugin
from coalition.plugins.migrating import lacks_migrations
from coalition.plugins.starting import misfits


@register
def check_plugins(**kwargs: Any) -> list[CheckMessage]:
    """Misfits as warnings; every name and path of those in use."""
    left_out = [
        Warning(
            f"Plugin “{misfit.name}” {misfit.problem}",
            hint=misfit.mend,
            id="coalition_plugins.W001",
        )
        for misfit in misfits()
    ]
    return [
        *left_out,
        *(error for plugin in registry.installed().values() for error in check_plugin(plugin)),
    ]


def check_plugin(plugin: CoalitionPlugin) -> Iterator[CheckMessage]:
    """Every rule for one plugin."""
    for kind, names, known in (
        ("slot", plugin.slots, SLOTS),
        ("event", plugin.listens, EVENTS),
    ):
        for name in sorted(set(names) - set(known)):
            yield _error(plugin, 1, f"there is no {kind} “{name}”.", f"Use {', '.join(known)}.")
    for path in plugin.paths():
        try:
            plugin.imported(path)
        except Exception as error:  # noqa: BLE001 - the plugin boundary
            problem = f"{path} cannot be imported: {type(error).__name__}: {error}."
            yield _error(plugin, 2, problem, "Repair the path or what it leads to.")
    if plugin.urls:
        try:
            plugin.imported_module(plugin.urls)
        except Exception as error:  # noqa: BLE001 - the plugin boundary
            problem = f"{plugin.urls} cannot be imported: {type(error).__name__}: {error}."
            yield _error(plugin, 3, problem, "Repair the module of its addresses.")
    if lacks_migrations(plugin):
        yield _error(
            plugin,
            5,
            "it has models and no migrations, so they have no tables.",
            f"Its author has to run “manage.py makemigrations {plugin.label}”; uninstall the "
            f"package {plugin.distribution} until then.",
        )
    if plugin.demo and not (Path(plugin.path) / plugin.demo / PAGES).is_file():
        problem = f"its folder “{plugin.demo}” has no file {PAGES}."
        yield _error(plugin, 4, problem, "Make the file, and see that the package contains it.")


def _error(plugin: CoalitionPlugin, number: int, problem: str, hint: str) -> CheckMessage:
    identity = f"coalition_plugins.E{number:03}"
    return Error(f"Plugin “{plugin.slug}”: {problem}", hint=hint, obj=plugin, id=identity)
