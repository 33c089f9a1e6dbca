"""Pictures, without what says where, when and by whom they were taken."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    get_rendition_storage,
    get_upload_to,
)
from wagtail.search import index

from coalition.core.files import storing
from coalition.core.files.fields import PictureField

from .file_holder import FileHolder


# Wagtail's rendition, which ours is made from, has no types.
class CoalitionImage(FileHolder, AbstractImage):  # type: ignore[django-manager-missing]
    """A picture. Nothing but a title is required: a second step would store the raw file."""

    objects: ClassVar[Any]

    file = PictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_(
            "Who took the picture, if readers may know it. Leave it empty where a name could "
            "harm somebody."
        ),
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
    ]

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """The description; never the title, which after an upload is the name of the file."""
        return str(self.description)

    def get_upload_to(self, filename: str) -> str:
        """Where the original is kept; it is never served."""
        return f"{storing.ORIGINALS}/{PurePosixPath(filename).name}"

    def file_stored(self, before: str | None) -> None:
        """Forget the picture that was replaced, and have the renditions made."""
        from coalition.core.files.tasks import make_renditions

        super().file_stored(before)
        make_renditions.enqueue(self.pk)

    def forget_file(self, name: str) -> None:
        """Delete an original and its renditions, those too that were being made meanwhile."""
        super().forget_file(name)
        self.forget_renditions(name)
        transaction.on_commit(partial(self.forget_renditions, name))

    def forget_renditions(self, original: str) -> None:
        """Delete all renditions of an original: the rows now, the files after the commit."""
        self.renditions.filter(file__startswith=_folder(original)).delete()
        storage = get_rendition_storage()
        transaction.on_commit(partial(storing.delete_renditions, storage, original))

    def find_existing_renditions(self, *filters: Filter) -> "dict[Filter, CoalitionRendition]":
        """As Wagtail, without those of a picture that was replaced."""
        found: dict[Filter, CoalitionRendition] = super().find_existing_renditions(*filters)
        folder = _folder(self.file.name)
        return {key: made for key, made in found.items() if made.file.name.startswith(folder)}

    def generate_rendition_file(
        self, filter: Filter, *, source: File[bytes] | None = None
    ) -> ContentFile[bytes]:
        """As Wagtail, which leaves its temporary file to be closed by chance.

        Raises SourceImageIOError when the original is gone.
        """
        if source is None:
            with self.open_file() as original:
                source = ContentFile(original.read())
        with super().generate_rendition_file(filter, source=source) as file:
            file.seek(0)
            return ContentFile(file.read(), name=file.name)

    def create_rendition(self, filter: Filter) -> "CoalitionRendition":
        """As Wagtail; raises SourceImageIOError when the picture was replaced meanwhile."""
        with self._still_stored():
            rendition: CoalitionRendition = super().create_rendition(filter)
            return rendition

    def create_renditions(self, *filters: Filter) -> "dict[Filter, CoalitionRendition]":
        """As Wagtail; raises SourceImageIOError when the picture was replaced meanwhile."""
        if not filters:
            return {}
        with self._still_stored():
            renditions: dict[Filter, CoalitionRendition] = super().create_renditions(*filters)
            return renditions

    @contextmanager
    def _still_stored(self) -> Iterator[None]:
        """Renditions of a picture that somebody replaced, perhaps for a reason, must not stay."""
        self._check_stored()
        # Left by a process that was killed while the picture was replaced.
        self.renditions.exclude(file__startswith=_folder(self.file.name)).delete()
        yield
        self._check_stored()

    def _check_stored(self) -> None:
        if not type(self)._base_manager.filter(pk=self.pk, file=self.file.name).exists():
            self.forget_renditions(self.file.name)
            raise SourceImageIOError("The picture was replaced or deleted.")


def _folder(original: str) -> str:
    return f"{storing.rendition_folder(original)}/"


class CoalitionRendition(AbstractRendition):
    """A picture in one size and format, public under a name that nobody can guess."""

    image = models.ForeignKey(CoalitionImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"

    def get_upload_to(self, filename: str) -> str:
        """In a folder for each original, so that none is left when that goes.

        From one size nobody can guess another, which may show what was cut off.
        """
        folder = storing.rendition_folder(self.image.file.name)
        return f"{folder}/{secrets.token_hex(8)}{PurePosixPath(filename).suffix}"
