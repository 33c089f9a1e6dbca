"""Files that give away: pictures and PDFs with everything in them that must not come out.

Each carries `SECRET` in every place where its format keeps words, a position (`GPS`), a maker note
and a small picture of the scene, as phones and editors write them.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"Sokha-Phnom-Penh"
# A person's name and place in the two bytes a sign that Windows programs write.
SECRET_WIDE = SECRET.decode().encode("utf-16-le")
THUMBNAIL = b"\xff\xd8\xff\xe0thumbnail-" + SECRET + b"\xff\xd9"
SIZE = (96, 64)
# On its side: shown upright it is 64 wide and 96 high.
TURNED = 6

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7


def picture(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """A picture of four colours whose top left is red, so that turning it shows."""
    image = Image.new("RGB", size, "white")
    across, down = size[0] // 2, size[1] // 2
    image.paste("red", (0, 0, across, down))
    image.paste("blue", (across, 0, size[0], down))
    image.paste("green", (0, down, across, size[1]))
    return image.quantize(16) if mode == "P" else image.convert(mode)


def _directory(entries: list[tuple[int, int, int, bytes]], offset: int, following: int) -> bytes:
    """An EXIF directory that begins at `offset`: entries (tag, type, count, value)."""
    head = struct.pack("<H", len(entries))
    data_at = offset + 2 + 12 * len(entries) + 4
    data = b""
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            place = struct.pack("<I", data_at + len(data))
            data += value + b"\0" * (len(value) % 2)
        else:
            place = value.ljust(4, b"\0")
        head += struct.pack("<HHI", tag, kind, count) + place
    return head + struct.pack("<I", following) + data


def exif(orientation: int | None = TURNED) -> bytes:
    """EXIF as a phone writes it: maker note, position, artist, thumbnail."""
    words = SECRET + b"\0"
    position = struct.pack("<6I", 11, 1, 33, 1, 1234, 100)

    def build(exif_at: int, gps_at: int, thumbnail_at: int) -> list[bytes]:
        main = [
            (0x010F, ASCII, len(words), words),
            *([(0x0112, SHORT, 1, struct.pack("<H", orientation))] if orientation else []),
            (0x013B, ASCII, len(words), words),
            (0x9C9D, 1, len(SECRET_WIDE), SECRET_WIDE),
            (0x8769, LONG, 1, struct.pack("<I", exif_at)),
            (0x8825, LONG, 1, struct.pack("<I", gps_at)),
        ]
        of_camera = [
            (0x927C, UNDEFINED, len(SECRET) + 6, b"Apple\0" + SECRET),
            (0xA431, ASCII, len(words), words),
        ]
        gps = [
            (1, ASCII, 2, b"N\0"),
            (2, RATIONAL, 3, position),
            (3, ASCII, 2, b"E\0"),
            (4, RATIONAL, 3, position),
        ]
        small = [
            (0x0103, SHORT, 1, struct.pack("<H", 6)),
            (0x0201, LONG, 1, struct.pack("<I", thumbnail_at + 2 + 36 + 4)),
            (0x0202, LONG, 1, struct.pack("<I", len(THUMBNAIL))),
        ]
        return [
            _directory(main, 8, thumbnail_at),
            _directory(of_camera, exif_at, 0),
            _directory(gps, gps_at, 0),
            _directory(small, thumbnail_at, 0) + THUMBNAIL,
        ]

    lengths = [len(part) for part in build(0, 0, 0)]
    places = [8 + sum(lengths[:count]) for count in (1, 2, 3)]
    return b"Exif\0\0" + b"II*\0" + struct.pack("<I", 8) + b"".join(build(*places))


def xmp() -> bytes:
    """An XMP packet with name, place and a history."""
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        b'exif:GPSLatitude="11,33.2N" exif:GPSLongitude="104,55.4E"><dc:creator>'
        + SECRET
        + b"</dc:creator>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )


def srgb() -> bytes:
    """A plain colour profile, which may stay."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(image: Image.Image | None = None) -> bytes:
    """A JPEG with EXIF, XMP, IPTC, a JFIF thumbnail, a comment and HTML behind its end."""
    buffer = BytesIO()
    (image or picture()).save(buffer, "JPEG", quality=95, subsampling=0, icc_profile=srgb())
    plain = buffer.getvalue()
    small = b"JFXX\0\x10" + THUMBNAIL
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0"
        + struct.pack(">I", 21)
        + b"\x1c\x02\x50\0\x10"
        + SECRET
    )
    return b"".join(
        (
            plain[:20],
            _segment(0xE0, small),
            _segment(0xE1, exif()),
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()),
            _segment(0xEB, b"JP" + SECRET),
            _segment(0xED, iptc),
            _segment(0xFE, SECRET),
            plain[20:],
            b"<html><script>alert('" + SECRET + b"')</script></html>",
        )
    )


