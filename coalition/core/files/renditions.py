"""Pictures for readers: several widths in formats of which the browser takes the first it knows."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images.models import SourceImageIOError

if TYPE_CHECKING:
    from coalition.core.models import CoalitionImage, CoalitionPage, CoalitionRendition

logger = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1280)
# For browsers that know neither of the formats, and for those who print.
FALLBACK_WIDTH = 960
FORMATS = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Source:
    """One format: its type and its files by width, as `srcset` takes them."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """What components/picture.html shows; width and height keep the place while it loads."""

    sources: tuple[Source, ...]
    src: str
    width: int
    height: int
    alt: str


def picture_of(
    image: "CoalitionImage", *, alt: str | None = None, ratio: tuple[int, int] | None = None
) -> Picture | None:
    """A picture in all its widths, cut to `ratio` (width, height) around the focal point.

    Makes the renditions that are missing. Without `alt` it is that of the block the picture
    stands in. None when the picture's file is gone.
    """
    specs = specs_of(image, ratio)
    try:
        renditions = image.get_renditions(*specs)
    except SourceImageIOError:
        logger.warning("The file of image %s is gone.", image.pk)
        return None
    *sources, fallback = (renditions[spec] for spec in specs)
    return Picture(
        sources=tuple(_source(name, sources) for name in FORMATS),
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=fallback.alt if alt is None else alt,
    )


@dataclass(frozen=True)
class SharedPicture:
    """A picture as services show it beside a link; `url` is a path on this site."""

    url: str
    width: int
    height: int
    alt: str


# What services that show links cut pictures to.
SHARED = "fill-1200x630|format-jpeg"


def shared_picture(page: "CoalitionPage") -> SharedPicture | None:
    """The picture that `page` opens with, for shared links; None when there is none."""
    if page.picture is None:
        return None
    try:
        made = page.picture.get_renditions(SHARED)[SHARED]
    except SourceImageIOError:
        logger.warning("The file of image %s is gone.", page.picture.pk)
        return None
    return SharedPicture(made.url, made.width, made.height, page.picture_alt)


CARD_WIDTHS = (320, 640)
CARD_FORMAT = "webp"


@dataclass(frozen=True)
class Thumbnail:
    """A small picture beside a title, in the one format that almost every browser knows."""

    src: str
    srcset: str
    width: int
    height: int


def thumbnail_of(image: "CoalitionImage") -> Thumbnail | None:
    """A picture for a card; None when the picture's file is gone."""
    specs = [_spec(width, CARD_FORMAT, None) for width in CARD_WIDTHS]
    try:
        made = list(image.get_renditions(*specs).values())
    except SourceImageIOError:
        logger.warning("The file of image %s is gone.", image.pk)
        return None
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in made)
    return Thumbnail(made[0].url, srcset, made[-1].width, made[-1].height)


def make_all(image: "CoalitionImage") -> None:
    """Every rendition that pages, cards and shared links ask for."""
    picture_of(image)
    thumbnail_of(image)
    image.get_renditions(SHARED)


def specs_of(image: "CoalitionImage", ratio: tuple[int, int] | None = None) -> list[str]:
    """Wagtail's names of the renditions: each width in each format, the fallback last."""
    widths = [width for width in WIDTHS if width < image.width]
    widths += [width for width in WIDTHS if width >= image.width][:1]
    lossless = image.file.name.endswith(".png")
    return [
        *(_spec(width, name, ratio) for name in FORMATS for width in widths),
        _spec(FALLBACK_WIDTH, "png" if lossless else "jpeg", ratio),
    ]


def _spec(width: int, format_name: str, ratio: tuple[int, int] | None) -> str:
    if ratio is None:
        return f"width-{width}|format-{format_name}"
    across, down = ratio
    return f"fill-{width}x{round(width * down / across)}|format-{format_name}"


def _source(format_name: str, renditions: "list[CoalitionRendition]") -> Source:
    files = {
        rendition.width: rendition.url
        for rendition in renditions
        if rendition.filter_spec.endswith(f"format-{format_name}")
    }
    srcset = ", ".join(f"{url} {width}w" for width, url in sorted(files.items()))
    return Source(type=FORMATS[format_name], srcset=srcset)
