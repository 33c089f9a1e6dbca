"""Django's `migrate`; where a plugin's migration fails, the plugin is named."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db.migrations import Migration

from coalition.plugins.migrating import mend


class Command(migrate.Command):
    """Nothing is done otherwise than by Django's."""

    running: Migration | None = None

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for what is a plugin's fault; the plugin's error is its cause."""
        try:
            super().handle(*args, **options)
        except CommandError:
            raise
        except Exception as error:
            if sentence := mend(error, self.running):
                raise CommandError(sentence) from error
            raise

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        """Remember which migration is being run."""
        if action.startswith(("apply", "unapply")):
            self.running = migration if action.endswith("_start") else None
        super().migration_progress_callback(action, migration, fake)
