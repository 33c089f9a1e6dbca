"""`/media/` has renditions and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from coalition.core.models import CoalitionDocument, CoalitionImage

from .conftest import files_in, named


def content(answer: Any) -> bytes:
    """What a browser gets."""
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("avif", "avif"), ("webp", "webp"), ("jpeg", "jpeg"), ("png", "png")],
)
def test_renditions(client: Client, image: CoalitionImage, name: str, kind: str) -> None:
    rendition = image.get_rendition(f"width-48|format-{name}")
    assert rendition.url.startswith("/media/images/")
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"image/{kind}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=604800, s-maxage=3600, immutable"
    assert not answer.cookies
    assert content(answer) == Path(rendition.file.path).read_bytes()
    assert content(client.head(rendition.url)) == b""
    assert client.post(rendition.url).status_code == 405


def test_names_cannot_be_guessed(image: CoalitionImage, media: Path) -> None:
    """Neither that of a picture nor, from one of its sizes, that of another."""
    image.get_rendition("width-48|format-webp")
    image.get_rendition("original")
    names = [Path(name) for name in files_in(media / "images")]
    assert [len(name.parent.name) for name in names] == [16, 16]
    assert sorted(len(name.stem) for name in names) == [16, 16]
    assert sorted(name.suffix for name in names) == [".jpg", ".webp"]


@pytest.mark.parametrize(
    "path",
    [
        "{original}",
        "images/../{original}",
        "images/%2e%2e/{original}",
        "images//../{original}",
        "./{original}",
        "images/./../{original}",
        "/{original}",
        "//{original}",
        "images/..%2f{original}",
        "images/x/../../{original}",
        "images/..\\{original}",
        "wagtail_uploads/raw.jpg",
        "images/../wagtail_uploads/raw.jpg",
        "{document}",
        "images/../{document}",
        "",
        "images",
        "images/",
        "images/{folder}",
        "images/{folder}/",
        "images/none.jpg",
        "images/{folder}/%00.jpg",
        "images/" + "x" * 300 + ".jpg",
        "images/page.html",
        "images/drawing.svg",
        "imagesx/a.jpg",
        "images/../../secret.jpg",
        "../secret.jpg",
        "other/a.jpg",
    ],
)
def test_nothing_else(
    client: Client,
    image: CoalitionImage,
    document: CoalitionDocument,
    media: Path,
    path: str,
) -> None:
    rendition = image.get_rendition("width-48")
    for name in ("wagtail_uploads/raw.jpg", "other/a.jpg", "imagesx/a.jpg", "../secret.jpg"):
        (media / name).parent.mkdir(exist_ok=True)
        (media / name).write_bytes(b"secret")
    for name in ("page.html", "drawing.svg"):
        (media / "images" / name).write_bytes(b"secret")
    path = path.format(
        original=image.file.name,
        document=document.file.name,
        folder=Path(rendition.file.name).parent.name,
    )
    answer = client.get(f"/media/{path}")
    assert answer.status_code == 404
    assert b"secret" not in answer.content


def test_a_stored_page_is_no_picture(client: Client, media: Path) -> None:
    """Should a file of another kind ever lie there, it is not shown as what it is."""
    (media / "images").mkdir(parents=True)
    (media / "images" / "a.jpg").write_bytes(b"<script>alert(1)</script>")
    answer = client.get("/media/images/a.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert content(answer)


def test_originals_by_every_address_that_is_shown(
    client: Client, image: CoalitionImage, media: Path
) -> None:
    assert client.get(image.file.url).status_code == 404
    image.file = named((media / image.file.name).read_bytes(), "again.jpg")
    image.save()
    assert client.get(image.file.url).status_code == 404
