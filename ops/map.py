"""Draw the map of the home page: `map.py COUNTRIES.json > coalition/sections/map.json`.

COUNTRIES.json is `countries-50m.json` of the npm package world-atlas (Natural Earth, public
domain). Land becomes paths of whole numbers: 5 units to a degree, longitude 60° to 180° east,
latitude 46° north to 48° south.
"""

import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

WEST, EAST, NORTH, SOUTH = 60, 180, 46, -48
UNITS = 5
ROUGHNESS = 1.6  # units that a simplified line may be off
SMALLEST = 14  # square units: smaller islands are left out, but for a country's largest
# ISO 3166: numeric to alpha-2, of the countries of Asia and the Pacific that may have a section.
CODES = {
    "004": "af", "036": "au", "050": "bd", "064": "bt", "096": "bn", "104": "mm", "116": "kh",
    "144": "lk", "156": "cn", "158": "tw", "242": "fj", "344": "hk", "356": "in", "360": "id",
    "392": "jp", "408": "kp", "410": "kr", "418": "la", "458": "my", "462": "mv", "496": "mn",
    "524": "np", "540": "nc", "548": "vu", "554": "nz", "586": "pk", "090": "sb", "598": "pg",
    "608": "ph", "626": "tl", "702": "sg", "704": "vn", "764": "th",
}  # fmt: skip

Point = tuple[float, float]


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc in degrees: stored as whole-number steps from its first point."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        decoded.append(points)
    return decoded


def rings(geometry: dict[str, Any], known: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The outer rings of a country, in units. Neighbours share arcs, so no gap opens between."""
    polygons = geometry.get("arcs", [])
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        ring: list[Point] = []
        for index in polygon[0]:
            points = known[index] if index >= 0 else known[~index][::-1]
            ring += points[1:] if ring else points
        yield ring


def placed(arc: Sequence[Point]) -> list[Point]:
    """In units from the map's corner, cut off at its edges, with fewer points."""
    points = [
        (
            (min(max(x, WEST), EAST) - WEST) * UNITS,
            (NORTH - min(max(y, SOUTH), NORTH)) * UNITS,
        )
        for x, y in arc
    ]
    # An arc that closes upon itself, as an island's does, is simplified in halves.
    half = len(points) // 2
    return [*simplified(points[: half + 1])[:-1], *simplified(points[half:])]


def simplified(points: list[Point], roughness: float = ROUGHNESS) -> list[Point]:
    """Douglas and Peucker: fewer points, none of the others further off than `roughness`."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(point: Point) -> float:
        x, y = point
        if not length:
            return float(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5)
        return float(abs((by - ay) * x - (bx - ax) * y + bx * ay - by * ax) / length)

    far = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[far]) <= roughness:
        return [points[0], points[-1]]
    return [*simplified(points[: far + 1], roughness)[:-1], *simplified(points[far:], roughness)]


def area(points: Sequence[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path(ring: Sequence[Point]) -> str:
    """A closed path of relative whole-number steps."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [f"M{whole[0][0]} {whole[0][1]}"]
    for (x1, y1), (x2, y2) in itertools.pairwise(whole):
        if (x1, y1) != (x2, y2):
            steps.append(f"l{x2 - x1} {y2 - y1}")
    return "".join(steps).replace(" -", "-") + "z"


def middle(ring: Sequence[Point]) -> list[int]:
    return [round((min(values) + max(values)) / 2) for values in zip(*ring, strict=True)]


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text())
    known = [placed(arc) for arc in arcs(topology)]
    shapes: dict[str, list[list[Point]]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        shapes[CODES.get(str(geometry.get("id", "")), "")] += rings(geometry, known)
    others = shapes.pop("", [])
    countries = {}
    for code, found in sorted(shapes.items()):
        largest, *rest = sorted(found, key=area, reverse=True)
        kept = [largest, *(ring for ring in rest if area(ring) >= SMALLEST)]
        countries[code] = {"path": "".join(map(path, kept)), "at": middle(largest)}
    drawn = {
        "width": (EAST - WEST) * UNITS,
        "height": (NORTH - SOUTH) * UNITS,
        "land": "".join(path(ring) for ring in others if area(ring) >= SMALLEST),
        "countries": countries,
    }
    json.dump(drawn, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: map.py COUNTRIES.json")
    main(sys.argv[1])
