"""Which plugin's fault it is that the database cannot be migrated, and what mends it."""

import traceback
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations import Migration
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

from coalition.plugins import registry
from coalition.plugins.base import CoalitionPlugin


def mend(error: Exception, migration: Migration | None = None) -> str | None:
    """What to say of an error while migrations are read or (`migration`) run; None: no plugin's."""
    migration = migration or getattr(error, "origin", None)
    if isinstance(migration, Migration):
        plugin = registry.owner(migration.app_label)
        what = f"its migration {migration.name} failed"
    else:
        plugin = next(filter(None, map(_at, reversed(_files(error)))), None)
        what = "its migrations cannot be read"
    return plugin.complaint(what, error) if plugin else None


def lacks_migrations(plugin: CoalitionPlugin) -> bool:
    """Whether it has models for which no table is ever made."""
    return any(plugin.get_models()) and not module_has_submodule(plugin.module, "migrations")


def lacks_tables(plugin: CoalitionPlugin) -> str:
    """What to say where the database does not have the plugin's models as they are; else empty."""
    models = [model for model in plugin.get_models() if model._meta.managed]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if any(model._meta.db_table not in there for model in models):
            what = "models without a table"
        elif any(_columns(model) - _columns_there(cursor, model) for model in models):
            what = "fields without a column"
        else:
            return ""
    return (
        f"Plugin “{plugin.slug}” has {what}. Run manage.py makemigrations {plugin.label}, then "
        "migrate."
    )


def _columns(model: type[Model]) -> set[str]:
    return {field.column for field in model._meta.local_concrete_fields if field.column}


def _columns_there(cursor: Any, model: type[Model]) -> set[str]:
    table = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return {column.name for column in table}


def _files(error: Exception) -> list[str]:
    """Those that were run, the one with a wrong syntax last."""
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    wrong = getattr(error, "filename", None)
    return [*files, wrong] if isinstance(wrong, str) else files


def _at(file: str) -> CoalitionPlugin | None:
    for plugin in registry.installed().values():
        if Path(file).is_relative_to(plugin.path):
            return plugin
    return None
