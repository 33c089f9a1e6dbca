"""The files of an export: those that its pages use, and what is said of each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wagtail.models import CollectionViewRestriction

from coalition.core.interchange.folder import INDEX, NEW, Folder, new_text
from coalition.core.interchange.media import Holder
from coalition.core.interchange.media_index import index_line
from coalition.core.interchange.names import MEDIA, MissingError
from coalition.core.models import CoalitionDocument
from coalition.sections.models import Section


@dataclass
class MediaExport:
    """Copies each file once into `folder`; without a folder nothing is written."""

    folder: Folder | None
    gone: list[str] = field(default_factory=list)
    _names: dict[tuple[type[Holder], int], str] = field(default_factory=dict)
    _written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        restrictions = CollectionViewRestriction.objects.select_related("collection")
        self._private = tuple(restriction.collection.path for restriction in restrictions)

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self._written)

    def name(self, model: type[Holder], pk: int) -> str:
        """“media/NAME” of a picture or document that a page uses; raises MissingError."""
        if (model, pk) not in self._names:
            row: Holder | None = model.objects.select_related("collection").filter(pk=pk).first()
            if row is None:
                kind = "document" if model is CoalitionDocument else "picture"
                raise MissingError(f"a {kind} that was deleted")
            self._check_public(row)
            self._write(row)
            self._names[model, pk] = f"{MEDIA}/{row.interchange_name}"
        return self._names[model, pk]

    def _check_public(self, row: Holder) -> None:
        """Pictures on pages are public anyway; documents are as private as their collection."""
        if isinstance(row, CoalitionDocument) and row.collection.path.startswith(self._private):
            raise MissingError(f"the document “{row.title}”, which not everybody may read,")

    def _write(self, row: Holder) -> None:
        name = row.interchange_name
        try:
            with row.file.storage.open(str(row.file.name)) as stored:
                if self.folder is not None:
                    new = self.folder.media / f"{name}{NEW}"
                    with new.open("wb") as file:
                        file.writelines(stored.chunks())
                    new.replace(self.folder.media / name)
        except FileNotFoundError:
            self.gone.append(name)
            return
        self._written.add(name)

    def finish(self) -> None:
        """Write the index, and take away the files that only an earlier export had."""
        if self.folder is None:
            return
        path = self.folder.media / INDEX
        earlier = _names_in(path)
        with new_text(path) as file:
            for line in self._lines():
                file.write(f"{line}\n")
        for name in earlier - self._written:
            (self.folder.media / name).unlink(missing_ok=True)

    def _lines(self) -> Iterator[str]:
        codes = dict(Section.objects.exclude(collection=None).values_list("collection", "code"))
        used = sorted(self._names, key=lambda place: self._names[place])
        for model, pk in used:
            row = model.objects.filter(pk=pk).first()
            if row is not None and row.interchange_name in self._written:
                line = index_line(row, self._names[model, pk], codes.get(row.collection_id))
                yield json.dumps(line, ensure_ascii=False)


def _names_in(index: Path) -> set[str]:
    """The names of the files that an earlier export has written; none where it says nonsense."""
    names: set[str] = set()
    if not index.is_file():
        return names
    with index.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                name = str(json.loads(line)["file"]).removeprefix(f"{MEDIA}/")
            except (KeyError, TypeError, ValueError):
                continue
            if name and "/" not in name and "\0" not in name and not name.startswith("."):
                names.add(name)
    return names
