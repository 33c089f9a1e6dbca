"""The kinds of pictures that are taken, and what each is stored as."""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of picture: what people call it, how files of it end, what it is stored as."""

    name: str
    extensions: tuple[str, ...]
    stored_as: str
    options: dict[str, Any]


# Good enough to be cut and written again, and quick: somebody waits for it.
_JPEG = {"quality": 90, "optimize": True}
# By Pillow's name of the format.
KINDS = {
    "JPEG": Kind("JPEG", ("jpg", "jpeg", "jpe", "jfif"), "JPEG", _JPEG),
    # A JPEG with further pictures behind the first: a preview, a gain map, the other eye.
    "MPO": Kind("JPEG", ("jpg", "jpeg", "jpe", "jfif"), "JPEG", _JPEG),
    "PNG": Kind("PNG", ("png",), "PNG", {}),
    "GIF": Kind("GIF", ("gif",), "PNG", {}),
    "WEBP": Kind("WebP", ("webp",), "WEBP", {"quality": 90, "method": 2}),
    "HEIF": Kind("HEIC", ("heic", "heif", "hif"), "JPEG", _JPEG),
    "AVIF": Kind("AVIF", ("avif",), "AVIF", {"quality": 80, "speed": 9}),
}
# HEIF comes before AVIF: both claim files of the brand `mif1`. MPO is opened as JPEG.
OPENED_AS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF")
EXTENSIONS = sorted({extension for kind in KINDS.values() for extension in kind.extensions})
STORED_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
# Further pictures in such a file are not the frames of a film.
ALBUMS = ("MPO", "HEIF")

# How the files begin that are taken.
BEGINNINGS = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|....ftyp(avi[fs]|mif1|msf1|he[iv][cmsx])",
    re.DOTALL,
)
