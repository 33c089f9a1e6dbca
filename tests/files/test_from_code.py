"""Files that are stored by code: imports, commands, plugins. No way leads around."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from coalition.core.models import CoalitionDocument, CoalitionImage

from . import nasty, nasty_pdf
from .conftest import files_in, given_away, named

pytestmark = pytest.mark.django_db


def upload() -> ContentFile[bytes]:
    return named(nasty.jpeg(), "IMG_1 Sokha.jpg")


def create() -> CoalitionImage:
    image: CoalitionImage = CoalitionImage.objects.create(title="A picture", file=upload())
    return image


def assign() -> CoalitionImage:
    image = CoalitionImage(title="A picture")
    image.file = upload()
    image.save()
    return image


def check_then_save() -> CoalitionImage:
    image = CoalitionImage(title="A picture", file=upload())
    image.full_clean()
    image.save()
    return image


def save_the_file() -> CoalitionImage:
    image = CoalitionImage(title="A picture")
    image.file.save("IMG_1 Sokha.jpg", upload(), save=True)
    return image


def save_the_file_first() -> CoalitionImage:
    image = CoalitionImage(title="A picture")
    image.file.save("IMG_1 Sokha.jpg", upload(), save=False)
    image.save()
    return image


def in_bulk() -> CoalitionImage:
    CoalitionImage.objects.bulk_create([CoalitionImage(title="A picture", file=upload())])
    image: CoalitionImage = CoalitionImage.objects.get()
    return image


def from_an_open_file() -> CoalitionImage:
    file = SimpleUploadedFile("IMG_1 Sokha.jpg", nasty.jpeg(), content_type="text/html")
    image: CoalitionImage = CoalitionImage.objects.create(title="A picture", file=file)
    return image


WAYS = [
    create,
    assign,
    check_then_save,
    save_the_file,
    save_the_file_first,
    in_bulk,
    from_an_open_file,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_is_given_away(way: Callable[[], CoalitionImage], media: Path) -> None:
    image = way()
    image.get_renditions("width-48|format-webp", "original", "max-20x20")
    assert given_away(media) == {}
    stored = CoalitionImage.objects.get()
    # In bulk Wagtail finds size and hash out when first asked.
    assert stored.get_file_size() == Path(stored.file.path).stat().st_size
    assert stored.get_file_hash()
    if way is not in_bulk:
        with Image.open(stored.file.path) as picture:
            assert (stored.width, stored.height) == picture.size == nasty.SIZE[::-1]


@pytest.mark.parametrize("way", ["save", "full_clean"])
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (nasty.SVG, "a.svg"),
        (nasty.SVG, "a.png"),
        (nasty.HTML, "a.jpg"),
        (nasty.bomb(), "a.png"),
        (nasty.avif()[:300], "a.avif"),
        (b"", "a.jpg"),
    ],
)
def test_refused(way: str, data: bytes, name: str, media: Path) -> None:
    image = CoalitionImage(title="A picture", file=named(data, name))
    with pytest.raises(ValidationError) as refused:
        getattr(image, way)()
    assert list(refused.value.message_dict) == ["file"]
    assert files_in(media) == []
    assert not CoalitionImage.objects.exists()


def test_refused_by_the_file_itself(media: Path) -> None:
    with pytest.raises(ValidationError):
        CoalitionImage(title="A picture").file.save("a.jpg", named(nasty.HTML, "a.jpg"))
    with pytest.raises(ValidationError):
        CoalitionDocument(title="A report").file.save("a.pdf", named(nasty.HTML, "a.pdf"))
    assert files_in(media) == []


def test_saving_again_stores_nothing_again(media: Path) -> None:
    image = create()
    before = files_in(media), image.file_hash
    image.title = "Another title"
    image.save()
    image.save(update_fields=["title"])
    CoalitionImage.objects.get().save()
    assert (files_in(media), image.file_hash) == before


def test_only_the_file_is_updated(
    media: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    image = create()
    image.file = named(nasty.png(), "a.png")
    image.title = "Not to be saved"
    image.save(update_fields=["file"])
    stored = CoalitionImage.objects.get()
    assert stored.title == "A picture"
    assert stored.file.name.endswith(".png")
    assert (stored.file_size, stored.file_hash) == (image.file_size, image.file_hash)
    assert stored.file_size == Path(stored.file.path).stat().st_size


def test_documents(media: Path) -> None:
    data = nasty_pdf.saved(nasty_pdf.report())
    CoalitionDocument.objects.create(title="A report", file=named(data, "Report by Sokha.pdf"))
    document = CoalitionDocument(title="A report")
    document.file.save("Report by Sokha.pdf", named(data, "x.pdf"))
    assert len(files_in(media)) == 2
    assert given_away(media) == {}
    with pytest.raises(ValidationError):
        CoalitionDocument.objects.create(title="A letter", file=named(b"PK", "letter.docx"))
    assert len(files_in(media)) == 2


def test_the_title_is_no_alternative_text(media: Path) -> None:
    """After an upload it is the name of the file."""
    image = create()
    assert image.default_alt_text == ""
    assert image.get_rendition("width-48").alt == ""
    image.description = "A river"
    assert image.default_alt_text == "A river"
