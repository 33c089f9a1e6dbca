"""Fields of models that store nothing but clean files, whoever assigns or saves them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from . import documents, pictures
from .clean_file import CleanFile


class CleanFieldFile(models.fields.files.FieldFile):
    """A stored file. Whatever is saved into it is written anew first; raises ValidationError."""

    instance: Any
    _committed: bool

    def cleaned(self, content: File[bytes], name: str) -> CleanFile:
        """The content written anew; raises RefusalError."""
        raise NotImplementedError

    def clean(self) -> bool:
        """Replace a file that is not stored yet by its clean self; False when it is stored.

        Sets size and hash of the instance. Raises ValidationError for the field.
        """
        if not self or self._committed:
            return False
        self._assign(self.file, str(self.name))
        return True

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        """Store the content, clean: the last door, behind forms and models."""
        clean = self._described(content, name)
        super().save(str(clean.name), clean, save)

    def _assign(self, content: File[bytes], name: str) -> None:
        clean = self._described(content, name)
        if clean is not content:
            setattr(self.instance, self.field.attname, clean)

    def _described(self, content: File[bytes], name: str) -> CleanFile:
        try:
            clean = self.cleaned(content, name)
        except ValidationError as error:
            raise ValidationError({self.field.name: error}) from error
        self.instance.file_size = clean.size
        self.instance.file_hash = clean.digest
        self.instance.imported_hash = ""
        return clean


class PictureFile(CleanFieldFile, WagtailImageFieldFile):
    """A picture. Its size is read from the header: nothing is decoded before it was checked."""

    def cleaned(self, content: File[bytes], name: str) -> CleanFile:
        """The picture written anew; raises RefusalError."""
        return pictures.cleaned(content, name)

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Width and height, None for both where there is no picture."""
        was_closed = self.closed
        self.open()
        try:
            return pictures.size_of(self) or (None, None)
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class PictureField(WagtailImageField):
    """Wagtail's field for pictures, storing clean ones."""

    attr_class = PictureFile


class DocumentFile(CleanFieldFile):
    """A document."""

    def cleaned(self, content: File[bytes], name: str) -> CleanFile:
        """The document written anew; raises RefusalError."""
        return documents.cleaned(content, name)


class DocumentField(models.FileField):
    """A field for documents, storing clean ones."""

    attr_class = DocumentFile
