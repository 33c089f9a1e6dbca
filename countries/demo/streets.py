"""Pictures of what stands along a street: a hall, roofs, a bus."""

from itertools import pairwise

from .shapes import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP_BLUE,
    DUNE,
    HEIGHT,
    HONEY,
    INK,
    LAKE,
    MEADOW,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    RED,
    SAND,
    STONE,
    TEAL,
    TEAL_DEEP,
    TEAL_PALE,
    TEAL_SOFT,
    WIDTH,
    WOOD,
    Canvas,
    Point,
    bend,
    clear,
    glow,
    house,
    leafy_tree,
    mix,
    person,
    ridge,
)

# Where stars stand: x, y and radius.
_STARS = (
    (70, 130, 2.5),
    (150, 250, 2),
    (210, 110, 3),
    (300, 190, 2),
    (390, 120, 2.5),
    (470, 240, 2),
    (545, 100, 2),
    (760, 110, 2.5),
    (840, 200, 2),
    (905, 130, 3),
    (1120, 120, 2),
    (1165, 300, 2.5),
    (1235, 180, 3),
    (1090, 60, 2),
    (620, 60, 2.5),
    (330, 50, 2),
    (120, 50, 2),
    (60, 340, 2),
    (330, 290, 2.5),
    (690, 260, 2),
)


def village_queue(canvas: Canvas) -> None:
    """A village hall with a wide brown pitched roof, two posts and an open dark door.

    Six plain figures, each a circle on a rounded body in one colour and without a face, stand in
    a line from the right edge to the door.
    """
    canvas.fade(0, 560, mix(TEAL_PALE, MIST, 0.3), CREAM)
    glow(canvas, 905, 300, 250, HONEY)
    canvas.disc(905, 300, 84, mix(HONEY, CREAM, 0.25))
    ridge(
        canvas,
        [(-20, 400), (180, 330), (420, 400), (700, 350), (960, 430), (1300, 350)],
        mix(TEAL_PALE, MIST, 0.25),
    )
    ridge(
        canvas,
        [(-20, 470), (200, 440), (600, 500), (900, 470), (1110, 440), (1300, 480)],
        mix(MEADOW, TEAL_PALE, 0.5),
    )
    for x, high in ((70, 250), (126, 190), (1150, 170), (1220, 230)):
        leafy_tree(canvas, x, 560, high, mix(MOSS, TEAL_PALE, 0.25))
    ridge(canvas, [(-20, 560), (400, 545), (900, 556), (1300, 545)], SAND)
    ridge(canvas, [(-20, 690), (300, 676), (800, 700), (1300, 672)], DUNE)
    _hall(canvas)
    colours = (RED, TEAL, OCHRE, DEEP_BLUE, MOSS, BRICK)
    heights = (178, 164, 184, 170, 152, 180)
    for step, (colour, high) in enumerate(zip(colours, heights, strict=True)):
        person(canvas, 590 + step * 122, 634 + step % 2 * 5, high, colour)


def _hall(canvas: Canvas) -> None:
    canvas.polygon([(150, 598), (700, 598), (745, 622), (130, 622)], mix(DUNE, BARK, 0.2))
    canvas.box(190, 370, 650, 598, CREAM)
    canvas.box(190, 370, 650, 424, mix(CREAM, BARK, 0.28))
    canvas.box(374, 420, 494, 598, WOOD)
    canvas.box(386, 432, 482, 598, mix(NIGHT, BARK, 0.2))
    canvas.polygon([(482, 432), (524, 446), (524, 606), (482, 598)], BRICK)
    canvas.box(234, 454, 306, 532, WOOD)
    canvas.box(240, 460, 300, 526, TEAL_SOFT)
    canvas.box(267, 460, 273, 526, WOOD)
    for x in (166, 660):
        canvas.box(x, 380, x + 20, 604, BARK)
        canvas.box(x, 380, x + 7, 604, WOOD)
    left = bend((104, 402), (230, 330), (262, 196))
    right = bend((594, 196), (626, 330), (746, 402))
    canvas.polygon([*left, *right], BRICK)
    canvas.polygon([*right, (560, 402)], mix(BRICK, INK, 0.22))
    for share in (0.3, 0.55, 0.78):
        place = 32 - round(share * 32)
        y = left[place][1]
        canvas.line(
            [(left[place][0] + 8, y), (right[32 - place][0] - 8, y)], mix(BRICK, APRICOT, 0.25), 5
        )
    canvas.box(244, 184, 612, 204, BARK, 10)
    canvas.box(100, 392, 750, 410, BARK, 9)


