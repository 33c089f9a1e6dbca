"""Every way into the site, walked as an editor: what is stored gives nothing away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from coalition.accounts.models import User
from coalition.core.files import pictures
from coalition.core.models import CoalitionImage

from . import nasty
from .conftest import files_in, given_away, named, stored_image

Send = Callable[..., Any]

# Every format that a rendition can have, cut and uncut.
SPECS = [
    "original",
    "max-165x165",
    *(f"width-48|format-{name}" for name in ("avif", "webp", "jpeg", "png")),
    "fill-20x20|format-webp-lossless",
    "width-30|jpegquality-90",
    "scale-50",
]
BAD = {
    "black.png": (nasty.bomb, "more than 52 million pixels"),
    "page.jpg": (lambda: nasty.HTML, "There is no picture in this file"),
    "cut.avif": (lambda: nasty.avif()[:-200], "damaged or incomplete"),
    "drawing.svg": (lambda: nasty.SVG, "SVG drawings can carry scripts"),
    "film.webp": (lambda: nasty.animated("WEBP"), "Moving pictures cannot be used"),
    "wrong.png": (nasty.jpeg, "the picture in it is JPEG"),
    "plan.psd": (lambda: b"8BPS\0\1", "Pictures of this kind cannot be used"),
}


def add(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A picture", "file": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtailimages:add"), form)


def choose(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A picture", "file": named(data, name), "collection": collection.pk}
    form = {f"image-chooser-upload-{key}": value for key, value in form.items()}
    return admin(reverse("wagtailimages_chooser:create"), form)


def add_multiple(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A picture", "files[]": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtailimages:add_multiple"), form, x_requested_with="XMLHttpRequest")


def replace(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    image = CoalitionImage.objects.first() or stored_image(nasty.webp(), "a.webp")
    image.collection = collection
    image.save()
    form = {"title": "A picture", "file": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtailimages:edit", args=[image.pk]), form)


def in_two_steps(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    """A title too long puts the upload aside until it was made shorter."""
    form = {"title": "long" * 80, "files[]": named(data, name), "collection": collection.pk}
    path = reverse("wagtailimages:add_multiple")
    answer = admin(path, form, x_requested_with="XMLHttpRequest")
    waiting = UploadedFile.objects.last()
    if waiting is None:
        return answer
    prefix = f"uploaded-image-{waiting.pk}"
    form = {f"{prefix}-title": "A picture", f"{prefix}-collection": collection.pk}
    return admin(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]), form
    )


ROUTES = [add, choose, add_multiple, replace, in_two_steps]
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)


@every_route
@pytest.mark.parametrize("name", nasty.PICTURES)
def test_nothing_is_given_away(
    name: str, route: Send, admin: Send, collection: Collection, media: Path, temp: Path
) -> None:
    answer = route(admin, collection, nasty.PICTURES[name](), name)
    assert answer.status_code in (200, 302)
    image = CoalitionImage.objects.get()
    for spec in SPECS:
        image.get_rendition(spec)
    assert len(files_in(media / "original_images")) == 1
    assert len(files_in(media / "images")) >= len(SPECS)
    assert given_away(media) == {}
    assert files_in(temp) == []
    with Image.open(image.file.path) as stored:
        assert (image.width, image.height) == stored.size
    assert image.file_size == Path(image.file.path).stat().st_size
    assert image.file_hash == CoalitionImage.objects.get().file_hash != ""
    before = image.file_hash
    image._set_file_hash()
    assert image.file_hash == before


@every_route
@pytest.mark.parametrize("name", BAD)
def test_refused_with_a_reason_and_nothing_stored(
    name: str, route: Send, admin: Send, collection: Collection, media: Path, temp: Path
) -> None:
    if route is replace:
        stored_image(nasty.webp(), "a.webp")
    before = files_in(media)
    make, reason = BAD[name]
    answer = route(admin, collection, make(), name)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert files_in(media / "original_images") == [
        name.removeprefix("original_images/") for name in before if "original" in name
    ]
    assert not (media / "wagtail_uploads").exists()
    assert files_in(temp) == []
    assert not UploadedFile.objects.exists()


def test_what_waits_for_the_second_step_is_clean(
    admin: Send, collection: Collection, media: Path
) -> None:
    form = {"title": "long" * 80, "files[]": named(nasty.jpeg(), "IMG_1 Sokha.jpg")}
    form["collection"] = collection.pk
    admin(reverse("wagtailimages:add_multiple"), form, x_requested_with="XMLHttpRequest")
    (waiting,) = files_in(media)
    assert waiting.startswith("wagtail_uploads/")
    assert given_away(media) == {}
    admin(reverse("wagtailimages:delete_upload_multiple", args=[UploadedFile.objects.get().pk]), {})
    assert files_in(media) == []


def test_multiple_upload_asks_for_nothing_more(
    admin: Send, collection: Collection, media: Path
) -> None:
    answer = add_multiple(admin, collection, nasty.jpeg(), "IMG_1 Sokha.jpg").json()
    assert answer["success"] is True
    image = CoalitionImage.objects.get()
    assert answer["image_id"] == image.pk
    prefix = f"image-{image.pk}"
    form = {f"{prefix}-title": "Title", f"{prefix}-credit": "", f"{prefix}-tags": ""}
    form[f"{prefix}-collection"] = str(collection.pk)
    path = reverse("wagtailimages:edit_multiple", args=[image.pk])
    assert admin(path, form, x_requested_with="XMLHttpRequest").json()["success"] is True
    image.refresh_from_db()
    assert image.title == "Title"
    assert given_away(media) == {}


@pytest.mark.parametrize("name", nasty.PICTURES)
def test_in_rich_text_and_choosers(
    name: str, admin: Send, collection: Collection, media: Path
) -> None:
    """Where the chooser asks for a format it makes renditions at once."""
    image = stored_image(nasty.PICTURES[name](), name, collection=collection)
    path = reverse("wagtailimages_chooser:select_format", args=[image.pk])
    for format_name in ("fullwidth", "left", "right"):
        form = {"format": format_name, "alt_text": "What it shows"}
        form = {f"image-chooser-insertion-{key}": value for key, value in form.items()}
        assert admin(path, form).json()["step"] == "chosen"
    assert admin(reverse("wagtailimages_chooser:chosen", args=[image.pk])).status_code == 200
    assert admin(reverse("wagtailimages_chooser:choose")).status_code == 200
    assert admin(reverse("wagtailimages:index")).status_code == 200
    assert admin(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert given_away(media) == {}


def test_bulk_actions(
    admin: Send, editor: User, collection: Collection, media: Path, client: Client
) -> None:
    images = [stored_image(collection=collection, uploaded_by_user=editor) for _ in range(3)]
    query = "&".join(f"id={image.pk}" for image in images)

    def bulk(action: str, form: dict[str, Any]) -> Any:
        path = reverse("wagtail_bulk_action", args=["core", "coalitionimage", action])
        return admin(f"{path}?{query}", form)

    assert bulk("add_tags", {"tags": "river"}).status_code == 302
    assert bulk("add_to_collection", {"collection": collection.pk}).status_code == 302
    assert [image.tags.get().name for image in CoalitionImage.objects.all()] == ["river"] * 3
    images[0].get_rendition("width-48|format-webp")
    assert given_away(media) == {}
    assert bulk("delete", {}).status_code == 302
    assert not CoalitionImage.objects.exists()
    assert files_in(media) == []


def test_the_editor_is_told_what_is_taken(admin: Send, media: Path) -> None:
    page = admin(reverse("wagtailimages:add")).content.decode()
    assert "JPEG, PNG, WebP, AVIF or HEIC, at most 20.0\xa0MB." in page
    assert "image/heic" in page
    assert (
        str(pictures.UNKNOWN_FORMAT)
        in admin(reverse("wagtailimages:add_multiple")).content.decode()
    )


def test_files_of_others_stay_closed(admin: Send, image: CoalitionImage, media: Path) -> None:
    """A picture in another collection cannot be replaced."""
    image.collection = Collection.get_first_root_node()
    image.save()
    path = reverse("wagtailimages:edit", args=[image.pk])
    answer = admin(path, {"title": "Mine", "file": named(nasty.png(), "a.png")})
    assert answer.status_code == 302
    image.refresh_from_db()
    assert image.title == "A picture"
    assert image.file.name.endswith(".jpg")
