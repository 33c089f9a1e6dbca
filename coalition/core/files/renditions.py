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
# What services that show links cut pictures to.
SHARED = "fill-1200x630|format-jpeg"
CARD_WIDTH = 640
CARD_FORMAT = "webp"


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


@dataclass(frozen=True)
class SharedPicture:
    """A picture as services show it beside a link; `url` is a path on this site."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Thumbnail:
    """A small picture beside a title, in the one format that almost every browser knows."""

    src: str
    srcset: str
    width: int
    height: int


def picture_of(
    image: "CoalitionImage", *, alt: str | None = None, ratio: tuple[int, int] | None = None
) -> Picture | None:
    """A picture in all its widths, cut to `ratio` (width, height) around the focal point.

    Makes the renditions that are missing. Without `alt` it is that of the block the picture
    stands in. None when the picture's file is gone.
    """
    made = _made(image, specs_of(image, ratio))
    if made is None:
        return None
    *sources, fallback = made
    return Picture(
        sources=tuple(_source(name, sources) for name in FORMATS),
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=fallback.alt if alt is None else alt,
    )


def shared_picture(page: "CoalitionPage") -> SharedPicture | None:
    """The picture that `page` opens with, for shared links; None when there is none."""
    if page.picture is None:
        return None
    made = _made(page.picture, [SHARED])
    if made is None:
        return None
    [rendition] = made
    return SharedPicture(rendition.url, rendition.width, rendition.height, page.picture_alt)


def thumbnail_of(image: "CoalitionImage") -> Thumbnail | None:
    """A picture for a card; None when the picture's file is gone."""
    widths = [width for width in _widths(image) if width <= CARD_WIDTH]
    made = _made(image, [_spec(width, CARD_FORMAT, None) for width in widths])
    if made is None:
        return None
    srcset = _source(CARD_FORMAT, made).srcset
    return Thumbnail(made[0].url, srcset, made[-1].width, made[-1].height)


def make_all(image: "CoalitionImage") -> None:
    """Every rendition that pages and shared links ask for; cards take theirs from among them."""
    _made(image, [*specs_of(image), SHARED])


def _made(image: "CoalitionImage", specs: list[str]) -> "list[CoalitionRendition] | None":
    """The renditions of these names, in their order; None when the picture's file is gone."""
    try:
        renditions = image.get_renditions(*specs)
    except SourceImageIOError:
        logger.warning("The file of image %s is gone.", image.pk)
        return None
    return [renditions[spec] for spec in specs]


def specs_of(image: "CoalitionImage", ratio: tuple[int, int] | None = None) -> list[str]:
    """Wagtail's names of the renditions: each width in each format, the fallback last."""
    lossless = image.file.name.endswith(".png")
    return [
        *(_spec(width, name, ratio) for name in FORMATS for width in _widths(image)),
        _spec(FALLBACK_WIDTH, "png" if lossless else "jpeg", ratio),
    ]


def _widths(image: "CoalitionImage") -> list[int]:
    """Those below the picture's own, and the next."""
    smaller = [width for width in WIDTHS if width < image.width]
    return smaller + [width for width in WIDTHS if width >= image.width][:1]


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
