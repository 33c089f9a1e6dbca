"""Imports pages from the interchange format."""

from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from coalition.core.interchange.importer import LineReport, Outcome, import_pages
from coalition.sections.models import Section
from countries.domain.section_lines import import_sections


class Command(BaseCommand):
    """Bad lines are reported by number, good ones go in; running it again changes nothing."""

    help = (
        "Import pages (JSON Lines, one page in one language per line) from a file, or from a "
        "folder with sections.jsonl and pages.jsonl. Each bad line is reported with its number "
        "and reason; the others go in. Exit code 1 when any line was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to import and how."""
        parser.add_argument("source", type=Path, metavar="FILE|DIR")
        parser.add_argument("--section", help="code for lines that name no section")
        parser.add_argument("--publish", action="store_true", help="everything goes live")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        source: Path = options["source"]
        files = self._files(source)
        section = options["section"].lower() if options["section"] else None
        self.would_be = "would be " if options["dry_run"] else ""
        refused = 0
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for path in files:
                with path.open("rb") as file:
                    if path.name == "sections.jsonl" and source.is_dir():
                        refused += self._report(path.name, import_sections(file))
                        continue
                    self._check_section(section)
                    reports = import_pages(file, section=section, publish=options["publish"])
                    refused += self._report(path.name, reports)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if refused:
            raise SystemExit(1)

    def _files(self, source: Path) -> list[Path]:
        if source.is_file():
            return [source]
        pages = source / "pages.jsonl"
        if not source.is_dir() or not pages.is_file():
            raise CommandError(f"There is no file {pages if source.is_dir() else source}.")
        sections = source / "sections.jsonl"
        return [sections, pages] if sections.is_file() else [pages]

    def _check_section(self, code: str | None) -> None:
        if code and not Section.objects.filter(code=code).exists():
            raise CommandError(f"There is no section “{code}”. Open it with provision_section.")

    def _report(self, name: str, reports: Iterable[LineReport]) -> int:
        """Print remarks and a summary. Returns how many lines were refused."""
        counts: Counter[Outcome] = Counter()
        for report in reports:
            counts[report.outcome] += 1
            if report.message:
                refused = report.outcome is Outcome.REFUSED
                style = self.style.ERROR if refused else self.style.WARNING
                self.stderr.write(style(f"{name}, line {report.number}: {report.message}"))
        summary = ", ".join(f"{counts[outcome]} {self.would_be}{outcome}" for outcome in Outcome)
        self.stdout.write(f"{name}: {sum(counts.values())} lines, {summary}")
        return counts[Outcome.REFUSED]
