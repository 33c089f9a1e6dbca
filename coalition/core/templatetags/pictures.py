"""Responsive pictures in templates."""

from typing import Any

from django import template

from coalition.core.files.renditions import picture_of, thumbnail_of
from coalition.core.templatetags.languages import Written

register = template.Library()

# As wide as the text: all of a phone, a column of a larger screen.
TEXT_WIDTH = "(min-width: 50rem) 46rem, 100vw"
# No wider than any screen: browsers take the smallest file that there is.
SMALLEST = "1px"


@register.inclusion_tag("components/picture.html")
def responsive_picture(
    image: Any,
    alt: str | None = None,
    sizes: str = TEXT_WIDTH,
    ratio: str = "",
    eager: bool = False,
) -> dict[str, Any]:
    """A picture as wide as `sizes` says; `ratio` like "3:2" cuts it around its focal point.

    `eager` is for the one picture that a page opens with. Without `alt` it is that of the block.
    """
    cut = None
    if ratio:
        across, _colon, down = ratio.partition(":")
        cut = int(across), int(down)
    picture = picture_of(image, alt=alt, ratio=cut) if image else None
    return {"picture": picture, "sizes": sizes, "eager": eager}


@register.inclusion_tag("components/lead_picture.html")
def lead_picture(image: Any, alt: str, written: Written, light: bool = False) -> dict[str, Any]:
    """The picture a page opens with and who took it; nothing when there is none, or no file.

    `alt` is in the language `written`. Uncut, so that the renditions are there since the upload.
    `light` is for readers who asked for little data: they get the smallest.
    """
    return {
        "picture": picture_of(image, alt=alt) if image else None,
        "credit": image.credit if image else "",
        "sizes": SMALLEST if light else TEXT_WIDTH,
        "written": written,
    }


@register.inclusion_tag("components/thumbnail.html")
def card_picture(image: Any) -> dict[str, Any]:
    """A small picture beside a title that says the same; nothing where there is none."""
    return {"thumbnail": thumbnail_of(image) if image else None}
