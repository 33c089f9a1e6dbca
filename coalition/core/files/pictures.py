"""Pictures, read and written anew: pixels the right way up and a plain colour profile, no more.

What a camera, a phone or an editor adds (EXIF, GPS, XMP, IPTC, maker notes, comments, thumbnails,
depth maps, further frames, data behind the end) is not copied, so it cannot be forgotten.
"""

import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import IO

import pillow_heif
from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from . import colours
from .clean_file import CleanFile
from .picture_kinds import (
    ALBUMS,
    BEGINNINGS,
    EXTENSIONS,
    KINDS,
    OPENED_AS,
    STORED_EXTENSIONS,
    Kind,
)
from .refusal import RefusalError

logger = logging.getLogger(__name__)

# Other pictures in the file are never looked at.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# The long side of what is stored, in pixels: more than any screen shows, and a bound for the
# memory that renditions take.
MAX_SIDE = 4096
HEAD = 1024

UNKNOWN_FORMAT = _(
    "Pictures of this kind cannot be used here. Save it as JPEG, PNG, WebP, AVIF or HEIC, and "
    "upload that."
)

# What decoders raise on files that are broken, or made to break them.
BROKEN = (
    ArithmeticError,
    EOFError,
    IndexError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
    struct.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


# EXIF's orientation and what sets the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ORIENTATION = 0x0112


def check(file: File[bytes], name: str) -> None:
    """Look at name, size and header, without decoding; raises RefusalError."""
    _check_name_and_size(file, name)
    with _opened(file) as image:
        _check_header(image, name)


def cleaned(file: File[bytes], name: str) -> CleanFile:
    """The picture written anew, HEIC as JPEG and GIF as PNG; raises RefusalError."""
    if isinstance(file, CleanFile):
        return file
    _check_name_and_size(file, name)
    with _opened(file) as image:
        _check_header(image, name)
        kind = KINDS[image.format or ""]
        plain, profile = _plain(image)
        return _written(plain, kind, profile)


def size_of(file: IO[bytes]) -> tuple[int, int] | None:
    """Width and height from the header, None where there is no picture."""
    try:
        with _opened(file) as image:
            return image.size
    except RefusalError:
        return None


def extension_of(name: str) -> str:
    """How the name ends, in lower case and without the dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def _check_name_and_size(file: File[bytes], name: str) -> None:
    extension = extension_of(name)
    if extension in ("svg", "svgz") or (extension not in EXTENSIONS and _is_drawing(file)):
        raise _drawing()
    if extension not in EXTENSIONS:
        raise RefusalError(UNKNOWN_FORMAT, code="unknown_format")
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise RefusalError(
            _(
                "This file is too big: it has %(size)s, and a picture may have %(limit)s. Make "
                "the picture smaller and upload it again."
            ),
            code="file_too_large",
            size=filesizeformat(file.size),
            limit=filesizeformat(limit),
        )


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """The picture in a file, header only until more is asked of it; raises RefusalError."""
    file.seek(0)
    try:
        with Image.open(file, formats=OPENED_AS) as image:
            yield image
    except UnidentifiedImageError as error:
        raise _unidentified(file) from error
    except BOMBS as error:
        raise _too_many_pixels() from error
    except RefusalError:
        raise
    except BROKEN as error:
        logger.info("A picture was refused as damaged: %r", error)
        raise _broken() from error


def _check_header(image: Image.Image, name: str) -> None:
    kind = KINDS[image.format or ""]
    if extension_of(name) not in kind.extensions:
        raise RefusalError(
            _(
                "This file is named .%(extension)s, but the picture in it is %(kind)s. Rename it "
                "to end in .%(right)s and upload it again."
            ),
            code="wrong_extension",
            extension=extension_of(name),
            kind=kind.name,
            right=kind.extensions[0],
        )
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if image.format not in ALBUMS and getattr(image, "is_animated", False):
        raise RefusalError(
            _(
                "Moving pictures cannot be used here. Save one frame of it as a picture and "
                "upload that, or link to a video."
            ),
            code="animated",
        )


def _plain(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """Upright pixels in RGB, RGBA or L, none of the file's other contents, and a profile."""
    image.load()
    turn = UPRIGHT.get(_orientation(image))
    plain, profile = colours.settled(_fitted(colours.without_palette(image)))
    if turn is not None:
        plain = plain.transpose(turn)
    if plain is image:
        plain = image.copy()
    plain.info = {}
    return plain, profile


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1


def _fitted(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= MAX_SIDE:
        return image
    width, height = (max(1, round(side * MAX_SIDE / longest)) for side in image.size)
    fitted = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    fitted.info = image.info
    return fitted


def _written(image: Image.Image, kind: Kind, profile: bytes | None) -> CleanFile:
    if kind.stored_as == "JPEG" and image.mode == "RGBA":
        page = Image.new("RGB", image.size, "white")
        page.paste(image, mask=image.getchannel("A"))
        image = page
    options = dict(kind.options)
    if profile:
        options["icc_profile"] = profile
    buffer = BytesIO()
    image.save(buffer, kind.stored_as, **options)
    return CleanFile(buffer.getvalue(), extension=STORED_EXTENSIONS[kind.stored_as])


def _unidentified(file: IO[bytes]) -> RefusalError:
    """What to say of a file that no decoder takes."""
    if _is_drawing(file):
        return _drawing()
    file.seek(0)
    return _broken() if BEGINNINGS.match(file.read(HEAD)) else _not_a_picture()


def _is_drawing(file: IO[bytes]) -> bool:
    """Whether a file begins like SVG, which may carry scripts."""
    file.seek(0)
    head = file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return b"<svg" in head and head.startswith(b"<")


def _broken() -> RefusalError:
    return RefusalError(
        _(
            "This picture is damaged or incomplete. Copy it from the camera or the phone once "
            "more, or save it anew, and upload it again."
        ),
        code="broken",
    )


def _drawing() -> RefusalError:
    return RefusalError(
        _(
            "SVG drawings can carry scripts and are not accepted. Save the drawing as PNG and "
            "upload that."
        ),
        code="svg",
    )


def _not_a_picture() -> RefusalError:
    return RefusalError(
        _(
            "There is no picture in this file, whatever its name says. Choose another file, or "
            "open it and save it as JPEG or PNG."
        ),
        code="not_a_picture",
    )


def _too_many_pixels() -> RefusalError:
    return RefusalError(
        _(
            "This picture has more than %(limit)d million pixels. Make it smaller, for example "
            "%(side)d pixels wide, and upload it again."
        ),
        code="too_many_pixels",
        limit=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000,
        side=MAX_SIDE,
    )