def radio_mast(canvas: Canvas) -> None:
    """A grey lattice mast, a tall narrow triangle with crossing bars.

    It stands above a row of five pitched roofs in red and brown. Three arcs spread from its tip
    on each side into an evening sky of dark blue.
    """
    canvas.fade(0, 560, NIGHT, mix(LAKE, TEAL_PALE, 0.15))
    for x, y, size in _STARS:
        canvas.disc(x, y, size, mix(DEEP_BLUE, CREAM, 0.75))
    ridge(
        canvas,
        [(-20, 520), (200, 450), (430, 540), (760, 500), (1040, 440), (1300, 530)],
        mix(DEEP_BLUE, TEAL_SOFT, 0.25),
    )
    ridge(
        canvas,
        [(-20, 590), (260, 550), (600, 590), (980, 545), (1300, 590)],
        mix(NIGHT, TEAL, 0.55),
    )
    glow(canvas, 640, 226, 210, mix(TEAL_SOFT, OCHRE, 0.15))
    for step, radius in enumerate((84, 150, 216)):
        tone = mix(OCHRE, DEEP_BLUE, step * 0.22)
        for middle in (0, 180):
            canvas.arc(640, 226, radius, (middle - 40, middle + 40), tone, 15 - step)
    _mast(canvas)
    canvas.disc(640, 222, 15, RED)
    canvas.disc(636, 218, 6, APRICOT)
    _roofs(canvas)


def _roofs(canvas: Canvas) -> None:
    wall = mix(TEAL_SOFT, NIGHT, 0.35)
    for left, right, ground, roof in (
        (-20, 250, 736, BRICK),
        (1030, 1300, 736, BRICK),
        (505, 775, 742, BRICK),
        (235, 525, 760, RED),
        (755, 1045, 760, RED),
    ):
        house(canvas, left, right, ground, (wall, mix(roof, NIGHT, 0.08)))
        middle = (left + right) / 2
        for x in (middle - 62, middle + 2):
            canvas.box(x, ground - 84, x + 34, ground - 42, OCHRE, 3)
            canvas.box(x + 15, ground - 84, x + 19, ground - 42, BARK)
    ridge(
        canvas,
        [(-20, 728), (300, 736), (640, 726), (980, 736), (1300, 728)],
        mix(NIGHT, TEAL_DEEP, 0.55),
    )


def _mast(canvas: Canvas) -> None:
    steel, dim = mix(STONE, DEEP_BLUE, 0.15), mix(STONE, DEEP_BLUE, 0.45)
    levels = [234 + 14 * step + 3.1 * step**2 for step in range(12)]
    halves = [(level - 222) * 0.155 for level in levels]
    rungs = list(zip(levels, halves, strict=True))
    for (upper, narrow), (lower, wide) in pairwise(rungs):
        canvas.line([(640 - narrow, upper), (640 + wide, lower)], dim, 4)
        canvas.line([(640 + narrow, upper), (640 - wide, lower)], dim, 4)
        canvas.line([(640 - wide, lower), (640 + wide, lower)], steel, 5)
    for side in (-1, 1):
        foot = (640 + side * halves[-1], levels[-1])
        canvas.line([(640, 222), foot], steel if side < 0 else mix(steel, dim, 0.5), 9)


