"""The map of where the network works, as shapes for inline SVG. The list beneath it says the same.

`map.json` is drawn by ops/map.py from public-domain outlines.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coalition.sections.queries import SectionLink


@dataclass(frozen=True)
class Place:
    """A country with a section: its outline, a point in its middle, and where it is read."""

    section: SectionLink
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """Land without names, and the countries that have a section; sizes in units of the paths."""

    width: int
    height: int
    land: str
    places: tuple[Place, ...]


@cache
def _drawn() -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text())
    return drawn


def map_of(countries: Sequence[SectionLink]) -> Map | None:
    """The map with these countries on it; None when it would show none of them."""
    drawn = _drawn()
    outlines = drawn["countries"]
    shown = [link for link in countries if link.code in outlines]
    if not shown:
        return None
    codes = {link.code for link in shown}
    return Map(
        width=drawn["width"],
        height=drawn["height"],
        land=drawn["land"]
        + "".join(outline["path"] for code, outline in outlines.items() if code not in codes),
        places=tuple(
            Place(link, outlines[link.code]["path"], *outlines[link.code]["at"]) for link in shown
        ),
    )
