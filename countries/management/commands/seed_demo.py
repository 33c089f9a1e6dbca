"""The demonstration network."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from coalition.accounts.models import User
from coalition.core.interchange.importer import import_pages
from coalition.core.interchange.media import Media
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.models import CoalitionImage, Topic, TopicName
from coalition.sections.models import Role, Section
from countries.demo import pictures, work
from countries.demo.of_plugins import Demo, demos
from countries.domain.groups import ensure_group
from countries.domain.rights import ensure_network_group, ensure_secretariat
from countries.domain.section_lines import import_sections

DATA = Path(__file__).resolve().parents[2] / "demo"
PASSWORD = "demo"  # noqa: S105 - the demonstration's, printed below
# Account: role, section code or None for the network, language or "".
ACCOUNTS: dict[str, tuple[str, str | None, str]] = {
    "secretariat": (Role.SECRETARIAT, None, ""),
    "secretariat-2": (Role.SECRETARIAT, None, ""),
    "campaigner": (Role.CAMPAIGNERS, None, ""),
    "focal-kh": (Role.FOCAL_POINTS, "kh", ""),
    "editor-kh": (Role.EDITORS, "kh", ""),
    "translator-km": (Role.TRANSLATORS, "kh", "km"),
    "reader-km": (Role.READERS, None, "km"),
    "focal-th": (Role.FOCAL_POINTS, "th", ""),
    "editor-th": (Role.EDITORS, "th", ""),
}


class Command(BaseCommand):
    """Sections, pages and accounts to try everything with. Only where DEMO is on."""

    help = (
        "Make the demonstration network: countries, thematic networks, campaigns, calls, stories, "
        "guides and accounts, in all languages. Run again, it keeps what is there, changed or not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A dry run; the network alone."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be made")
        parser.add_argument(
            "--without-work",
            action="store_true",
            help="no texts that wait for approval, are stale or half translated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print the accounts."""
        if not settings.DEMO:
            raise CommandError(
                "The demonstration's accounts have a known password, so they are made only "
                "where DEMO is on. Set DEMO=1 on a machine that nobody else reaches."
            )
        dry_run: bool = options["dry_run"]
        with transaction.atomic() if dry_run else nullcontext():
            with (DATA / "sections.jsonl").open("rb") as file:
                self._report("sections", import_sections(file), dry_run=dry_run)
            with TemporaryDirectory() as folder:
                draw_missing(Path(folder) / "media")
                pages = _pages(Media(Path(folder), dry_run))
                self._report("pages", pages, dry_run=dry_run)
            name_topics()
            for demo in demos(dry_run=dry_run):
                self._report_plugin(demo, dry_run=dry_run)
            with transaction.atomic():
                new = [name for name, seat in ACCOUNTS.items() if make_account(name, *seat)]
                if len(new) == len(ACCOUNTS) and not options["without_work"]:
                    self._report("work in progress", work.make(), dry_run=dry_run)
            if dry_run:
                transaction.set_rollback(True)
        if dry_run:
            self.stdout.write(f"accounts: {len(new)} would be made: {', '.join(new)}".rstrip(": "))
            return
        self.stdout.write(f"Sign in at /accounts/login/ as one of these, password “{PASSWORD}”:")
        for name, (role, section, language) in ACCOUNTS.items():
            self.stdout.write(f"  {name:15} {role} {section or 'network'} {language}".rstrip())

    def _report(self, what: str, reports: Iterable[LineReport], *, dry_run: bool) -> None:
        """How many were made; a line that is refused is a mistake of ours."""
        counts: Counter[Outcome] = Counter()
        for report in reports:
            if report.outcome is Outcome.REFUSED:
                raise CommandError(f"{what}, line {report.number}: {report.message}")
            counts[report.outcome] += 1
        self._count(what, counts, dry_run=dry_run)

    def _report_plugin(self, demo: Demo, *, dry_run: bool) -> None:
        """The same of what a plugin brings; what is wrong with it is the plugin's mistake."""
        what = f"pages of plugin “{demo.slug}”"
        for problem in demo.refused:
            self.stderr.write(self.style.WARNING(f"{what}: {problem}"))
        if demo.pages is None:
            self.stderr.write(self.style.WARNING(f"{what}: none, it failed; see the log"))
        else:
            self._count(what, Counter(report.outcome for report in demo.pages), dry_run=dry_run)

    def _count(self, what: str, counts: Counter[Outcome], *, dry_run: bool) -> None:
        made = counts[Outcome.CREATED] + counts[Outcome.CHANGED]
        verb = "would be made" if dry_run else "made"
        self.stdout.write(f"{what}: {made} {verb}, {counts[Outcome.UNCHANGED]} kept")


def _pages(media: Media) -> Iterator[LineReport]:
    """Every page, language by language: in one transaction each, what follows is done once.

    English first: nearly all were written in it, and a translation follows what is there already.
    """
    files = (DATA / "pages").glob("*.jsonl")
    for path in sorted(files, key=lambda path: (path.stem != "en", path.name)):
        with path.open("rb") as file, transaction.atomic():
            reports = list(import_pages(file, keep=True, media=media))
        for report in reports:
            yield replace(report, message=f"{path.name}: {report.message}")


def draw_missing(folder: Path) -> None:
    """Draw the pictures that are not there yet into `folder`."""
    there = CoalitionImage.objects.filter(key__in=pictures.NAMES).values_list("key", flat=True)
    folder.mkdir()
    for name in sorted(set(pictures.NAMES) - set(there)):
        pictures.draw(name).save(folder / f"{name}.png")


@transaction.atomic
def name_topics() -> None:
    """The names of the demonstration's topics in its languages."""
    for slug, names in json.loads((DATA / "topics.json").read_text(encoding="utf-8")).items():
        topic, _created = Topic.objects.get_or_create(slug=slug, defaults={"name": names["en"]})
        for language, name in names.items():
            TopicName.objects.get_or_create(topic=topic, language=language, defaults={"name": name})


@transaction.atomic
def make_account(name: str, role: str, section: str | None, language: str) -> bool:
    """An account in the group of its role; one that exists keeps its password and its groups.

    Returns whether it was made now.
    """
    user, created = User.objects.get_or_create(username=name)
    if not created:
        return False
    user.set_password(PASSWORD)
    user.save()
    if role == Role.SECRETARIAT:
        group = ensure_secretariat()
    elif section is None:
        group = ensure_network_group(role, language)
    else:
        group = ensure_group(role, Section.objects.get(code=section), language)
    user.groups.add(group)
    return True
