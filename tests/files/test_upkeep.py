"""What a crash leaves behind is found, and what was public of it is taken away."""

import os
import time
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.models import UploadedFile

from coalition.core import tick
from coalition.core.files import doctor, orphans
from coalition.core.models import CoalitionImage

from . import nasty
from .conftest import files_in, given_away, stored_image

pytestmark = pytest.mark.django_db


def left_behind(media: Path, name: str, *, days: float = 2) -> None:
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(nasty.webp())
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_all_is_well(image: CoalitionImage) -> None:
    image.get_rendition("width-48")
    assert doctor.problems() == []
    assert orphans.delete_unknown_renditions() == 0


def test_nothing_stored_yet(media: Path) -> None:
    assert doctor.problems() == []
    assert orphans.delete_unknown_renditions() == 0


def test_renditions_of_nothing_go(image: CoalitionImage, media: Path) -> None:
    kept = image.get_rendition("width-48").file.name
    left_behind(media, "images/0123456789abcdef/width-48.webp")
    left_behind(media, "images/fedcba9876543210/width-48.webp", days=0.1)
    assert tick.renditions_of_nothing() == 1
    assert [f"images/{name}" for name in files_in(media / "images")] == sorted(
        [kept, "images/fedcba9876543210/width-48.webp"]
    )
    # Not again within the hour.
    left_behind(media, "images/0123456789abcdef/width-48.webp")
    assert tick.renditions_of_nothing() == 0
    cache.clear()
    assert tick.renditions_of_nothing() == 1


def test_lost_files_are_named(image: CoalitionImage) -> None:
    other = stored_image()
    Path(image.file.path).unlink()
    (problem,) = doctor.problems()
    assert problem == (
        f"1 picture or document has lost its file {image.file.name}. Bring it back from a "
        "backup, or upload it again."
    )
    Path(other.file.path).unlink()
    assert doctor.problems()[0].startswith("2 pictures or documents have lost their files")


def test_unknown_files_are_named(image: CoalitionImage, media: Path) -> None:
    left_behind(media, "original_images/0123.jpg")
    left_behind(media, "documents/new.pdf", days=0)
    assert doctor.problems() == [
        "1 file in the media folder belongs to nothing: original_images/0123.jpg. Delete it."
    ]
    left_behind(media, "documents/0123.pdf")
    left_behind(media, "wagtail_uploads/raw.jpg")
    assert doctor.problems()[0].startswith("3 files in the media folder belong to nothing")


def test_uploads_of_other_kinds_are_left_alone(media: Path) -> None:
    """An upload that waits for a model of a plugin is not ours to judge."""
    for kind in (None, ContentType.objects.get_for_model(UploadedFile)):
        UploadedFile.objects.create(for_content_type=kind, file=ContentFile(b"x", name="a.bin"))
    kind = ContentType.objects.get_for_model(CoalitionImage)
    file = ContentFile(nasty.jpeg(), name="IMG_1 Sokha.jpg")
    waiting = UploadedFile.objects.create(for_content_type=kind, file=file)
    (media / "wagtail_uploads" / "a.bin").unlink()
    for name in files_in(media):
        if name.endswith(".bin"):
            (media / name).unlink()
    assert files_in(media) == [waiting.file.name]
    assert given_away(media) == {}
