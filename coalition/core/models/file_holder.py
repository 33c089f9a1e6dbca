"""What pictures and documents share: one clean file each, and none left behind."""

from collections.abc import Iterable
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from coalition.core.files import storing

# Written together with the file.
OF_THE_FILE = ("file", "width", "height", "file_size", "file_hash", "imported_hash")


def new_key() -> str:
    """A key for a file that was uploaded here."""
    return str(uuid4())


class FileHolder(models.Model):
    """A row with a file that is written anew before it is stored, by whatever way it comes.

    A file that was replaced, or whose row was deleted, is gone with the commit. `key` is its name
    in the interchange format, which stays when the file is replaced or written anew elsewhere;
    `imported_hash` is that of the bytes it was imported from (SHA-1, as `file_hash`).
    """

    file: Any

    key = models.CharField(max_length=100, unique=True, editable=False, default=new_key)
    imported_hash = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and do away with the file that was replaced; raises ValidationError as `clean`."""
        if not self.file.clean():
            super().save(*args, **kwargs)
            return
        kwargs = self._with_file(kwargs)
        with transaction.atomic():
            before = self._stored_name()
            super().save(*args, **kwargs)
            self.file_stored(before)

    def clean(self) -> None:
        """Write a new file anew; raises ValidationError under `file` with what to do about it."""
        self.file.clean()
        super().clean()

    @property
    def interchange_name(self) -> str:
        """The file's name in the interchange format: the key, and the ending it is stored with."""
        return f"{self.key}{PurePosixPath(self.file.name).suffix}"

    def file_stored(self, before: str | None) -> None:
        """A new file was stored, in place of the one named `before` if there was one."""
        if before:
            self.forget_file(before)

    def forget_file(self, name: str) -> None:
        """Delete a file that this row no longer has, after the commit."""
        transaction.on_commit(partial(storing.delete_file, self.file.storage, name))

    def _set_image_file_metadata(self) -> None:
        """Nothing is left to do for Wagtail: size and hash came with the clean file."""

    _set_document_file_metadata = _set_image_file_metadata

    def _stored_name(self) -> str | None:
        """The file's name in the database, with the row locked: two may replace it at once."""
        if self.pk is None:
            return None
        manager: Any = type(self)._base_manager
        rows = manager.select_for_update().filter(pk=self.pk)
        name: str | None = rows.values_list("file", flat=True).first()
        return name

    def _with_file(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        written: Iterable[str] | None = kwargs.get("update_fields")
        if written is None:
            return kwargs
        own = {field.name for field in self._meta.concrete_fields}
        return {**kwargs, "update_fields": {*written, *own.intersection(OF_THE_FILE)}}
