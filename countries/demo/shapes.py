"""What every picture of the demonstration is made of: one palette, one canvas, a few pieces.

All measures are in pixels of the finished picture. Light falls from the upper left; what is
further away is paler.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, radians, sin

from PIL import Image, ImageColor, ImageDraw

SIZE = WIDTH, HEIGHT = 1280, 800
# Drawn this much larger and scaled down, which smooths the edges.
SCALE = 2
# How many rows of a gradient share a colour: no eye sees it, and the file is much smaller.
BAND = 16

TEAL = "#0b6067"
TEAL_DEEP = "#084a50"
TEAL_SOFT = "#4f9697"
TEAL_PALE = "#a8cfca"
MIST = "#dcebe4"
NIGHT = "#10283b"
DEEP_BLUE = "#1b4560"
LAKE = "#3b8296"
CREAM = "#fdf5e4"
SAND = "#ecd9b4"
DUNE = "#d9b987"
HONEY = "#fadb9c"
OCHRE = "#f3b562"
APRICOT = "#ea8f45"
BRICK = "#93400f"
RED = "#b23c2b"
WINE = "#7a2228"
WOOD = "#a9703c"
BARK = "#6b4226"
PINE = "#174a41"
LEAF = "#2f6e50"
MOSS = "#669759"
MEADOW = "#a6bd77"
STONE = "#c3c8c2"
INK = "#1d3540"

Point = tuple[float, float]


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies the given share (0 to 1) of the way from the first to the second."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def clear(colour: str, opacity: float) -> str:
    """The colour as a glaze through which one sees what is below."""
    return f"{colour}{round(opacity * 255):02x}"


def bend(start: Point, pull: Point, end: Point, steps: int = 32) -> list[Point]:
    """The points of a curve from start to end, drawn towards a third point."""
    shares = [step / steps for step in range(steps + 1)]
    weights = [((1 - t) ** 2, 2 * t * (1 - t), t**2) for t in shares]
    return [
        (a * start[0] + b * pull[0] + c * end[0], a * start[1] + b * pull[1] + c * end[1])
        for a, b, c in weights
    ]


def through(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A smooth curve through all points (Catmull and Rom's)."""
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        for step in range(steps):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            knots = (start, first, second, end)
            x, y = (
                sum(w * knot[axis] for w, knot in zip(weights, knots, strict=True))
                for axis in (0, 1)
            )
            curve.append((x, y))
    return [*curve, points[-1]]


