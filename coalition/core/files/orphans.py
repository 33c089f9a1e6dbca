"""Files without a row and rows without a file: what a crash or a restored backup leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage
from django.utils import timezone
from wagtail.images.models import get_rendition_storage
from wagtail.models import UploadedFile

from coalition.core.models import CoalitionDocument, CoalitionImage

from . import storing

# An upload stores its file some seconds before its row can be seen.
GRACE = timedelta(days=1)


def missing_files() -> Iterator[str]:
    """Names of the files of pictures and documents that are not there."""
    for model in (CoalitionImage, CoalitionDocument):
        storage = model._meta.get_field("file").storage
        for name in model._base_manager.values_list("file", flat=True).iterator():
            if not storage.exists(name):
                yield name


def unknown_files() -> Iterator[str]:
    """Names of stored originals, documents and waiting uploads that no row has."""
    for folder, model in (
        (storing.ORIGINALS, CoalitionImage),
        (storing.DOCUMENTS, CoalitionDocument),
        (storing.WAITING, UploadedFile),
    ):
        known = set(model._base_manager.values_list("file", flat=True))
        for name in _names(default_storage, folder):
            path = f"{folder}/{name}"
            if path not in known and _is_old(default_storage.get_modified_time(path)):
                yield path


def delete_unknown_renditions() -> int:
    """Delete the public renditions of pictures that are gone; they can always be made again."""
    storage = get_rendition_storage()
    originals = CoalitionImage._base_manager.values_list("file", flat=True)
    known = {storing.rendition_folder(name) for name in originals}
    deleted = 0
    for folder in _folders(storage, storing.RENDITIONS):
        if folder not in known and _untouched(storage, folder):
            storing.delete_folder(storage, folder)
            deleted += 1
    return deleted


def _untouched(storage: Storage, folder: str) -> bool:
    names = _names(storage, folder)
    return all(_is_old(storage.get_modified_time(f"{folder}/{name}")) for name in names)


def _is_old(modified: datetime) -> bool:
    return modified < timezone.now() - GRACE


def _names(storage: Storage, folder: str) -> list[str]:
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _folders(storage: Storage, folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in storage.listdir(folder)[0]]
    except FileNotFoundError:
        return []
