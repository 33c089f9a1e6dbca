"""The whole contract for one plugin: what it says of itself, what it brings, what readers get."""

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from io import StringIO
from pathlib import Path
from typing import Any

import polib
from django.core.checks import ERROR
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings
from django.utils import translation

from coalition.core.checks import check_page_type
from coalition.plugins import registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.checks import check_plugin
from coalition.plugins.discovery import GROUP, discover
from coalition.plugins.migrating import lacks_tables
from coalition.plugins.starting import misfits

from . import contributions, visits
from .report import Report
from .scene import set_up

Fields = Mapping[Any, Mapping[str, Any]]
Named = str | type[CoalitionPlugin]


def problems_of(named: Named, fields: Fields) -> list[str]:
    """Everything that is wrong with a plugin; the database is left as it was."""
    report = Report()
    plugin = _installed(named, report)
    if plugin is None:
        return report.problems
    _checks(plugin, report)
    _names(plugin, report)
    _catalogues(plugin, report)
    _migrations(plugin, report)
    if problem := lacks_tables(plugin):
        report.wrong(problem)
        return report.problems
    # What a plugin raises is asked for here; elsewhere on the way it is caught as on a live site.
    quiet = override_settings(PLUGIN_FAILURES_RAISE=False, DEMO=True)
    with quiet, translation.override("en"), transaction.atomic():
        scene = set_up(plugin, report)
        contributions.check(plugin, scene, report)
        visits.check(plugin, scene, fields, report)
        transaction.set_rollback(True)
    return report.problems


def _installed(named: Named, report: Report) -> CoalitionPlugin | None:
    slug = named if isinstance(named, str) else named.slug
    plugin = registry.installed().get(slug)
    if plugin is not None and (isinstance(named, str) or type(plugin) is named):
        return plugin
    known = [misfit for misfit in misfits() if misfit.name == slug]
    if not isinstance(named, str):
        points = [point for point in entry_points(group=GROUP) if point.name != slug]
        own = EntryPoint(slug, f"{named.__module__}:{named.__qualname__}", GROUP)
        known += [misfit for misfit in discover([*points, own]).misfits if misfit.name == slug]
    for misfit in known:
        report.wrong(str(misfit))
    if not known:
        report.wrong(
            f"Plugin “{slug}” is not installed. Name it in pyproject.toml under "
            f'[project.entry-points."{GROUP}"] and install its package.'
        )
    return None


def _checks(plugin: CoalitionPlugin, report: Report) -> None:
    """What `manage.py check` says of it and its models."""
    found = list(check_plugin(plugin))
    for model in plugin.get_models():
        found += model.check(databases=["default"])
    for page_type in registry.page_types(plugin.slug):
        found += check_page_type(page_type)
    for message in found:
        if message.level >= ERROR:
            report.wrong(f"{message.msg} {message.hint or 'Mend it.'} ({message.id})")


def _names(plugin: CoalitionPlugin, report: Report) -> None:
    """What it adds to namespaces of the whole site begins with its own name."""
    start = f"{plugin.slug.replace('-', '_')}_"
    for _area, name in registry.block_names(plugin.slug):
        if not name.startswith(start):
            report.wrong(f"The block “{name}” may collide with others. Call it {start}{name}.")
    own = {plugin.slug, plugin.slug.replace("-", "_"), plugin.label}
    for kind in ("templates", "static"):
        folder = Path(plugin.path) / kind
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in own:
                report.wrong(
                    f"{kind}/{path.name} may hide a file of others. "
                    f"Move it to {kind}/{plugin.slug}/."
                )


def _catalogues(plugin: CoalitionPlugin, report: Report) -> None:
    """Every catalogue can be read, and is compiled as it stands."""
    for path in sorted(Path(plugin.path).glob("locale/*/LC_MESSAGES/*.po")):
        name = path.relative_to(plugin.path)
        try:
            wanted = polib.pofile(str(path), check_for_duplicates=True)
        except (OSError, ValueError) as error:
            report.wrong(f"{name} cannot be read: {error}. Mend that line.")
            continue
        if wanted.metadata_is_fuzzy:
            report.wrong(
                f"{name} is not compiled while its header is marked as a draft. Take out "
                "“#, fuzzy” above the first msgid, and compile it again."
            )
            continue
        compiled = path.with_suffix(".mo")
        there = polib.mofile(str(compiled)) if compiled.exists() else polib.MOFile()
        if _texts(there) != _texts(wanted.translated_entries()):
            report.wrong(
                f"{name} is not compiled. Run: pybabel compile --domain {path.stem} "
                f"--directory {Path(plugin.path).name}/locale."
            )


def _texts(entries: Any) -> set[tuple[Any, ...]]:
    return {
        (entry.msgctxt, entry.msgid, entry.msgstr or tuple(entry.msgstr_plural.values()))
        for entry in entries
    }


def _migrations(plugin: CoalitionPlugin, report: Report) -> None:
    try:
        call_command(
            "makemigrations",
            plugin.label,
            check_changes=True,
            dry_run=True,
            interactive=False,
            verbosity=0,
            stdout=StringIO(),
            stderr=StringIO(),
        )
    except SystemExit:
        report.wrong(
            f"The models of {plugin.label} are ahead of its migrations. "
            f"Run: manage.py makemigrations {plugin.label}."
        )
