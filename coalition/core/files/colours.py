"""Colours: a well-known profile stays with the picture, any other is used up and left out.

Profiles made for one screen, scanner or printer name it, at times with its serial number, and a
screenshot carries them along (docs/decisions/0008-files-written-anew.md).
"""

import re
import struct
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

# The header of an ICC profile, then the number of its tags, then 12 bytes for each.
HEADER = 128
ENTRY = struct.Struct(">4sII")
COLOUR_SPACES = {"RGB": b"RGB ", "RGBA": b"RGB ", "L": b"GRAY"}
# Descriptions of the profiles that are the same everywhere.
KNOWN = re.compile(
    r"^(sRGB( built-in| v4.*| IEC61966-2[-.]1.*)?|IEC 61966-2[-.]1.*|c2(ci)?|uRGB|"
    r"Display P3( Gamut.*)?|Adobe RGB \(1998\)|AdobeRGB1998|Apple RGB|ColorMatch RGB|"
    r"ProPhoto RGB|ROMM RGB.*|(ITU-R )?BT\. ?(709|2020).*|Rec\.? ?(709|2020).*|DCI[- ]P3.*|"
    r"Generic RGB Profile|Generic Gr[ae]y (Gamma 2\.2 )?Profile|Dot Gain \d+%|"
    r"Gr[ae]y Gamma \d\.\d|sGr[ae]y( built-in)?|GIMP built-in .*)$"
)
# Tags that say how colours look, and nothing about who made them look so.
ALLOWED = frozenset(
    b"A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 bTRC bXYZ bkpt chad chrm cicp cprt desc dmdd dmnd dscm gTRC "
    b"gXYZ gamt kTRC lumi meas pre0 pre1 pre2 rTRC rXYZ rig0 rig2 tech view vued wtpt".split()
)
WIDE_GREY = ("I", "I;16", "I;16B", "I;16L", "I;16N")
UNREADABLE = (OSError, ValueError, TypeError, struct.error, ImageCms.PyCMSError)


def without_palette(image: Image.Image) -> Image.Image:
    """The picture in RGB, RGBA, L or CMYK, with its transparency."""
    if image.mode in WIDE_GREY:
        plain = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode in ("LA", "PA") or "transparency" in image.info:
        plain = image.convert("RGBA")
    elif image.mode == "1":
        plain = image.convert("L")
    elif image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        plain = image.convert("RGB")
    else:
        return image
    plain.info["icc_profile"] = image.info.get("icc_profile")
    return plain


def settled(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """The picture in RGB, RGBA or L with the profile that it needs, None for sRGB."""
    profile = image.info.get("icc_profile")
    if profile and _is_well_known(profile, image.mode):
        return image, profile
    grey = image.mode == "L"
    if profile and (converted := _in_srgb(image, profile)):
        return (converted.convert("L") if grey else converted), None
    return (image.convert("RGB") if image.mode == "CMYK" else image), None


def _is_well_known(profile: bytes, mode: str) -> bool:
    try:
        return (
            profile[16:20] == COLOUR_SPACES.get(mode)
            and struct.unpack_from(">I", profile)[0] == len(profile)
            and ALLOWED.issuperset(_tags(profile))
            and KNOWN.match(_description(profile)) is not None
        )
    except UNREADABLE:
        return False


def _tags(profile: bytes) -> list[bytes]:
    (count,) = struct.unpack_from(">I", profile, HEADER)
    table = profile[HEADER + 4 : HEADER + 4 + count * ENTRY.size]
    return [signature for signature, _offset, _size in ENTRY.iter_unpack(table)]


def _description(profile: bytes) -> str:
    return ImageCms.getProfileDescription(BytesIO(profile)).strip()


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture's colours in sRGB; None where the profile does not fit the picture."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(image, BytesIO(profile), _srgb(), outputMode=mode)
    except UNREADABLE:
        return None


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
