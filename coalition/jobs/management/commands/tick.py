"""Run everything that is due."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from coalition.jobs import domain, queries, tick


class Command(BaseCommand):
    """Safe every minute and twice at once; exit code 1 when a part failed."""

    help = "Runs everything due: outbox, what apps registered, scheduled publishing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three ways of not just running it once."""
        parser.add_argument("--dry-run", action="store_true", help="Say what is due, run nothing.")
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="Go on until SIGTERM or SIGINT.",
        )
        parser.add_argument(
            "--requeue", action="store_true", help="Try again first what was given up."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once, or for as long as nobody says stop."""
        if options["dry_run"]:
            self._say_what_is_due()
            return
        if options["requeue"]:
            self.stdout.write(f"{domain.requeue()} jobs were given up and are due again.")
        if options["every"] is not None:
            self._run_every(options["every"])
        elif failed := self._run_once(threading.Event()):
            raise CommandError(f"These parts failed, the log says why: {', '.join(failed)}.")

    def _run_every(self, seconds: float) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            self._run_once(stop)
            stop.wait(seconds)

    def _run_once(self, stop: threading.Event) -> list[str]:
        """Names of the parts that failed."""
        failed = []
        for part in tick.run_parts(stopping=stop.is_set):
            if part.failed:
                failed.append(part.name)
                self.stderr.write(f"{part.name}: failed.")
            elif part.done is None:
                self.stdout.write(f"{part.name}: another tick is at it.")
            elif part.done:
                self.stdout.write(f"{part.name}: {part.done} done.")
        return failed

    def _say_what_is_due(self) -> None:
        owed = queries.backlog()
        self.stdout.write(
            f"Jobs: {owed.due} due, {owed.running} running, {owed.later} for later, "
            f"{owed.given_up} given up."
        )
        for path, count in queries.due_by_task():
            self.stdout.write(f"  {count} × {path}")
        broken = [part.name for part in tick.load_functions()]
        self.stdout.write(f"Registered: {', '.join(tick.functions) or 'nothing'}.")
        call_command(tick.PUBLISH_SCHEDULED, dryrun=True, stdout=self.stdout)
        if broken:
            raise CommandError(f"These cannot be imported, the log says why: {', '.join(broken)}.")
