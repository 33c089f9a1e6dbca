"""What is wrong with this installation, in whole sentences that say what to do.

An app puts functions under `@examines("name")` into its module `doctor`. They take nothing and
return their findings; no findings, no problem.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import module_has_submodule

from coalition.core import health
from coalition.jobs.failures import place_of
from coalition.plugins import registry
from coalition.plugins.jobs import failed_at, rests
from coalition.plugins.migrating import mend

Examination = Callable[[], list[str]]

examinations: dict[str, Examination] = {}


def examines(name: str) -> Callable[[Examination], Examination]:
    """Register a function under a name of its own."""

    def register(function: Examination) -> Examination:
        if name in examinations:
            raise ValueError(f"Something else is registered for doctor as {name!r}.")
        examinations[name] = function
        return function

    return register


@dataclass(frozen=True)
class Finding:
    """What one examination found."""

    name: str
    problems: list[str]


def examine() -> Iterator[Finding]:
    """Every examination; those that need the database are tried only when it is there."""
    yield from _load_examinations()
    problems = {name: check() for name, (check, _needed) in health.DEPENDENCIES.items()}
    for name, problem in problems.items():
        yield Finding(name, [problem] if problem else [])
    if problems["database"]:
        return
    pending = _pending_migrations()
    yield Finding("migrations", pending)
    if pending:
        return
    for name, function in examinations.items():
        if rests(function.__module__):
            continue
        try:
            yield Finding(name, function())
        except Error as error:
            yield Finding(name, [f"This could not be examined: {error}"])
        except Exception as error:
            if not failed_at(function.__module__, "doctor", error):
                raise
            yield Finding(name, [f"This could not be examined: {place_of(error)}"])


def _load_examinations() -> Iterator[Finding]:
    """Import the module `doctor` of every app; that of a plugin may fail."""
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "doctor"):
            continue
        try:
            import_module(f"{config.name}.doctor")
        except Exception as error:
            if registry.slug_of_path(config.name) is None:
                raise
            yield Finding(config.label, [f"Its examination has no module: {place_of(error)}"])


def _pending_migrations() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:
        if sentence := mend(error):
            return [sentence]
        raise
    if not plan:
        return []
    owners = {registry.owner(migration.app_label) for migration, _backwards in plan}
    slugs = sorted(plugin.slug for plugin in owners if plugin)
    return [
        f"{len(plan)} migrations have not been applied. Run: manage.py migrate.",
        *(
            f"Plugin “{slug}” has migrations that have not been run. Run: manage.py migrate."
            for slug in slugs
        ),
    ]
