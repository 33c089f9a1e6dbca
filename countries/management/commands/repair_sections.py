"""Mends drift of rights, collections and approval."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalition.sections.models import Section
from countries.domain.repair import repair_sections


class Command(BaseCommand):
    """What is missing is made, what is too much is taken away."""

    help = (
        "Mend the rights, collections and approval of sections: make what is missing, take away "
        "what is not theirs. Rights given by hand to groups that belong to no section are only "
        "named. Exit code 0: nothing is left to mend. 1: something could not be mended."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which sections."""
        parser.add_argument("codes", nargs="*", metavar="CODE", help="sections; all if none")
        parser.add_argument("--dry-run", action="store_true", help="say what would be mended")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mend, and print a line for each thing."""
        codes = [code.strip().lower() for code in options["codes"]]
        sections = list(Section.objects.filter(code__in=codes)) if codes else None
        if unknown := set(codes) - {section.code for section in sections or ()}:
            raise CommandError(f"There is no section {', '.join(sorted(unknown))}.")
        result = repair_sections(sections=sections, dry_run=options["dry_run"])
        for words in result.mended:
            self.stdout.write(words)
        for words in result.noticed:
            self.stdout.write(f"Left as it is: {words}")
        for words in result.left:
            self.stderr.write(f"Not mended: {words}")
        verb = "would be mended" if options["dry_run"] else "mended"
        self.stdout.write(f"{len(result.mended)} {verb}, {len(result.left)} left")
        if result.left:
            raise SystemExit(1)
