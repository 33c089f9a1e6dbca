"""What plugins bring to the demonstration: one that fails harms neither the others nor the rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from coalition.core.interchange.folder import PAGES, TOPICS
from coalition.core.interchange.importer import import_pages
from coalition.core.interchange.media import Media
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.interchange.topics import import_topics
from coalition.plugins import domain, gate, registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.boundary import attempt_write, failed
from coalition.plugins.models import PluginActivation

HOOK = "demo"


class RefusedLineError(ValueError):
    """A line of a plugin's demonstration does not go in."""


@dataclass(frozen=True)
class Demo:
    """What became of a plugin's demonstration; the reports of its pages are None if it failed."""

    slug: str
    pages: list[LineReport] | None
    refused: list[str]


def demos(*, dry_run: bool) -> Iterator[Demo]:
    """Import that of every plugin which is on for the network; a new one is switched on there."""
    for slug, plugin in registry.installed().items():
        if plugin.demo and attempt_write(slug, HOOK, partial(_is_on, slug), False):
            yield _demo(plugin, dry_run)


def _is_on(slug: str) -> bool:
    if not PluginActivation.objects.filter(plugin=slug).exists():
        domain.enable(slug=slug)
    return gate.is_on(slug, gate.NETWORK)


def _demo(plugin: CoalitionPlugin, dry_run: bool) -> Demo:
    found = attempt_write(plugin.slug, HOOK, partial(_imported, plugin, dry_run), None)
    if found is None:
        return Demo(plugin.slug, None, [])
    refused = [
        f"{name}, line {report.number}: {report.message}"
        for name, reports in found.items()
        for report in reports
        if report.outcome is Outcome.REFUSED
    ]
    for problem in refused:
        failed(plugin.slug, HOOK, RefusedLineError(problem))
    return Demo(plugin.slug, found[PAGES], refused)


def _imported(plugin: CoalitionPlugin, dry_run: bool) -> dict[str, list[LineReport]]:
    folder = Path(plugin.path) / plugin.demo
    topics, pages = folder / TOPICS, folder / PAGES
    media = Media(folder, dry_run)
    return {
        TOPICS: _taken(topics, partial(import_topics, keep=True)) if topics.exists() else [],
        PAGES: _taken(pages, partial(import_pages, keep=True, media=media)),
    }


def _taken(path: Path, take: Callable[[BinaryIO], Iterable[LineReport]]) -> list[LineReport]:
    with path.open("rb") as file:
        return list(take(file))
