"""Responsive pictures: small formats first, the place kept, a fallback for old browsers."""

from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.utils import translation
from PIL import Image
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from coalition.core.files.renditions import SHARED, picture_of, specs_of
from coalition.core.models import CoalitionImage

from . import nasty
from .conftest import given_away, stored_image

pytestmark = pytest.mark.django_db


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def rendered(image: Any, arguments: str = "") -> list[tuple[str, dict[str, str | None]]]:
    source = "{% load pictures %}{% responsive_picture image " + arguments + " %}"
    return Tags(Template(source).render(Context({"image": image}))).found


def large(kind: str = "JPEG", mode: str = "RGB") -> CoalitionImage:
    buffer = BytesIO()
    nasty.picture((1000, 500), mode).save(buffer, kind)
    image: CoalitionImage = stored_image(buffer.getvalue(), f"a.{kind.lower()}")
    return image


def test_widths_in_two_formats_and_a_fallback(media: Path) -> None:
    image = large()
    tags = rendered(image, 'alt="A river" sizes="50vw"')
    assert [tag for tag, _attrs in tags] == ["picture", "source", "source", "img"]
    for (_tag, attrs), kind in zip(tags[1:3], ("avif", "webp"), strict=True):
        assert attrs["type"] == f"image/{kind}"
        assert attrs["sizes"] == "50vw"
        files = [part.split() for part in str(attrs["srcset"]).split(", ")]
        assert [width for _url, width in files] == ["320w", "640w", "960w", "1000w"]
        for url, width in files:
            with Image.open(media / url.removeprefix("/media/")) as picture:
                assert f"{picture.width}w" == width
                assert picture.format == kind.upper()
    assert tags[3][1] == {
        "src": str(tags[3][1]["src"]),
        "width": "960",
        "height": "480",
        "alt": "A river",
        "loading": "lazy",
        "decoding": "async",
    }
    assert str(tags[3][1]["src"]).endswith(".jpg")
    assert given_away(media) == {}


def test_a_small_picture_is_not_blown_up(media: Path) -> None:
    image = stored_image()
    tags = rendered(image)
    assert str(tags[1][1]["srcset"]).endswith(".avif 64w")
    assert (tags[3][1]["width"], tags[3][1]["height"]) == ("64", "96")


def test_cut_around_the_focal_point(media: Path) -> None:
    image = large()
    image.focal_point_x, image.focal_point_y = 10, 10
    image.focal_point_width = image.focal_point_height = 10
    picture = picture_of(image, alt="", ratio=(1, 1))
    assert picture is not None
    assert picture.width == picture.height == 500
    with Image.open(media / picture.src.removeprefix("/media/")) as cut:
        pixel = cut.convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple) and pixel[0] > 240 > 20 > pixel[1]
    assert rendered(image, 'ratio="3:2"')[3][1]["height"] != rendered(image)[3][1]["height"]


def test_the_first_picture_of_a_page_is_not_lazy(media: Path) -> None:
    attrs = rendered(stored_image(), "eager=True")[3][1]
    assert "loading" not in attrs
    assert attrs["fetchpriority"] == "high"


def test_the_words_of_the_block(media: Path) -> None:
    image = stored_image()
    image.contextual_alt_text = 'A "river"'
    assert rendered(image)[3][1]["alt"] == 'A "river"'
    image.decorative = True
    assert rendered(image)[3][1]["alt"] == ""


def test_png_falls_back_to_png(media: Path) -> None:
    assert str(rendered(large("PNG", "RGBA"))[3][1]["src"]).endswith(".png")
    assert str(rendered(large("WEBP", "RGBA"))[3][1]["src"]).endswith(".jpg")


def test_no_picture_no_tag(media: Path) -> None:
    assert rendered(None) == []
    image = stored_image()
    Path(image.file.path).unlink()
    assert rendered(image) == []


def test_numbers_are_plain_in_every_language(media: Path) -> None:
    image = large()
    with translation.override("ur"):
        assert rendered(image)[3][1]["width"] == "960"


def test_made_when_uploaded(
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """The first reader waits for nothing, and asks the database once."""
    with django_capture_on_commit_callbacks(execute=True):
        image = large()
    specs = {rendition.filter_spec for rendition in image.renditions.all()}
    assert specs == {*specs_of(image), SHARED}
    cache.clear()
    image = CoalitionImage.objects.get()
    with django_assert_num_queries(1):
        picture_of(image, alt="")
    with django_assert_num_queries(0):
        picture_of(image, alt="")
