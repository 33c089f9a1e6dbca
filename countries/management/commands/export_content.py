"""Writes sections, topics, pages and their files in the interchange format."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.exporter import PageExport
from coalition.core.interchange.folder import (
    PAGES,
    SECTIONS,
    TOPICS,
    Folder,
    FolderError,
    new_text,
)
from coalition.core.interchange.topics import topic_lines
from coalition.core.progress import shown
from coalition.sections.models import Section
from countries.domain.section_lines import section_lines


class Command(BaseCommand):
    """The folder goes into `import_content` as it is, here or on another site."""

    help = (
        "Export sections, topics, pages and the files they use into a folder, which is new, empty "
        "or an earlier export. Pages that not everybody may read are written as drafts, aliases "
        "are left out; standard error says which. Contains drafts: keep it where few can read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to and what."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--section", help="code of the one section to export")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and report."""
        section = self._section(options["section"])
        target = Folder(options["folder"])
        self.folder = None if options["dry_run"] else target
        try:
            target.check()
            if self.folder:
                self.folder.make()
            self._export(section)
        except FolderError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or target.path}: {error.strerror}") from error

    def _section(self, code: str | None) -> Section | None:
        if code is None:
            return None
        section = Section.objects.filter(code=code.lower()).first()
        if section is None:
            raise CommandError(f"There is no section “{code}”.")
        return section

    def _export(self, section: Section | None) -> None:
        sections = self._write(SECTIONS, section_lines(section.code if section else None))
        media = MediaExport(self.folder)
        export = PageExport(media, section)
        rows = export.rows()
        with self._file(PAGES) as file:
            for _row in shown(export.write(rows, file), total=len(rows), unit="page"):
                pass
        media.finish()
        topics = self._write(TOPICS, topic_lines(export.topics if section else None))
        for remark in self._remarks(export):
            self.stderr.write(self.style.WARNING(remark))
        done = "would be written" if self.folder is None else "written"
        self.stdout.write(
            f"{sections} sections, {topics} topics, {len(rows)} pages, {media.count} files {done}"
        )

    def _remarks(self, export: PageExport) -> Iterable[str]:
        yield from export.remarks
        if export.newer_drafts:
            yield f"{export.newer_drafts} live pages have newer drafts, which are not written"
        for name in export.media.gone:
            yield f"{name}: the file is gone; bring it back from a backup, or upload it again"

    def _file(self, name: str) -> AbstractContextManager[TextIO]:
        """The file of that name; in a dry run one that nobody reads."""
        return nullcontext(Nowhere()) if self.folder is None else new_text(self.folder.path / name)

    def _write(self, name: str, lines: Iterable[dict[str, Any]]) -> int:
        """Write one object a line. Returns how many."""
        count = 0
        with self._file(name) as file:
            for line in lines:
                file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
                count += 1
        return count


class Nowhere(StringIO):
    """Takes text and keeps none of it."""

    def write(self, text: str, /) -> int:
        """As a file would."""
        return len(text)
