"""What a plugin names has to be there; checked whenever Django starts."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import takewhile
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
    for name, hook in _misspelt(plugin):
        problem = f"there is no hook “{name}”; did you mean {hook}?"
        yield _error(plugin, 6, problem, f"Call it {hook}, or _{name} if it is your own.")
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


def _misspelt(plugin: CoalitionPlugin) -> Iterator[tuple[str, str]]:
    """Public names that its class sets and nobody reads, each with the hook it is near to."""
    hooks = [name for name in CoalitionPlugin.__annotations__ if not name.startswith("_")]
    own = takewhile(lambda kind: kind is not CoalitionPlugin, type(plugin).__mro__)
    names = {name for kind in own for name in vars(kind) if not name.startswith("_")}
    for name in sorted(names - set(dir(CoalitionPlugin))):
        if near := get_close_matches(name, hooks, n=1, cutoff=0.8):
            yield name, near[0]


def _error(plugin: CoalitionPlugin, number: int, problem: str, hint: str) -> CheckMessage:
    identity = f"coalition_plugins.E{number:03}"
    return Error(f"Plugin “{plugin.slug}”: {problem}", hint=hint, obj=plugin, id=identity)
