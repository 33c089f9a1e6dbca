"""Profiles that are the same everywhere stay; those that name a device are used up."""

import struct
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from coalition.core.files import colours, pictures

from . import nasty
from .traces import traces


def _profile(tags: list[tuple[bytes, bytes]], header: bytes) -> bytes:
    """An ICC profile of a header of 128 bytes and its tags."""
    offset = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        table += struct.pack(">4sII", name, offset + len(data), len(content))
        data += content + b"\0" * (-len(content) % 4)
    whole = header[:128] + table + data
    return struct.pack(">I", len(whole)) + whole[4:]


def _tags(profile: bytes) -> list[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * index) for index in range(count)]
    return [(name, profile[start : start + size]) for name, start, size in entries]


def of_a_screen(name: bytes = b"Display of Sokha", **more: bytes) -> bytes:
    """A profile that swaps red and green, as no real one does, and names its screen."""
    tags = dict(_tags(nasty.srgb()))
    tags[b"rXYZ"], tags[b"gXYZ"] = tags[b"gXYZ"], tags[b"rXYZ"]
    text = name.decode().encode("utf-16-be")
    tags[b"desc"] = b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(text), 28) + text
    tags |= {key.encode(): value for key, value in more.items()}
    return _profile(list(tags.items()), nasty.srgb())


def cleaned(image: Image.Image, profile: bytes | None, kind: str = "PNG") -> Image.Image:
    buffer = BytesIO()
    image.save(buffer, kind, icc_profile=profile)
    name = f"a.{kind.lower()}"
    clean = pictures.cleaned(ContentFile(buffer.getvalue(), name=name), name)
    assert traces(clean.read()) == []
    clean.seek(0)
    return Image.open(clean)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_well_known_profile_stays(kind: str) -> None:
    profile = nasty.srgb()
    assert cleaned(nasty.picture(), profile, kind).info["icc_profile"] == profile


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_the_profile_of_a_device_is_used_up(kind: str) -> None:
    image = cleaned(nasty.picture(), of_a_screen(), kind)
    assert image.info.get("icc_profile") is None
    red, green, _blue = image.convert("RGB").getpixel((20, 10))
    assert green > 180 > 100 > red


def test_a_serial_number_gives_a_known_name_away() -> None:
    """`mmod` holds it in the profiles that macOS makes."""
    assert colours._is_well_known(of_a_screen(b"Display P3"), "RGB")
    assert not colours._is_well_known(of_a_screen(b"Display P3", mmod=b"mmod" * 4), "RGB")
    assert not colours._is_well_known(of_a_screen(b"Display P3 of Sokha"), "RGB")


@pytest.mark.parametrize(
    "profile", [b"", b"nonsense", nasty.srgb()[:200], nasty.srgb()[:140] + b"\xff" * 40]
)
def test_a_broken_profile_is_left_out(profile: bytes) -> None:
    image = cleaned(nasty.picture(), profile)
    assert image.info.get("icc_profile") is None
    assert image.getpixel((20, 10)) == (255, 0, 0)


def test_grey_stays_grey() -> None:
    image = cleaned(nasty.picture(mode="L"), nasty.srgb())
    assert image.mode == "L"
    assert image.info.get("icc_profile") is None


def test_cmyk_becomes_rgb() -> None:
    image = cleaned(nasty.picture(mode="CMYK"), None, "JPEG")
    assert image.mode == "RGB"
    red, green, _blue = image.getpixel((20, 10))
    assert red > 240 > 20 > green


def test_transparency_survives_the_conversion() -> None:
    picture = nasty.picture(mode="RGBA")
    picture.putalpha(100)
    image = cleaned(picture, of_a_screen())
    assert image.getpixel((20, 10))[3] == 100


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("sRGB IEC61966-2.1", True),
        ("sRGB built-in", True),
        ("Display P3", True),
        ("Adobe RGB (1998)", True),
        ("Color LCD", False),
        ("DELL U2720Q", False),
        ("sRGB of Sokha", False),
    ],
)
def test_known_names(name: str, known: bool) -> None:
    assert bool(colours.KNOWN.match(name)) is known


def test_littlecms_reads_what_the_tests_write() -> None:
    assert ImageCms.getProfileDescription(BytesIO(of_a_screen())).strip() == "Display of Sokha"
