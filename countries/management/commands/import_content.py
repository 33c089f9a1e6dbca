"""Imports pages from the interchange format."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from coalition.core.interchange.importer import LineReport, Options, Outcome, import_lines
from coalition.sections.models import Section
from countries.domain.provision import ProvisioningError, provision_section


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
        pages = source / "pages.jsonl" if source.is_dir() else source
        if not pages.is_file():
            raise CommandError(f"There is no file {pages}.")
        self._check_section(options["section"])
        counts: Counter[Outcome] = Counter()
        with transaction.atomic() if options["dry_run"] else nullcontext():
            if source.is_dir():
                self._sections(source / "sections.jsonl")
            with pages.open(encoding="utf-8", errors="replace") as lines:
                chosen = Options(section=options["section"], publish=options["publish"])
                for report in import_lines(lines, chosen):
                    counts[report.outcome] += 1
                    self._report(report)
            if options["dry_run"]:
                transaction.set_rollback(True)
        would = "would be " if options["dry_run"] else ""
        summary = ", ".join(f"{counts[outcome]} {would}{outcome}" for outcome in Outcome)
        self.stdout.write(f"{sum(counts.values())} lines: {summary}")
        if counts[Outcome.REFUSED]:
            raise SystemExit(1)

    def _check_section(self, code: str | None) -> None:
        if code and not Section.objects.filter(code=code).exists():
            raise CommandError(f"There is no section “{code}”. Open it with provision_section.")

    def _report(self, report: LineReport) -> None:
        if report.outcome is Outcome.REFUSED:
            self.stderr.write(self.style.ERROR(f"line {report.number}: {report.message}"))
        elif report.message:
            self.stderr.write(self.style.WARNING(f"line {report.number}: {report.message}"))

    def _sections(self, path: Path) -> None:
        if not path.is_file():
            return
        for number, row in _rows(path.read_text(encoding="utf-8").splitlines()):
            try:
                provision_section(
                    code=row["code"],
                    kind=row["kind"],
                    languages_used=row["languages"],
                    slug=row.get("slug", ""),
                    names=row.get("names", {}),
                )
            except (ProvisioningError, KeyError) as error:
                raise CommandError(f"sections.jsonl, line {number}: {error}") from error


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, text in enumerate(lines, start=1):
        if text.strip():
            try:
                yield number, json.loads(text)
            except ValueError as error:
                raise CommandError(f"sections.jsonl, line {number}: not JSON ({error})") from error
