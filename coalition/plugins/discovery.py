"""Finds the plugins that are installed, by entry point, and leaves out those that do not fit.

Runs while the settings are read: plugins' AppConfigs are imported, models are not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import EntryPoint, entry_points

from coalition.plugins.base import API_VERSION, CoalitionPlugin

GROUP = "coalition.plugins"
LONGEST_SLUG = 40
RESERVED = {"calls", "leave", "patterns", "qr"}
"""What addresses of the site have in the place of a plugin's slug."""

Plugins = dict[str, type[CoalitionPlugin]]


@dataclass(frozen=True)
class Misfit:
    """A plugin that is installed and cannot be used: what is wrong, and what mends it."""

    name: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"Plugin “{self.name}” {self.problem} {self.mend}"


@dataclass(frozen=True)
class Found:
    """Paths for INSTALLED_APPS, each after those it requires, and what was left out."""

    apps: tuple[str, ...] = ()
    misfits: tuple[Misfit, ...] = ()


@dataclass
class _Search:
    """Plugins that fit so far."""

    plugins: Plugins = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)

    def leave_out(self, name: str, problem: str, mend: str) -> None:
        self.plugins.pop(name, None)
        self.misfits.append(Misfit(name, problem, mend))


def discover(points: Iterable[EntryPoint] | None = None) -> Found:
    """Everything in the entry-point group, or in `points`."""
    found = list(entry_points(group=GROUP) if points is None else points)
    search = _Search()
    named: dict[str, list[EntryPoint]] = defaultdict(list)
    for point in found:
        named[point.name].append(point)
    for name, same in sorted(named.items()):
        if len(same) > 1:
            packages = " and ".join(sorted(_distribution(point) for point in same))
            search.leave_out(
                name,
                f"is there {len(same)} times, in {packages}.",
                "Uninstall all of these packages but one.",
            )
        else:
            _load(same[0], search)
    _require(search)
    return Found(tuple(_in_order(search)), tuple(search.misfits))


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value


def _load(point: EntryPoint, search: _Search) -> None:
    package = _distribution(point)
    try:
        plugin = point.load()
    except Exception as error:  # noqa: BLE001 - whatever it is, the site has to start
        search.leave_out(
            point.name,
            f"cannot be imported: {type(error).__name__}: {error}.",
            f"Repair or uninstall the package {package}.",
        )
        return
    if problem := _unfit(point, plugin):
        search.leave_out(point.name, problem, f"Repair or uninstall the package {package}.")
    elif plugin.requires_api != API_VERSION:
        search.leave_out(
            point.name,
            f"is written for version {plugin.requires_api} of the plugin API; this site has "
            f"version {API_VERSION}.",
            f"Install a version of {package} that fits, or uninstall it.",
        )
    else:
        plugin.distribution = package
        plugin.version = point.dist.version if point.dist else ""
        search.plugins[point.name] = plugin


def _unfit(point: EntryPoint, plugin: object) -> str:
    """What is wrong with a plugin by itself; empty when nothing is."""
    if not isinstance(plugin, type) or not issubclass(plugin, CoalitionPlugin):
        return "is no subclass of coalition.plugins.base.CoalitionPlugin."
    if problem := _unfit_slug(plugin.slug):
        return f"has the slug “{plugin.slug}”, which {problem}."
    if plugin.slug != point.name:
        return f"has the slug “{plugin.slug}”, another than its entry point."
    return ""


def _unfit_slug(slug: str) -> str:
    """Why a slug cannot stand in addresses; empty when it can."""
    if not 2 <= len(slug) <= LONGEST_SLUG:
        length = "short" if len(slug) < 2 else "long"
        return f"is too {length}: it takes 2 to {LONGEST_SLUG} characters"
    if strange := sorted(set(re.findall(r"[^a-z0-9-]", slug))):
        return f"has {' '.join(strange)} in it: it takes a–z, 0–9 and hyphens"
    if not slug[0].isalpha():
        return "does not begin with a letter"
    if slug in RESERVED:
        return f"is one of the site's own: {', '.join(sorted(RESERVED))}"
    return ""


def _require(search: _Search) -> None:
    """Leave out those that lack another one, until none does; then those that need each other."""
    lacking = True
    while lacking:
        lacking = False
        for name, plugin in list(search.plugins.items()):
            missing = [slug for slug in plugin.requires_plugins if slug not in search.plugins]
            if missing:
                lacking = True
                search.leave_out(
                    name,
                    f"needs {', '.join(missing)}, which cannot be used here.",
                    f"Install {', '.join(missing)}, or uninstall {plugin.distribution}.",
                )
    try:
        TopologicalSorter(_needs(search.plugins)).prepare()
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        for name in circle:
            search.leave_out(
                name,
                f"needs itself, by way of {' and '.join(circle)}.",
                "Its author has to take one out of requires_plugins; uninstall it until then.",
            )
        _require(search)


def _needs(plugins: Plugins) -> Mapping[str, Iterable[str]]:
    return {name: sorted(plugin.requires_plugins) for name, plugin in plugins.items()}


def _in_order(search: _Search) -> Iterable[str]:
    for name in TopologicalSorter(_needs(search.plugins)).static_order():
        plugin = search.plugins[name]
        yield f"{plugin.__module__}.{plugin.__qualname__}"
