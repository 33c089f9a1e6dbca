"""Plugins from the command line: what there is, switching it, taking it out."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalition.core.interchange.folder import FolderError
from coalition.plugins import domain, registry, uninstalling
from coalition.plugins.starting import misfits
from coalition.plugins.state import State, states, use_of
from coalition.sections.models import Section

ACTIONS = ("list", "enable", "disable", "usage", "uninstall")


class Command(BaseCommand):
    """`plugins list|enable|disable|usage|uninstall SLUG [--section CODE] [--dry-run]`."""

    help = (
        "List plugins, switch one on or off for the network or for a section, say what it is used "
        "for, or take it out. Switching off hides and deletes nothing; uninstall writes the "
        "plugin's pages to a folder in the interchange format, then deletes them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with which plugin."""
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument("slug", nargs="?", default="")
        parser.add_argument("--section", help="code of the one section; else the network")
        parser.add_argument("--export", type=Path, metavar="DIR", help="where uninstall writes to")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say so."""
        action, slug = options["action"], options["slug"]
        if action == "list":
            self._list()
            return
        if not slug:
            raise CommandError(f"Name the plugin: plugins {action} SLUG.")
        section = self._section(options["section"])
        try:
            if action == "usage":
                self._usage(slug, section)
            elif action == "uninstall":
                self._uninstall(slug, options["export"], options["dry_run"])
            else:
                self._switch(action, slug, section, options["dry_run"])
        except (registry.UnknownPluginError, domain.SwitchError, FolderError) as error:
            raise CommandError(str(error)) from error

    def _section(self, code: str | None) -> Section | None:
        if code is None:
            return None
        section = Section.objects.filter(code=code.lower()).first()
        if section is None:
            raise CommandError(f"There is no section “{code}”.")
        return section

    def _list(self) -> None:
        for state in states():
            self.stdout.write(_line(state))
        for misfit in misfits():
            self.stderr.write(self.style.WARNING(str(misfit)))
        if not registry.installed() and not misfits():
            self.stdout.write("No plugins are installed.")

    def _switch(self, action: str, slug: str, section: Section | None, dry_run: bool) -> None:
        verb = domain.enable if action == "enable" else domain.disable
        changed = verb(slug=slug, section=section, dry_run=dry_run)
        place, way = domain.where(section), "on" if action == "enable" else "off"
        if not changed:
            self.stdout.write(f"{slug} is switched {way} {place} already")
        else:
            done = "would be" if dry_run else "is"
            self.stdout.write(f"{slug} {done} switched {way} {place}")

    def _usage(self, slug: str, section: Section | None) -> None:
        domain.require_tables(slug)
        use = use_of(slug, section)
        for name, count in use.by_type.items():
            self.stdout.write(f"{name}: {count} pages")
        for code, count in use.by_section.items():
            self.stdout.write(f"in {code}: {count} pages")
        self.stdout.write(f"pages with its blocks: {use.with_blocks}")
        place = domain.where(section)
        self.stdout.write(f"public pages that switching off {place} hides: {use.shown}")

    def _uninstall(self, slug: str, folder: Path | None, dry_run: bool) -> None:
        label = ""
        if slug in registry.installed():
            self._usage(slug, None)
            label = registry.plugin(slug).label
            pages = sum(use_of(slug).by_type.values())
            if dry_run:
                self.stdout.write(f"{pages} pages would be exported and deleted")
                return
            if pages and folder is None:
                raise CommandError(f"{pages} pages would be deleted. Say --export DIR.")
            if folder is not None:
                written = uninstalling.export(slug, folder)
                self.stdout.write(f"{written} pages written to {folder}")
        elif dry_run:
            self.stdout.write(f"{slug} is not installed; its switches would be deleted")
            return
        gone = uninstalling.uninstall(slug=slug)
        self.stdout.write(f"{gone} pages of {slug} deleted")
        if label:
            package = registry.plugin(slug).distribution
            self.stdout.write(f"Now run: manage.py migrate {label} zero; pip uninstall {package}")


def _line(state: State) -> str:
    plugin = state.plugin
    places = ["network"] if state.network else []
    places += [section.code for section in state.sections]
    line = f"{plugin.slug} {plugin.version}: {'on in ' + ', '.join(places) if places else 'off'}"
    if state.last:
        often = ", fails often" if state.often else ""
        line += f"; failed {state.count} times{often}, last in {state.last.hook}"
    return line
