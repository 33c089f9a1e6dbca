"""Pictures come out upright and silent; what is no good picture is refused with a reason."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, strategies
from hypothesis import settings as hypothesis_settings
from PIL import Image

from coalition.core.files import pictures
from coalition.core.files.picture_kinds import STORED_EXTENSIONS
from coalition.core.files.refusal import RefusalError

from . import nasty
from .traces import heif_extras, traces, unpacked


def upload(data: bytes, name: str) -> ContentFile[bytes]:
    return ContentFile(data, name=name)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(RefusalError) as refused:
        pictures.cleaned(upload(data, name), name)
    assert refused.value.messages[0].endswith(".")
    code: str = refused.value.code
    return code


def test_the_test_files_give_away() -> None:
    """What is to be taken out has to be in."""
    for name, make in nasty.PICTURES.items():
        data = unpacked(make())
        if name not in ("IMG_0008.heic",):
            assert nasty.SECRET in data, name
        if name not in ("IMG_0008.heic", "old.gif"):
            with Image.open(BytesIO(make())) as image:
                assert image.getexif().get_ifd(0x8825)[2] == (11.0, 33.0, 12.34), name
                assert image.getexif().get_ifd(0x8769)[0x927C].endswith(nasty.SECRET), name
                assert nasty.SECRET.decode() in str(image.getxmp()), name
            assert (b"thumbnail-" in data) == (name != "on-its-side.avif"), name
    assert heif_extras(nasty.heic()) == {"thumbnails": 1, "depth_images": 0, "pictures": 2}
    assert heif_extras(nasty.heic_with_depth()) == {
        "thumbnails": 0,
        "depth_images": 1,
        "pictures": 1,
    }


@pytest.mark.parametrize("name", nasty.PICTURES)
def test_nothing_comes_out_but_the_picture(name: str) -> None:
    clean = pictures.cleaned(upload(nasty.PICTURES[name](), name), name)
    data = clean.read()
    assert traces(data) == []
    assert nasty.SECRET not in unpacked(data)
    assert "Sokha" not in str(clean.name)
    assert "IMG" not in str(clean.name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("IMG_2041 Sokha.jpg", "JPEG"),
        ("portrait.JPEG", "JPEG"),
        ("Screenshot.png", "PNG"),
        ("sticker.webp", "WEBP"),
        ("new-phone.avif", "AVIF"),
        ("on-its-side.avif", "AVIF"),
        ("IMG_0007.HEIC", "JPEG"),
        ("IMG_0008.heic", "JPEG"),
        ("old.gif", "PNG"),
    ],
)
def test_each_kind_is_stored_as(name: str, kind: str) -> None:
    clean = pictures.cleaned(upload(nasty.PICTURES[name](), name), name)
    with Image.open(clean) as image:
        assert image.format == kind
        turned = name in nasty.TURNS or name == "IMG_0007.HEIC"
        assert image.size == (nasty.SIZE[::-1] if turned else nasty.SIZE)
        # The red corner of a picture on its side is at the top right.
        corner = image.convert("RGB").getpixel((image.width - 8 if turned else 8, 8))
        assert isinstance(corner, tuple)
        assert corner[0] > 200
        assert max(corner[1:]) < 60
    assert str(clean.name).rpartition(".")[2] == STORED_EXTENSIONS[kind]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_applied(orientation: int) -> None:
    upright = nasty.picture((64, 96))
    quarters = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = quarters.get(orientation, pictures.UPRIGHT.get(orientation))
    lying = upright.transpose(turn) if turn is not None else upright
    buffer = BytesIO()
    lying.save(buffer, "PNG", exif=nasty.exif(orientation))
    with Image.open(pictures.cleaned(upload(buffer.getvalue(), "a.png"), "a.png")) as image:
        assert image.tobytes() == upright.tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode(mode: str) -> None:
    if mode == "I;16":
        image = nasty.picture(mode="L").convert("I").point(lambda grey: grey * 257).convert(mode)
    else:
        image = nasty.picture(mode=mode)
    expected = nasty.picture(mode="L").transpose(pictures.UPRIGHT[nasty.TURNED])
    with Image.open(pictures.cleaned(upload(nasty.png(image), "a.png"), "a.png")) as clean:
        assert clean.mode in ("L", "RGB", "RGBA")
        for place in ((10, 10), (50, 10), (10, 80), (50, 80)):
            grey, wanted = clean.convert("L").getpixel(place), expected.getpixel(place)
            assert isinstance(grey, int) and isinstance(wanted, int)
            assert grey in (0, 255) if mode == "1" else abs(grey - wanted) < 4


def test_transparency_stays() -> None:
    image = nasty.picture(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(nasty.SIZE))
    for name, make in (("a.png", nasty.png), ("a.webp", nasty.webp), ("a.avif", nasty.avif)):
        with Image.open(pictures.cleaned(upload(make(image), name), name)) as clean:
            assert clean.mode == "RGBA"
    palette = nasty.picture(mode="P")
    buffer = BytesIO()
    palette.save(buffer, "PNG", transparency=palette.getpixel((0, 0)))
    with Image.open(pictures.cleaned(upload(buffer.getvalue(), "a.png"), "a.png")) as clean:
        assert clean.getpixel((0, 0))[3] == 0


def test_transparent_heic_gets_a_white_ground() -> None:
    image = nasty.picture(mode="RGBA")
    image.putalpha(0)
    with Image.open(pictures.cleaned(upload(nasty.heic(image), "a.heic"), "a.heic")) as clean:
        assert min(clean.getpixel((30, 30))) > 240


def test_large_pictures_are_made_smaller() -> None:
    buffer = BytesIO()
    nasty.picture((8192, 2048)).save(buffer, "JPEG")
    with Image.open(pictures.cleaned(upload(buffer.getvalue(), "a.jpg"), "a.jpg")) as image:
        assert image.size == (pictures.MAX_SIDE, 1024)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (nasty.SVG, "drawing.svg", "svg"),
        (nasty.SVG, "drawing.png", "svg"),
        (nasty.SVG, "drawing.xml", "svg"),
        (nasty.HTML, "photo.jpg", "not_a_picture"),
        (b"", "photo.jpg", "not_a_picture"),
        (b"%PDF-1.7 ...", "photo.png", "not_a_picture"),
        (b"GIF89a", "photo.gif", "broken"),
        (nasty.avif()[:-200], "photo.avif", "broken"),
        (nasty.heic()[:200], "photo.heic", "broken"),
        (nasty.png(), "photo.jpg", "wrong_extension"),
        (nasty.jpeg(), "photo.heic", "wrong_extension"),
        (nasty.jpeg(), "photo.bmp", "unknown_format"),
        (nasty.jpeg(), "photo", "unknown_format"),
        (nasty.jpeg(), "photo.php", "unknown_format"),
        (nasty.animated("GIF"), "film.gif", "animated"),
        (nasty.animated("WEBP"), "film.webp", "animated"),
        (nasty.animated("PNG"), "film.png", "animated"),
        (nasty.animated("AVIF"), "film.avif", "animated"),
        (nasty.bomb(), "black.png", "too_many_pixels"),
        (nasty.bomb(9_000, 9_000), "black.png", "too_many_pixels"),
        (nasty.bomb(14_000, 7_000), "black.png", "too_many_pixels"),
    ],
)
def test_refused(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_a_bomb_is_refused_by_its_header() -> None:
    """There is nothing behind the header that could be decoded."""
    header, data = nasty.bomb()[:33], b"\0\0\xff\xffIDAT"
    assert refusal(header + data, "black.png") == "too_many_pixels"


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("name", nasty.PICTURES)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5])
def test_truncated(name: str, share: float) -> None:
    data = nasty.PICTURES[name]()
    if name == "portrait.JPEG":
        # Its second picture is not missed.
        data = data[: len(data) // 2]
    data = data[: int(len(data) * share)]
    assert refusal(data, name) == "broken"


def test_too_large_a_file() -> None:
    huge = upload(nasty.jpeg(), "photo.jpg")
    huge.size = 21 * 1024 * 1024
    with pytest.raises(RefusalError) as refused:
        pictures.check(huge, "photo.jpg")
    assert refused.value.code == "file_too_large"
    assert refused.value.messages[0] == (
        "This file is too big: it has 21.0\xa0MB, and a picture may have 20.0\xa0MB. Make the "
        "picture smaller and upload it again."
    )


def test_a_check_looks_at_the_header_only() -> None:
    """Damage further on is found when the picture is written anew."""
    data = nasty.jpeg()
    data = data[: data.index(b"\xff\xda") + 100]
    pictures.check(upload(data, "a.jpg"), "a.jpg")
    assert refusal(data, "a.jpg") == "broken"


# Pillow says of damaged directories what it makes of them.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@hypothesis_settings(max_examples=120, deadline=None)
@given(
    name=strategies.sampled_from(list(nasty.PICTURES)),
    at=strategies.floats(0, 1, exclude_max=True),
    junk=strategies.binary(min_size=1, max_size=12),
)
def test_damage_is_refused_or_cured(name: str, at: float, junk: bytes) -> None:
    """Whatever a file holds, it is refused with a reason or comes out clean."""
    data = bytearray(nasty.PICTURES[name]())
    place = int(at * len(data))
    data[place : place + len(junk)] = junk
    try:
        clean = pictures.cleaned(upload(bytes(data), name), name)
    except RefusalError:
        return
    assert traces(clean.read()) == []


MEMORY = """
import resource, sys
import django
django.setup()
from django.core.files.base import File
from coalition.core.files import pictures
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    try:
        pictures.cleaned(File(file), sys.argv[1])
    except pictures.RefusalError as error:
        print(error.code, end=" ")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def memory(path: Path) -> list[str]:
    """What a process prints that cleans the file: a refusal's code, and megabytes of memory."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "coalition.settings.test"},
    )
    return done.stdout.split()


def test_memory_is_bounded(tmp_path: Path) -> None:
    """A bomb takes none; the largest picture that is taken stays below 700 MB."""
    (tmp_path / "bomb.png").write_bytes(nasty.bomb())
    code, used = memory(tmp_path / "bomb.png")
    assert code == "too_many_pixels"
    assert int(used) < 20
    large = tmp_path / "large.png"
    Image.new("RGBA", (8192, 6144), (9, 9, 9, 9)).save(large, compress_level=1)
    (used,) = memory(large)
    assert int(used) < 700
