"""The full-text table of the embedded default. Other databases have engines of their own."""

from typing import Any

from django.db import migrations

CREATE = """
CREATE VIRTUAL TABLE search_text USING fts5(
    title, summary, body, digest UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Make the table, on SQLite only."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(CREATE)


def drop(apps: Any, schema_editor: Any) -> None:
    """Drop the table, on SQLite only."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_text")


class Migration(migrations.Migration):
    """Adds `search_text`."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
