"""A file that was replaced is gone, and nobody loses work without being told."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images.models import SourceImageIOError
from wagtail.models import Collection

from coalition.core.files.forms import SEEN
from coalition.core.files.renditions import picture_of
from coalition.core.models import CoalitionDocument, CoalitionImage, CoalitionRendition

from . import nasty, nasty_pdf
from .conftest import files_in, given_away, named, stored_image

Send = Callable[..., Any]


def form_of(answer: Any) -> dict[str, Any]:
    """What a browser would send back from the edit page."""
    form = answer.context["form"]
    data = {name: form[name].value() for name in form.fields if name != "file"}
    return {name: "" if value is None else value for name, value in data.items()}


def test_the_old_file_goes(admin: Send, image: CoalitionImage, media: Path) -> None:
    path = reverse("wagtailimages:edit", args=[image.pk])
    image.get_renditions("width-48|format-webp", "width-30|format-avif")
    old = set(files_in(media))
    answer = admin(path, {**form_of(admin(path)), "file": named(nasty.webp(), "new.webp")})
    assert answer.status_code == 302
    assert old.isdisjoint(files_in(media))
    stored = CoalitionImage.objects.get()
    assert stored.file.name.endswith(".webp")
    # What readers will ask for was made at once.
    assert {r.file.name for r in stored.renditions.all()} | {stored.file.name} == set(
        files_in(media)
    )
    assert given_away(media) == {}


def test_the_old_document_goes(admin: Send, document: CoalitionDocument, media: Path) -> None:
    path = reverse("wagtaildocs:edit", args=[document.pk])
    answer = admin(path, {**form_of(admin(path)), "file": named(b"a,b\n", "new.csv")})
    assert answer.status_code == 302
    document.refresh_from_db()
    assert files_in(media) == [document.file.name]


def test_by_code(
    image: CoalitionImage,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image.get_rendition("width-48")
    old = set(files_in(media))
    with django_capture_on_commit_callbacks(execute=True):
        image.file = named(nasty.png(), "new.png")
        image.save()
        # Until the commit the old one may be needed again.
        assert old < set(files_in(media))
    assert old.isdisjoint(files_in(media))


def test_deleted(
    admin: Send, image: CoalitionImage, document: CoalitionDocument, media: Path
) -> None:
    image.get_rendition("width-48")
    stray = media / Path(image.get_rendition("width-30").file.name).with_name("stray.webp")
    stray.write_bytes(nasty.webp())
    assert len(files_in(media)) == 5
    admin(reverse("wagtailimages:delete", args=[image.pk]), {})
    assert files_in(media) == [document.file.name]
    admin(reverse("wagtaildocs:delete", args=[document.pk]), {})
    assert files_in(media) == []
    assert not (media / "images").exists() or not list((media / "images").iterdir())


@pytest.mark.parametrize("with_file", [True, False])
def test_two_editors_at_once(
    with_file: bool, admin: Send, image: CoalitionImage, media: Path
) -> None:
    """The second is told what the first did, and decides."""
    path = reverse("wagtailimages:edit", args=[image.pk])
    mine, theirs = form_of(admin(path)), form_of(admin(path))
    theirs |= {"file": named(nasty.png(), "theirs.png"), "focal_point_x": 40, "focal_point_y": 40}
    theirs |= {"focal_point_width": 8, "focal_point_height": 8}
    assert admin(path, theirs).status_code == 302
    stored = files_in(media / "original_images")
    mine["title"] = "What I typed"
    sent = {**mine, "file": named(nasty.webp(), "mine.webp")} if with_file else mine
    answer = admin(path, sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Somebody else replaced this file while you were editing" in page
    assert "What I typed" in page
    # Theirs is shown and stays.
    assert stored[0] in page
    assert files_in(media / "original_images") == stored
    assert CoalitionImage.objects.get().title == "A picture"
    # Sent once more, knowingly, it is saved.
    again = form_of(answer)
    assert (again["focal_point_x"], again["title"]) == ("40", "What I typed")
    if with_file:
        again["file"] = named(nasty.webp(), "mine.webp")
    assert admin(path, again).status_code == 302
    image.refresh_from_db()
    assert image.title == "What I typed"
    assert image.file.name.endswith(".webp" if with_file else ".png")
    assert len(files_in(media / "original_images")) == 1
    assert given_away(media) == {}


def test_two_editors_of_a_document(admin: Send, document: CoalitionDocument, media: Path) -> None:
    path = reverse("wagtaildocs:edit", args=[document.pk])
    mine, theirs = form_of(admin(path)), form_of(admin(path))
    admin(path, {**theirs, "file": named(b"theirs\n", "a.txt")})
    answer = admin(path, {**mine, "file": named(b"mine\n", "a.txt")})
    assert "Somebody else replaced this file" in answer.content.decode()
    document.refresh_from_db()
    assert Path(document.file.path).read_bytes() == b"theirs\n"
    assert len(files_in(media)) == 1


def test_a_script_without_the_hidden_field_wins(
    admin: Send, image: CoalitionImage, collection: Collection, media: Path
) -> None:
    path = reverse("wagtailimages:edit", args=[image.pk])
    for data, name in ((nasty.png(), "a.png"), (nasty.webp(), "b.webp")):
        form = {"title": "By script", "collection": collection.pk, "file": named(data, name)}
        assert admin(path, form).status_code == 302
    assert [name.rpartition(".")[2] for name in files_in(media / "original_images")] == ["webp"]


def test_the_focal_point_goes_with_its_file(admin: Send, media: Path, collection: Any) -> None:
    image = stored_image(
        collection=collection,
        focal_point_x=90,
        focal_point_y=20,
        focal_point_width=5,
        focal_point_height=5,
    )
    path = reverse("wagtailimages:edit", args=[image.pk])
    form = form_of(admin(path))
    assert SEEN in form
    assert admin(path, {**form, "title": "Other"}).status_code == 302
    image.refresh_from_db()
    assert image.has_focal_point()
    form = {**form, SEEN: image.file_hash, "file": named(nasty.webp(), "new.webp")}
    assert admin(path, form).status_code == 302
    image.refresh_from_db()
    assert not image.has_focal_point()


def test_a_refused_file_shows_what_is_stored(
    admin: Send, image: CoalitionImage, collection: Collection, media: Path
) -> None:
    """Wagtail would make a rendition of the file that was not saved."""
    path = reverse("wagtailimages:edit", args=[image.pk])
    form = {"title": "", "collection": collection.pk, "file": named(nasty.png(), "new.png")}
    answer = admin(path, form)
    assert answer.status_code == 200
    assert len(files_in(media / "original_images")) == 1
    stem = Path(image.file.name).stem
    assert {Path(name).parts[0] for name in files_in(media / "images")} == {stem}


def test_a_rendition_that_comes_too_late(
    image: CoalitionImage,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """A reader's request began with the old picture and ends after it was replaced."""
    slow = CoalitionImage.objects.get()
    old = (media / slow.file.name).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        image.file = named(nasty.png(), "new.png")
        image.save()
    renditions = CoalitionRendition.objects.count()
    # It had read the file before that went.
    (media / slow.file.name).write_bytes(old)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(SourceImageIOError):
        slow.get_renditions("width-20|format-webp", "width-30|format-webp")
    assert CoalitionRendition.objects.count() == renditions
    assert not (media / "images" / Path(slow.file.name).stem).exists()


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment(media: Path) -> None:
    """Whoever comes last wins; of the others nothing is left."""
    image = stored_image()
    barrier = threading.Barrier(4)
    errors: list[BaseException] = []

    def replace(number: int) -> None:
        try:
            mine = CoalitionImage.objects.get(pk=image.pk)
            mine.file = named(nasty.jpeg(nasty.picture((80 + number, 60))), "a.jpg")
            mine.clean()
            barrier.wait()
            mine.save()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=replace, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    stored = CoalitionImage.objects.get()
    assert files_in(media / "original_images") == [Path(stored.file.name).name]
    picture_of(stored, alt="")
    assert {Path(name).parts[0] for name in files_in(media / "images")} == {
        Path(stored.file.name).stem
    }
    # Those made twice at once lie in the same folder and go with it.
    names = {rendition.file.name for rendition in CoalitionRendition.objects.all()}
    assert len(names) == 4
    assert names <= {f"images/{name}" for name in files_in(media / "images")}
    assert given_away(media) == {}


def test_a_rendition_left_by_a_killed_process(image: CoalitionImage, media: Path) -> None:
    """It shows the picture as it was before somebody replaced it."""
    stale = image.get_rendition("width-48")
    stale.file.name = "images/0123456789abcdef/0123456789abcdef.jpg"
    stale.save()
    cache.clear()
    fresh = CoalitionImage.objects.get().get_rendition("width-48")
    assert fresh.pk != stale.pk
    assert fresh.file.name.startswith(f"images/{Path(image.file.name).stem}/")
    assert CoalitionRendition.objects.get() == fresh


def test_a_pdf_is_replaced_by_a_clean_one(
    admin: Send, document: CoalitionDocument, media: Path
) -> None:
    path = reverse("wagtaildocs:edit", args=[document.pk])
    data = nasty_pdf.saved(nasty_pdf.report())
    admin(path, {**form_of(admin(path)), "file": named(data, "Report by Sokha.pdf")})
    assert len(files_in(media)) == 1
    assert given_away(media) == {}
