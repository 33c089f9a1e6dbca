"""Says what is wrong with this installation and what to do about it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coalition.core.doctor import examine


class Command(BaseCommand):
    """Exit code 0: all is well; 1: something is not."""

    help = "Check every dependency, key, permission row, the outbox and the search index."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How to answer."""
        parser.add_argument("--json", action="store_true", help="answer as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Examine and report."""
        findings = list(examine())
        healthy = not any(finding.problems for finding in findings)
        if options["json"]:
            checks = {finding.name: finding.problems for finding in findings}
            self.stdout.write(json.dumps({"ok": healthy, "checks": checks}, ensure_ascii=False))
        else:
            for finding in findings:
                self._report(finding.name, finding.problems)
        if not healthy:
            raise SystemExit(1)

    def _report(self, name: str, problems: list[str]) -> None:
        if not problems:
            self.stdout.write(f"{name}: well")
        for problem in problems:
            self.stdout.write(self.style.ERROR(f"{name}: {problem}"))
