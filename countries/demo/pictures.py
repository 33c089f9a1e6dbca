"""The demonstration's twelve pictures, drawn rather than stored: no rights, no faces, no words.

What each shows stands with the function that draws it.
"""

import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import cast

from PIL import Image

from . import landscapes, rooms, streets, things
from .shapes import CREAM, Canvas

# How many colours a file has, and how many of them belong to areas rather than to edges.
COLOURS, AREAS = 256, 184

# How many pixels have a colour, and the colour.
Counted = tuple[int, tuple[int, int, int]]

_PICTURES: dict[str, Callable[[Canvas], None]] = {
    "lake-boats": landscapes.lake_boats,
    "padlock-phone": things.padlock_phone,
    "village-queue": streets.village_queue,
    "radio-mast": streets.radio_mast,
    "terraced-hills": landscapes.terraced_hills,
    "classroom-board": rooms.classroom_board,
    "market-stall": things.market_stall,
    "night-bus": streets.night_bus,
    "drawer-passport": things.drawer_passport,
    "forest-path": landscapes.forest_path,
    "wall-map": rooms.wall_map,
    "kitchen-papers": rooms.kitchen_papers,
}
NAMES: tuple[str, ...] = tuple(_PICTURES)


def draw(name: str) -> Image.Image:
    """One picture by its name, in RGB, 1280 by 800; KeyError for a name that is not in NAMES."""
    canvas = Canvas(CREAM)
    _PICTURES[name](canvas)
    return canvas.finished()


def write_all(folder: Path) -> None:
    """Save every picture as NAME.png in a folder that exists."""
    for name in NAMES:
        _with_palette(draw(name)).save(folder / f"{name}.png", optimize=True)


def _with_palette(picture: Image.Image) -> Image.Image:
    """The picture in 256 colours: those of its areas as they are, a choice for those of its edges.

    Pillow's own choice for a whole picture goes by area alone, leaves edges jagged and streaks
    gradients; and it fits a palette that is given to it by the upper six bits only.
    """
    counted = picture.getcolors(picture.width * picture.height)
    colours = [colour for _count, colour in sorted(cast(list[Counted], counted), reverse=True)]
    areas, edges = colours[:AREAS], colours[AREAS:]
    row = Image.frombytes("RGB", (len(edges), 1), bytes(chain.from_iterable(edges)))
    chosen = row.quantize(COLOURS - AREAS)
    places = chain(range(AREAS), (AREAS + place for place in chosen.tobytes()))
    place_of = {
        int.from_bytes((*colour, 255), sys.byteorder): place
        for colour, place in zip(colours, places, strict=True)
    }
    pixels = memoryview(picture.convert("RGBA").tobytes()).cast("I")
    flat = Image.frombytes("P", picture.size, bytes(map(place_of.__getitem__, pixels)))
    flat.putpalette([*chain.from_iterable(areas), *(chosen.getpalette() or [])])
    return flat
