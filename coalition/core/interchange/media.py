"""Pictures and documents of an import: taken in by their names, through the same cleaning."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from wagtail.models import Collection

from coalition.core.files import storing
from coalition.core.interchange.line import LineError
from coalition.core.interchange.names import MEDIA, MissingFileError
from coalition.core.interchange.reports import Outcome
from coalition.core.models import CoalitionDocument, CoalitionImage
from coalition.sections.models import Section

Holder = CoalitionImage | CoalitionDocument
LONGEST_NAME = 100
FORBIDDEN = set('/\\:*?"<>|')


@dataclass(frozen=True)
class Found:
    """A picture's or document's row, the name it has in this import, and what became of it."""

    pk: int
    name: str
    outcome: Outcome


@dataclass
class Media:
    """The files of the folder in which `media/` lies. Each is looked at once in a run.

    In a dry run nothing stays in the storage; the rows go with the transaction.
    """

    folder: Path | None = None
    dry_run: bool = False
    _found: dict[tuple[type[Holder], str], Found] = field(default_factory=dict)
    _new: list[tuple[type[Holder], str, str]] = field(default_factory=list)

    def find(self, model: type[Holder], name: str, section: Section | None) -> Found:
        """The row of “media/NAME”; a new file is stored, a changed one replaces what was there.

        New rows go into the section's collection. Raises LineError for what is not taken, and
        MissingFileError where there is neither a file nor a row.
        """
        key = PurePosixPath(_checked(name)).stem
        known = self._found.get((model, key))
        if known is None:
            path = self._path(name)
            known = self._take(model, key, name, path, section) if path else _row(model, key, name)
            self._found[model, key] = known
        if known.name != name:
            raise LineError(f"“{known.name}” has the name of “{name}” but for its end; rename it")
        return known

    def begin(self) -> None:
        """A line begins; what was stored before it stays."""
        self._new.clear()

    def undo(self) -> None:
        """What was written since `begin` is rolled back: do away with its files."""
        for model, key, stored in self._new:
            self._found.pop((model, key), None)
            storing.delete_file(model._meta.get_field("file").storage, stored)
        self._new.clear()

    def _path(self, name: str) -> Path | None:
        """Where the file lies, None where there is none; raises LineError outside the folder."""
        if self.folder is None:
            return None
        try:
            path = (self.folder / name).resolve(strict=True)
            inside = path.is_relative_to(self.folder.resolve())
        except FileNotFoundError:
            return None
        except (OSError, RuntimeError) as error:
            raise LineError(f"“{name}” cannot be read") from error
        if not inside or not path.is_file():
            raise LineError(f"“{name}” is no file inside the folder")
        return path

    def _take(
        self, model: type[Holder], key: str, name: str, path: Path, section: Section | None
    ) -> Found:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, partial(hashlib.sha1, usedforsecurity=False))
                return self._stored(model, key, name, section, File(file), digest.hexdigest())
        except OSError as error:
            raise LineError(f"“{name}” cannot be read ({error.strerror})") from error

    def _stored(
        self,
        model: type[Holder],
        key: str,
        name: str,
        section: Section | None,
        file: File[bytes],
        digest: str,
    ) -> Found:
        row = model.objects.filter(key=key).first()
        if row is not None and digest in (row.file_hash, row.imported_hash):
            return Found(row.pk, name, Outcome.UNCHANGED)
        if row is not None:
            check_owner(row.collection_id, name, section)
        outcome = Outcome.CHANGED if row else Outcome.CREATED
        if row is None:
            row = model(key=key, title=key, collection=collection_of(section))
        elif isinstance(row, CoalitionImage):
            row.set_focal_point(None)
        file.name = PurePosixPath(name).name
        row.file = file
        try:
            with transaction.atomic():
                row.save()
                model.objects.filter(pk=row.pk).update(imported_hash=digest)
        except ValidationError as error:
            raise LineError(f"“{name}”: {' '.join(error.messages)}") from error
        self._new.append((model, key, row.file.name))
        if self.dry_run:
            storing.delete_file(row.file.storage, row.file.name)
        return Found(row.pk, name, outcome)


def collection_of(section: Section | None) -> Collection:
    """Where the files of a section are, and those of the network."""
    return (section and section.collection) or Collection.get_first_root_node()


def check_owner(collection_id: int, name: str, section: Section | None) -> None:
    """Raise LineError when a line of another section would change what a file is or says.

    Names are those of the whole network, and `cover.jpg` is soon there twice.
    """
    if collection_id == collection_of(section).pk:
        return
    owner = Section.objects.filter(collection=collection_id).first()
    whose = f"section {owner.code}" if owner else "the network"
    raise LineError(f"“{name}” is a file of {whose} already, and a different one; rename it")


def _row(model: type[Holder], key: str, name: str) -> Found:
    """The row that is there although the folder has no such file; raises MissingFileError."""
    pk = model.objects.filter(key=key).values_list("pk", flat=True).first()
    if pk is None:
        raise MissingFileError(f"there is no file “{name}”")
    return Found(pk, name, Outcome.UNCHANGED)


def _checked(name: str) -> str:
    """The NAME of “media/NAME”; raises LineError for what could lead elsewhere."""
    folder, _slash, rest = name.partition("/")
    strange = any(sign in FORBIDDEN or category(sign).startswith("C") for sign in rest)
    if folder != MEDIA or not rest or strange or rest.startswith("."):
        raise LineError(f"“{name[:120]}” is no name of a file; write “{MEDIA}/NAME”")
    if len(rest) > LONGEST_NAME:
        raise LineError(f"“{name[:120]}…” is longer than {LONGEST_NAME} characters")
    return rest