def around(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A smooth closed curve through all points."""
    return through([points[-1], *points, *points[:2]], steps)[steps : -steps - 1]


def moved(points: Sequence[Point], right: float, down: float) -> list[Point]:
    """The same points, elsewhere."""
    return [(x + right, y + down) for x, y in points]


class Canvas:
    """A picture in the making. Colours may be glazes (see `clear`), except in lines."""

    def __init__(self, ground: str) -> None:
        """An empty picture of one colour."""
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        # A pen that can glaze is slower.
        self._pens = [ImageDraw.Draw(self.image, mode) for mode in ("RGB", "RGBA")]

    def finished(self) -> Image.Image:
        """The picture in its own size, with smooth edges."""
        return self.image.resize(SIZE, Image.Resampling.LANCZOS)

    def _pen(self, colour: str) -> ImageDraw.ImageDraw:
        return self._pens[len(colour) > len("#rrggbb")]

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        """A filled shape."""
        self._pen(colour).polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """A filled ellipse around a point, with its two radii."""
        edges = (x - across, y - down, x + across, y + down)
        self._pen(colour).ellipse([edge * SCALE for edge in edges], colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around a point."""
        self.oval(x, y, radius, radius, colour)

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: str, round_by: float = 0
    ) -> None:
        """A filled rectangle, its corners rounded if wished."""
        edges = [edge * SCALE for edge in (left, top, right, bottom)]
        self._pen(colour).rounded_rectangle(edges, round_by * SCALE, colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line through points, with round ends and joints."""
        # Pillow's own wide lines are of uneven width and leave slits in their bends.
        half = width / 2
        for (x, y), (to_x, to_y) in pairwise(points):
            length = hypot(to_x - x, to_y - y) or 1
            right, down = (y - to_y) / length * half, (to_x - x) / length * half
            sides = [(x + right, y + down), (to_x + right, to_y + down)]
            self.polygon([*sides, (to_x - right, to_y - down), (x - right, y - down)], colour)
        for x, y in points:
            self.disc(x, y, half, colour)

    def arc(
        self, x: float, y: float, radius: float, span: Point, colour: str, width: float
    ) -> None:
        """A piece of a ring, clockwise between two angles in degrees; three o'clock is 0."""
        angles = [radians(span[0] + (span[1] - span[0]) * step / 48) for step in range(49)]
        points = [(x + cos(angle) * radius, y + sin(angle) * radius) for angle in angles]
        self.line(points, colour, width)

    def fade(self, top: float, bottom: float, above: str, below: str) -> None:
        """Rows over the whole width that go from one colour to the other."""
        for row in range(round(top), round(bottom), BAND):
            colour = mix(above, below, (row - top) / (bottom - top))
            self.box(0, row, WIDTH, min(row + BAND, bottom), colour)


def glow(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    """Light around a point: three rings of glaze, the inner ones stronger."""
    for share in (1, 0.76, 0.52):
        canvas.disc(x, y, radius * share, clear(colour, 0.16))


def ridge(canvas: Canvas, points: Sequence[Point], colour: str) -> list[Point]:
    """A hill from its outline down to the lower edge; returns the smooth outline."""
    outline = through(points)
    canvas.polygon([*outline, (outline[-1][0], HEIGHT), (outline[0][0], HEIGHT)], colour)
    return outline


def shadow(canvas: Canvas, x: float, y: float, across: float, strength: float = 0.18) -> None:
    """What a standing thing throws on the ground, to the right of its foot."""
    canvas.oval(x + across * 0.35, y, across, across * 0.2, clear(INK, strength))


def person(canvas: Canvas, x: float, ground: float, height: float, colour: str) -> None:
    """A circle on a rounded body, all in one colour."""
    head, half = height * 0.155, height * 0.21
    shoulders = ground - height + 2.12 * head
    shadow(canvas, x, ground, half * 1.25)
    canvas.disc(x, ground - height + head, head, colour)
    canvas.box(x - half, shoulders, x + half, shoulders + 2.4 * half, colour, half)
    hem = half * 1.12
    canvas.polygon(
        [
            *((x - half, shoulders + half), (x + half, shoulders + half), (x + hem, ground - 6)),
            *((x + hem - 6, ground), (x - hem + 6, ground), (x - hem, ground - 6)),
        ],
        colour,
    )


def house(
    canvas: Canvas, left: float, right: float, ground: float, colours: tuple[str, str]
) -> None:
    """A house from its gable side, with wall and roof colour; the roof is as wide as asked."""
    wall, roof = colours
    wide = right - left
    eaves, inset = ground - wide * 0.36, wide * 0.1
    ridge_x, ridge_y = (left + right) / 2, ground - wide * 0.82
    canvas.box(left + inset, eaves - 4, right - inset, ground, wall)
    canvas.box(ridge_x + wide * 0.14, eaves - 4, right - inset, ground, mix(wall, INK, 0.12))
    gable(canvas, [(left, eaves), (ridge_x, ridge_y), (right, eaves)], roof)


def gable(canvas: Canvas, corners: Sequence[Point], colour: str) -> None:
    """A pitched roof over three corners, its right side in the shade."""
    left, top, right = corners
    canvas.polygon([left, top, right], colour)
    foot = (top[0] + (right[0] - top[0]) * 0.28, right[1])
    canvas.polygon([top, right, foot], mix(colour, INK, 0.28))


def conifer(canvas: Canvas, x: float, ground: float, height: float, colour: str) -> None:
    """A tree of three triangles on a trunk."""
    trunk = height * 0.032
    canvas.box(x - trunk, ground - height * 0.25, x + trunk, ground, mix(BARK, colour, 0.25))
    for top, bottom, half in ((0.56, 0.13, 0.25), (0.8, 0.36, 0.2), (1, 0.58, 0.15)):
        tip, base = (x, ground - height * top), ground - height * bottom
        canvas.polygon([tip, (x + height * half, base), (x - height * half, base)], colour)
        shade = mix(colour, NIGHT, 0.2)
        canvas.polygon([tip, (x + height * half, base), (x + height * half * 0.2, base)], shade)


def leafy_tree(canvas: Canvas, x: float, ground: float, height: float, colour: str) -> None:
    """A tree of three circles on a trunk."""
    trunk, bark = height * 0.035, mix(BARK, colour, 0.25)
    canvas.box(x - trunk, ground - height * 0.6, x + trunk, ground, bark)
    fork = (x, ground - height * 0.36)
    canvas.line([fork, (x + height * 0.13, ground - height * 0.52)], bark, trunk * 0.9)
    shade = mix(colour, NIGHT, 0.2)
    canvas.disc(x + height * 0.14, ground - height * 0.6, height * 0.18, shade)
    canvas.disc(x - height * 0.13, ground - height * 0.62, height * 0.19, colour)
    canvas.disc(x + height * 0.02, ground - height * 0.79, height * 0.2, colour)
