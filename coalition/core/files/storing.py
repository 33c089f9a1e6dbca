"""Where files lie, and how they go away again."""

from pathlib import PurePosixPath

from django.core.files.storage import Storage

ORIGINALS = "original_images"
RENDITIONS = "images"
DOCUMENTS = "documents"
WAITING = "wagtail_uploads"


def delete_file(storage: Storage, name: str) -> None:
    """Delete one file; nothing happens when it is gone already."""
    storage.delete(name)


def rendition_folder(original: str) -> str:
    """The folder with all renditions of the picture stored as `original`, and with nothing else."""
    return f"{RENDITIONS}/{PurePosixPath(original).stem}"


def delete_renditions(storage: Storage, original: str) -> None:
    """Delete every rendition of an original, those too that no row knows."""
    delete_folder(storage, rendition_folder(original))


def delete_folder(storage: Storage, folder: str) -> None:
    """Delete a folder and the files in it; nothing happens when it is gone already."""
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)
