"""Looks for what must not be in a file, in its bytes and in what parsers find in it."""

import re
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image

from .nasty import SECRET, SECRET_WIDE, THUMBNAIL

TELLTALE = (
    SECRET,
    SECRET_WIDE,
    THUMBNAIL[4:14],
    b"Exif\0",
    b"<x:xmpmeta",
    b"xpacket",
    b"http://ns.adobe.com",
    b"Photoshop",
    b"Apple\0",
    b"JFXX",
    b"MPF\0",
    b"<script",
)
PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"}
# Containers of WebP and of AVIF.
WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}
ITEMS = {b"av01", b"grid"}
INFO = {"icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive"} | {
    "progression",
    "interlace",
    "loop",
    "background",
    "timestamp",
    "duration",
}


def traces(data: bytes) -> list[str]:
    """What a stored picture gives away; nothing, if all went well."""
    found = [f"bytes {word!r}" for word in TELLTALE if word in data]
    with Image.open(BytesIO(data)) as image:
        image.load()
        found += [f"info {key}" for key in image.info if key not in INFO]
        found += [f"EXIF {tag:#x}" for tag in image.getexif()]
        found += ["XMP"] if image.getxmp() else []
        found += ["frames"] if getattr(image, "n_frames", 1) > 1 else []
        found += _structure(data, image.format or "")
    return found


def _structure(data: bytes, kind: str) -> list[str]:
    if kind == "PNG":
        return [f"chunk {name!r}" for name in _png_chunks(data) if name not in PNG_CHUNKS]
    if kind == "WEBP":
        return [f"chunk {name!r}" for name in _webp_chunks(data) if name not in WEBP_CHUNKS]
    if kind == "JPEG":
        return _jpeg_segments(data)
    if kind == "AVIF":
        kinds = re.findall(rb"infe\x02\0\0.\0.\0\0(....)", data, re.DOTALL)
        found = [f"item {name!r}" for name in kinds if name not in ITEMS]
        return found + [f"box {name!r}" for name in (b"cdsc", b"thmb", b"auxl") if name in data]
    return [f"kind {kind}"]


def _png_chunks(data: bytes) -> list[bytes]:
    position, names = 8, []
    while position < len(data):
        names.append(data[position + 4 : position + 8])
        position += 12 + int.from_bytes(data[position : position + 4])
    return names


def _webp_chunks(data: bytes) -> list[bytes]:
    position, names = 12, []
    while position < len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        names.append(data[position : position + 4])
        position += 8 + size + size % 2
    return names


def _jpeg_segments(data: bytes) -> list[str]:
    """Application segments other than JFIF, Adobe's and the profile; anything after the end."""
    position, found = 2, []
    while data[position + 1] != 0xDA:
        marker = data[position + 1]
        length = int.from_bytes(data[position + 2 : position + 4])
        body = data[position + 4 : position + 2 + length]
        harmless = (
            (marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) == 14)
            or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
            or (marker == 0xEE and body.startswith(b"Adobe"))
        )
        if not harmless and (0xE0 <= marker <= 0xEF or marker == 0xFE):
            found.append(f"segment {marker:#x} {body[:12]!r}")
        position += 2 + length
    return found if data.endswith(b"\xff\xd9") else [*found, "data behind the end"]


def heif_extras(data: bytes) -> dict[str, int]:
    """How many thumbnails, depth maps and further pictures a HEIC has: to prove the test's own."""
    pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = True
    try:
        file = pillow_heif.open_heif(BytesIO(data))
        first = file[file.primary_index].info
        return {
            "thumbnails": len(first["thumbnails"]),
            "depth_images": len(first["depth_images"]),
            "pictures": len(file),
        }
    finally:
        pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = False


def unpacked(data: bytes) -> bytes:
    """The bytes and all that unpacks from anywhere in them, for words hidden by compression."""
    parts = [data]
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.start() :], 1_000_000))
        except zlib.error:
            continue
    return b"".join(parts)
