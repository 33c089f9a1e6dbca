"""JPEG and JPEG 2000 as they lie in other files: pixels untouched, what speaks of them left out."""

from collections.abc import Iterator

SOI, EOI, SOS, TEM = 0xD8, 0xD9, 0xDA, 0x01
RESTARTS = range(0xD0, 0xD8)
# APP14 says how colours were coded; all other application segments and comments can go.
APPLICATION = (*range(0xE0, 0xEE), 0xEF, 0xFE)
# Boxes that hold the picture itself.
JP2_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")


class UnreadableError(ValueError):
    """The bytes are not a picture of that kind."""


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without EXIF, XMP, thumbnails, comments, and all behind its end."""
    if data[:2] != bytes((0xFF, SOI)):
        raise UnreadableError("It does not begin like a JPEG.")
    parts = [data[:2]]
    for marker, segment in _jpeg_segments(data):
        if marker not in APPLICATION:
            parts.append(segment)
    return b"".join(parts)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with all its bytes, those of a scan up to the next marker."""
    position = 2
    while position < len(data):
        start = position
        if data[position] != 0xFF:
            raise UnreadableError("A marker is missing.")
        while position < len(data) and data[position] == 0xFF:
            position += 1
        if position >= len(data):
            return
        marker = data[position]
        position += 1
        if marker == EOI:
            yield marker, bytes((0xFF, EOI))
            return
        if marker != TEM and marker not in RESTARTS:
            length = int.from_bytes(data[position : position + 2])
            if length < 2:
                raise UnreadableError("A segment has no length.")
            position += length
        if marker == SOS:
            position = _end_of_scan(data, position)
        yield marker, data[start:position]


def _end_of_scan(data: bytes, position: int) -> int:
    """Where the next marker begins that is no part of the coded pixels."""
    while (found := data.find(b"\xff", position)) != -1:
        following = data[found + 1 : found + 2]
        if following and following[0] != 0 and following[0] not in RESTARTS:
            if following[0] != 0xFF:
                return found
            position = found + 1
        else:
            position = found + 2
    return len(data)


def bare_jp2(data: bytes) -> bytes:
    """The JPEG 2000 without boxes of XML and of other programs; a bare codestream as it is."""
    if data[:2] == b"\xff\x4f":
        return data
    parts = []
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16])
        elif size == 0:
            size = len(data) - position
        if size < 8:
            raise UnreadableError("A box has no length.")
        if kind in JP2_BOXES:
            parts.append(data[position : position + size])
        position += size
    if not parts:
        raise UnreadableError("It does not begin like a JPEG 2000.")
    return b"".join(parts)