def mpo() -> bytes:
    """A JPEG with a second picture behind the first, as phones add for depth and previews."""
    buffer = BytesIO()
    first, second = picture(), Image.linear_gradient("L").resize(SIZE).convert("RGB")
    first.save(buffer, "MPO", save_all=True, append_images=[second], exif=exif(), xmp=xmp())
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(image: Image.Image | None = None) -> bytes:
    """A PNG with EXIF, words of all three kinds, its time, a private chunk and data behind it."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_text("Comment", SECRET.decode(), zip=True)
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    words.add_itxt("Title", SECRET.decode(), zip=True)
    buffer = BytesIO()
    (image or picture()).save(buffer, "PNG", pnginfo=words, exif=exif(), icc_profile=srgb())
    plain = buffer.getvalue()
    time = _chunk(b"tIME", struct.pack(">HBBBBB", 2026, 3, 1, 4, 5, 6))
    return plain[:33] + time + _chunk(b"prVt", SECRET) + plain[33:] + b"PK\x03\x04" + SECRET


def webp(image: Image.Image | None = None) -> bytes:
    """A WebP with EXIF and XMP."""
    buffer = BytesIO()
    (image or picture()).save(
        buffer, "WEBP", quality=95, exif=exif(), xmp=xmp(), icc_profile=srgb()
    )
    return buffer.getvalue()


def avif(image: Image.Image | None = None, orientation: int | None = None) -> bytes:
    """An AVIF with EXIF and XMP. With an orientation Pillow turns it by the container instead,
    and writes EXIF without its thumbnail."""
    buffer = BytesIO()
    about = {"exif": exif(orientation), "xmp": xmp(), "icc_profile": srgb()}
    (image or picture()).save(buffer, "AVIF", quality=95, **about)
    return buffer.getvalue()


def turned_avif() -> bytes:
    """An AVIF that lies on its side."""
    return avif(orientation=TURNED)


def heic(image: Image.Image | None = None) -> bytes:
    """A HEIC with EXIF, XMP, a thumbnail and a second picture."""
    file = pillow_heif.from_pillow(image or picture())
    file.add_from_pillow(Image.linear_gradient("L").resize(SIZE))
    buffer = BytesIO()
    file.save(buffer, quality=95, exif=exif(), xmp=xmp(), thumbnails=[32], primary_index=0)
    return buffer.getvalue()


def gif() -> bytes:
    """A still GIF with a comment."""
    buffer = BytesIO()
    picture().convert("P").save(buffer, "GIF", comment=SECRET)
    return buffer.getvalue()


BOX = struct.Struct(">I4s")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position < len(data):
        size, kind = BOX.unpack_from(data, position)
        yield kind, data[position + 8 : position + size]
        position += size


def _box(kind: bytes, data: bytes) -> bytes:
    return BOX.pack(len(data) + 8, kind) + data


def heic_with_depth() -> bytes:
    """A HEIC whose second picture is the depth map of the first, as portraits of phones have it.

    No library writes that: the second item is named an auxiliary picture by hand.
    """
    file = pillow_heif.from_pillow(picture())
    file.add_from_pillow(Image.linear_gradient("L").resize(SIZE))
    buffer = BytesIO()
    file.save(buffer, quality=95, primary_index=0)
    whole = dict(_boxes(buffer.getvalue()))
    parts = dict(_boxes(whole[b"meta"][4:]))
    properties = dict(_boxes(parts[b"iprp"]))
    count = len(list(_boxes(properties[b"ipco"])))
    auxiliary = _box(b"auxC", b"\0\0\0\0urn:mpeg:hevc:2015:auxid:2\0")
    of_second = bytearray(properties[b"ipma"])
    # Its entry comes last: item 2, the number of its properties, one byte for each.
    at = of_second.rindex(b"\0\x02", 0, len(of_second) - 2)
    of_second[at + 2] += 1
    of_second.append(count + 1)
    parts[b"iprp"] = _box(b"ipco", properties[b"ipco"] + auxiliary) + _box(b"ipma", of_second)
    parts[b"iref"] = b"\0\0\0\0" + _box(b"auxl", struct.pack(">HHH", 2, 1, 1))
    meta = whole[b"meta"][:4] + b"".join(_box(kind, data) for kind, data in parts.items())
    longer = len(meta) - len(whole[b"meta"])
    for item in (1, 2):
        meta = _moved(meta, item, longer)
    return _box(b"ftyp", whole[b"ftyp"]) + _box(b"meta", meta) + _box(b"mdat", whole[b"mdat"])


def _moved(meta: bytes, item: int, by: int) -> bytes:
    """Item, reference, place, then one extent: the place moves with the bytes in front of it."""
    start = meta.index(b"iloc")
    at = meta.index(struct.pack(">HH", item, 0), start) + 4
    (place,) = struct.unpack_from(">I", meta, at)
    return meta[:at] + struct.pack(">I", place + by) + meta[at + 4 :]


# By file name: what people upload.
PICTURES: dict[str, Callable[[], bytes]] = {
    "IMG_2041 Sokha.jpg": jpeg,
    "portrait.JPEG": mpo,
    "Screenshot.png": png,
    "sticker.webp": webp,
    "new-phone.avif": avif,
    "on-its-side.avif": turned_avif,
    "IMG_0007.HEIC": heic,
    "IMG_0008.heic": heic_with_depth,
    "old.gif": gif,
}
TURNS = (
    "IMG_2041 Sokha.jpg",
    "portrait.JPEG",
    "Screenshot.png",
    "sticker.webp",
    "on-its-side.avif",
)


def bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A small, valid PNG of many pixels: one bit each, all black."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packing = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    data = b"".join(packing.compress(row) for _ in range(height)) + packing.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", data)
        + _chunk(b"IEND", b"")
    )


def animated(kind: str) -> bytes:
    """Two frames of a film."""
    buffer = BytesIO()
    frames = [picture(), picture().rotate(90)]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=200)
    return buffer.getvalue()


SVG = b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