def night_bus(canvas: Canvas) -> None:
    """A yellow bus seen from the side with five lit windows on a dark road at night.

    One street lamp at the right throws a pale cone of light; small dots are stars.
    """
    canvas.fade(0, 600, NIGHT, DEEP_BLUE)
    for x, y, size in _STARS:
        canvas.disc(x, y, size, mix(DEEP_BLUE, CREAM, 0.75))
    ridge(
        canvas,
        [(-20, 440), (180, 380), (420, 450), (700, 400), (980, 450), (1300, 380)],
        mix(DEEP_BLUE, TEAL, 0.45),
    )
    ridge(
        canvas,
        [(-20, 520), (260, 490), (600, 530), (960, 490), (1300, 520)],
        mix(NIGHT, TEAL_DEEP, 0.7),
    )
    canvas.box(0, 590, WIDTH, HEIGHT, mix(NIGHT, INK, 0.6))
    canvas.box(0, 586, WIDTH, 600, mix(TEAL_SOFT, NIGHT, 0.5))
    for left in range(-40, WIDTH, 190):
        canvas.box(left, 704, left + 104, 712, mix(OCHRE, NIGHT, 0.4), 4)
    for spread, opacity in ((1, 0.13), (0.72, 0.15), (0.44, 0.16)):
        canvas.polygon(
            [(1022, 212), (1078, 212), (1050 + 190 * spread, 652), (1050 - 190 * spread, 652)],
            clear(OCHRE, opacity),
        )
        canvas.oval(1050, 652, 190 * spread, 26 * spread, clear(OCHRE, opacity))
    steel = mix(STONE, NIGHT, 0.35)
    canvas.box(1184, 190, 1196, 616, steel, 6)
    canvas.box(1172, 596, 1208, 620, steel, 6)
    canvas.line([*bend((1190, 200), (1188, 158), (1136, 166)), (1050, 184)], steel, 9)
    canvas.polygon([(1014, 214), (1030, 178), (1074, 178), (1088, 214)], STONE)
    canvas.oval(1050, 214, 30, 9, CREAM)
    _bus(canvas)


def _bus(canvas: Canvas) -> None:
    canvas.oval(560, 662, 360, 20, mix(NIGHT, INK, 0.15))
    shade = mix(OCHRE, BRICK, 0.35)
    canvas.box(220, 318, 946, 628, OCHRE, 44)
    canvas.box(220, 540, 946, 628, shade, 30)
    canvas.box(220, 520, 946, 568, OCHRE)
    canvas.box(220, 500, 946, 524, TEAL)
    canvas.box(262, 318, 900, 332, HONEY, 7)
    for step in range(5):
        left = 256 + step * 112
        canvas.box(left, 362, left + 96, 478, mix(HONEY, CREAM, 0.6), 12)
        canvas.polygon(
            [(left + 12, 478), (left + 62, 362), (left + 84, 362), (left + 34, 478)],
            clear("#ffffff", 0.45),
        )
        canvas.box(left + 12, 438, left + 46, 478, mix(HONEY, APRICOT, 0.5), 8)
        canvas.box(left + 54, 438, left + 88, 478, mix(HONEY, APRICOT, 0.5), 8)
    canvas.box(826, 362, 890, 610, TEAL_DEEP, 10)
    canvas.box(834, 372, 855, 600, TEAL_PALE, 5)
    canvas.box(861, 372, 882, 600, TEAL_PALE, 5)
    canvas.box(906, 362, 946, 490, TEAL_PALE, 10)
    canvas.disc(928, 566, 15, CREAM)
    canvas.box(220, 560, 232, 594, RED, 5)
    for x in (370, 730):
        canvas.polygon(_wheel_arch(x), mix(NIGHT, INK, 0.15))
        canvas.disc(x, 622, 50, mix(NIGHT, "#000000", 0.25))
        canvas.disc(x, 622, 23, STONE)
        canvas.disc(x, 622, 9, INK)


def _wheel_arch(x: float) -> list[Point]:
    return [
        *bend((x - 62, 628), (x - 62, 556), (x, 556)),
        *bend((x, 556), (x + 62, 556), (x + 62, 628)),
    ]
