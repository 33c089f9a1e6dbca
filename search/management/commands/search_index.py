"""Builds, shows and checks the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from search import engines
from search.domain import drift
from search.models import SearchEntry


class Command(BaseCommand):
    """Exit code 0: all is well; 1: pages, entries and engine differ, or the engine is away."""

    help = "Rebuild the search index, show its state, or compare it with the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("action", choices=["rebuild", "status", "verify"])
        parser.add_argument(
            "--dry-run", action="store_true", help="say what rebuild would mend, change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if options["action"] == "status":
            self._status()
        elif options["action"] == "verify":
            self._verify()
        elif options["dry_run"]:
            self._differences()
        else:
            count = drift.rebuild()
            self.stdout.write(f"The index was rebuilt; {count} entries are in it.")

    def _status(self) -> None:
        engine = engines.current()
        self.stdout.write(f"Engine: {engine.name}{' (degraded)' if engine.degraded else ''}.")
        counts = SearchEntry.objects.values_list("language").annotate(Count("pk"))
        for language, count in counts.order_by("language"):
            self.stdout.write(f"{language}: {count} entries.")
        if problems := engine.problems():
            self.stdout.write("\n".join(problems))
            raise SystemExit(1)
        self.stdout.write(f"The engine differs from the entries in {engine.drift().count} pages.")

    def _verify(self) -> None:
        if problems := engines.current().problems():
            self.stdout.write("\n".join(problems))
            raise SystemExit(1)
        if self._differences():
            raise SystemExit(1)

    def _differences(self) -> int:
        found = drift.measure()
        lines = list(found.lines())
        for line in lines or [f"Nothing differs; {found.pages} pages are as they should be."]:
            self.stdout.write(line)
        return len(lines)
