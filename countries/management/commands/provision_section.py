"""Opens a section, or completes one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalition.sections.models import Approval, SectionKind
from countries.domain.provision import ProvisioningError, provision_section


class Command(BaseCommand):
    """Section row, pages in its languages, groups, rights, collection and workflow."""

    help = (
        "Open a section or complete one: its pages in each language, groups, rights, collection "
        "and workflow. Run it again with more languages and it adds them; run it again after a "
        "crash and it completes the work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to open."""
        parser.add_argument(
            "code", help="a country's ISO 3166 alpha-2 code (kh), or a network's slug"
        )
        parser.add_argument("--kind", choices=SectionKind.values, required=True)
        parser.add_argument(
            "--languages", default="", help="comma list of codes; the first is the default"
        )
        parser.add_argument("--slug", default="", help="part of the address; CLDR's name if absent")
        parser.add_argument(
            "--name", action="append", default=[], metavar="LANG=NAME", help="may be repeated"
        )
        parser.add_argument(
            "--approval",
            choices=Approval.values,
            default="",
            help="who has the last word; a new section's pages end with the secretariat",
        )
        parser.add_argument("--plugins", default="", help="comma list of plugins to switch on")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print a line for each thing done."""
        plugins = [slug.strip() for slug in options["plugins"].split(",") if slug.strip()]
        try:
            result = provision_section(
                code=options["code"],
                kind=options["kind"],
                languages_used=[code for code in options["languages"].split(",") if code.strip()],
                slug=options["slug"],
                names=dict(_name(text) for text in options["name"]),
                approval=options["approval"],
                plugins=plugins,
                dry_run=options["dry_run"],
            )
        except ProvisioningError as error:
            raise CommandError(str(error)) from error
        verb = "would make" if options["dry_run"] else "made"
        for line in result.done:
            self.stdout.write(f"{verb} {line}")
        self.stdout.write(f"{result.section.code}: {len(result.done)} changes")


def _name(text: str) -> tuple[str, str]:
    language, separator, name = text.partition("=")
    if not separator or not name.strip():
        raise CommandError(f"Write a name as LANG=NAME, for example en=Pacific; got “{text}”.")
    return language.strip().lower(), name.strip()
