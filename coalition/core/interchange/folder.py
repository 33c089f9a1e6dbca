"""The folder of an export: what may be overwritten, and files that are whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from coalition.core.interchange.names import MEDIA

SECTIONS, TOPICS, PAGES, INDEX = "sections.jsonl", "topics.jsonl", "pages.jsonl", "index.jsonl"
NEW = ".new"
OURS = {SECTIONS, TOPICS, PAGES, MEDIA, *(f"{name}{NEW}" for name in (SECTIONS, TOPICS, PAGES))}


class FolderError(ValueError):
    """Why nothing is written into a folder."""


@dataclass(frozen=True)
class Folder:
    """Where an export goes. Files appear in it when they are whole."""

    path: Path

    @property
    def media(self) -> Path:
        """Where pictures and documents go."""
        return self.path / MEDIA

    def check(self) -> None:
        """Raise FolderError unless it is new, empty or an earlier export."""
        if self.path.exists() and not self.path.is_dir():
            raise FolderError(f"{self.path} is a file. Name a folder.")
        if not self.path.exists():
            return
        # A folder may be under version control.
        names = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(".")}
        if names and (names - OURS or not names & {SECTIONS, PAGES, f"{SECTIONS}{NEW}"}):
            raise FolderError(
                f"{self.path} holds something else than an earlier export "
                f"({sorted(names - OURS or names)[0]}). Name an empty folder."
            )
        if self.media.is_symlink() or (self.media.exists() and not self.media.is_dir()):
            raise FolderError(f"{self.media} is not a folder of its own. Name an empty folder.")

    def make(self) -> None:
        """Make the folder where it is missing; it is for its owner alone: drafts are in it."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        self.media.mkdir(exist_ok=True)


@contextmanager
def new_text(path: Path) -> Iterator[TextIO]:
    """A text file that takes the place of `path` when all of it is written."""
    new = path.with_name(f"{path.name}{NEW}")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        yield file
    new.replace(path)
