"""The demonstration network."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from coalition.accounts.models import User
from coalition.core.models import Topic, TopicName
from coalition.sections.models import Role, Section
from countries.domain.groups import ensure_group
from countries.domain.rights import ensure_network_group, ensure_secretariat

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
        "Make the demonstration network: three countries, a thematic network, a campaign, calls, "
        "stories and accounts. Run again, it changes nothing that is there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A dry run."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print the accounts."""
        if not settings.DEMO:
            raise CommandError(
                "The demonstration's accounts have a known password, so they are made only "
                "where DEMO is on. Set DEMO=1 on a machine that nobody else reaches."
            )
        call_command("import_content", DATA, dry_run=options["dry_run"], stdout=self.stdout)
        if options["dry_run"]:
            self.stdout.write(f"would make the accounts {', '.join(ACCOUNTS)}")
            return
        self._name_topics()
        for name, (role, section, language) in ACCOUNTS.items():
            make_account(name, role, section, language)
        self.stdout.write(f"Sign in at /accounts/login/ as one of these, password “{PASSWORD}”:")
        for name, (role, section, language) in ACCOUNTS.items():
            place = section or "network"
            self.stdout.write(f"  {name:15} {role} {place} {language}".rstrip())

    @transaction.atomic
    def _name_topics(self) -> None:
        for slug, names in json.loads((DATA / "topics.json").read_text(encoding="utf-8")).items():
            topic, _created = Topic.objects.get_or_create(slug=slug, defaults={"name": names["en"]})
            for language, name in names.items():
                TopicName.objects.get_or_create(
                    topic=topic, language=language, defaults={"name": name}
                )


@transaction.atomic
def make_account(name: str, role: str, section: str | None, language: str) -> None:
    """An account in the group of its role; one that exists keeps its password."""
    user, created = User.objects.get_or_create(username=name)
    if created:
        user.set_password(PASSWORD)
        user.save()
    if role == Role.SECRETARIAT:
        group = ensure_secretariat()
    elif section is None:
        group = ensure_network_group(role, language)
    else:
        group = ensure_group(role, Section.objects.get(code=section), language)
    user.groups.add(group)
