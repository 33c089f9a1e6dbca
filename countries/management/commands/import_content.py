"""Imports pages from the interchange format."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from coalition.core.interchange.folder import INDEX, PAGES, SECTIONS, TOPICS
from coalition.core.interchange.importer import import_pages
from coalition.core.interchange.media import Media
from coalition.core.interchange.media_index import import_media
from coalition.core.interchange.names import MEDIA
from coalition.core.interchange.reader import raw_lines
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.interchange.topics import import_topics
from coalition.core.progress import shown
from coalition.sections.models import Section
from countries.domain.section_lines import import_sections


class Command(BaseCommand):
    """Bad lines are reported by number, good ones go in; running it again changes nothing."""

    help = (
        "Import pages (JSON Lines, one page in one language per line) from a file, or from a "
        "folder as export_content writes it: sections.jsonl, topics.jsonl, pages.jsonl, media/. "
        "Each bad line is reported with its number and reason; the others go in. Exit code 1 "
        "when any line was refused."
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
        pages = self._pages(source)
        self.would_be = "would be " if options["dry_run"] else ""
        media = Media(pages.parent, options["dry_run"])
        refused = 0
        with transaction.atomic() if options["dry_run"] else nullcontext():
            if source.is_dir():
                refused += self._take(source / SECTIONS, import_sections)
                refused += self._take(source / TOPICS, import_topics)
                take_media = partial(import_media, media=media)
                refused += self._take(source / MEDIA / INDEX, take_media)
            section = self._checked_section(options["section"])
            take_pages = partial(
                import_pages, section=section, publish=options["publish"], media=media
            )
            refused += self._take(pages, take_pages)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if refused:
            raise SystemExit(1)

    def _pages(self, source: Path) -> Path:
        if source.is_file():
            return source
        pages = source / PAGES
        if not source.is_dir() or not pages.is_file():
            raise CommandError(f"There is no file {pages if source.is_dir() else source}.")
        return pages

    def _take(self, path: Path, take: Callable[[BinaryIO], Iterable[LineReport]]) -> int:
        """Import a file, if it is there. Returns how many lines were refused."""
        if not path.is_file():
            return 0
        with path.open("rb") as file:
            total = sum(1 for _line in raw_lines(file))
            file.seek(0)
            reports = shown(take(file), total=total, unit="line")
            return self._report(path.name, reports)

    def _checked_section(self, code: str | None) -> str | None:
        if code and not Section.objects.filter(code=code.lower()).exists():
            raise CommandError(f"There is no section “{code}”. Open it with provision_section.")
        return code.lower() if code else None

    def _report(self, name: str, reports: "tqdm[LineReport]") -> int:
        """Print remarks and a summary. Returns how many lines were refused."""
        counts: Counter[Outcome] = Counter()
        for report in reports:
            counts[report.outcome] += 1
            if report.message:
                reports.clear()
                refused = report.outcome is Outcome.REFUSED
                style = self.style.ERROR if refused else self.style.WARNING
                self.stderr.write(style(f"{name}, line {report.number}: {report.message}"))
        summary = ", ".join(f"{counts[outcome]} {self.would_be}{outcome}" for outcome in Outcome)
        self.stdout.write(f"{name}: {sum(counts.values())} lines, {summary}")
        return counts[Outcome.REFUSED]
