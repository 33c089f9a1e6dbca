"""Pictures of water, hills and trees."""

from .shapes import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP_BLUE,
    DUNE,
    HEIGHT,
    HONEY,
    LAKE,
    LEAF,
    MEADOW,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PINE,
    RED,
    SAND,
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
    conifer,
    glow,
    house,
    leafy_tree,
    mix,
    moved,
    ridge,
    shadow,
    through,
)

# Where reeds stand: x, the height of their tips, and how far these lean.
_REEDS = (
    (1150, 690, -16),
    (1174, 640, 12),
    (1198, 600, 30),
    (1214, 650, -14),
    (1236, 566, 24),
    (1258, 620, -6),
    (1276, 590, 20),
)


def lake_boats(canvas: Canvas) -> None:
    """A flat blue lake under a pale yellow sky.

    An orange half sun stands on the horizon, its light a column of short strips on the water;
    three dark boats with pointed ends lie to the left and right, without people.
    """
    canvas.fade(0, 400, mix(HONEY, OCHRE, 0.2), CREAM)
    glow(canvas, 640, 400, 400, OCHRE)
    canvas.disc(640, 400, 128, APRICOT)
    far, near = mix(TEAL_PALE, HONEY, 0.35), mix(TEAL_SOFT, TEAL_PALE, 0.45)
    ridge(canvas, [(-20, 318), (130, 268), (270, 330), (400, 372), (520, 410)], far)
    ridge(canvas, [(1300, 300), (1130, 256), (1010, 322), (880, 366), (760, 410)], far)
    ridge(canvas, [(-20, 362), (90, 340), (210, 378), (330, 410)], near)
    ridge(canvas, [(1300, 336), (1200, 352), (1080, 382), (930, 410)], near)
    canvas.fade(400, HEIGHT, mix(LAKE, MIST, 0.45), mix(TEAL, DEEP_BLUE, 0.55))
    _strips_and_ripples(canvas)
    _boat(canvas, (905, 440), 170, 0.34)
    _boat(canvas, (1035, 545), 330, 0.14)
    _boat(canvas, (285, 580), 440, 0)
    _reeds(canvas)


def _strips_and_ripples(canvas: Canvas) -> None:
    for step, half in enumerate((118, 88, 106, 70, 92, 54, 72, 40, 58, 26)):
        top = 410 + step * (17 + step * 1.7)
        deep = 7 + step * 0.9
        aside = (0, 8, -6, 10, -9)[step % 5]
        tone = mix(APRICOT if step < 2 else OCHRE, LAKE, step * 0.035)
        canvas.box(640 + aside - half, top, 640 + aside + half, top + deep, tone, deep / 2)
    for x, y, half in (
        (120, 462, 70),
        (1150, 450, 80),
        (330, 436, 60),
        (470, 500, 34),
        (1170, 680, 60),
        (840, 690, 70),
        (110, 724, 80),
        (450, 708, 46),
    ):
        canvas.box(x - half, y, x + half, y + 4, clear(MIST, 0.3), 2)


def _reeds(canvas: Canvas) -> None:
    for x, top, lean in _REEDS:
        tip, tone = (x + lean, top), mix(TEAL_DEEP, NIGHT, 0.4)
        rise = bend((x - 7, 810), (x - 4, top + 90), tip)
        canvas.polygon([*rise, *bend(tip, (x + 5, top + 90), (x + 7, 810))], tone)


def _boat(canvas: Canvas, middle: Point, length: float, haze: float) -> None:
    x, y = middle
    deep, afloat = length * 0.12, y + length * 0.115
    stern, bow = (x - length / 2, y - deep), (x + length / 2, y - deep * 1.2)
    back = bend(stern, (x, y + deep * 0.5), bow)
    front = bend(stern, (x, y + deep * 1.6), bow)
    hull = bend(stern, (x, y + deep * 4.2), bow)
    keel = [(right, min(down, afloat)) for right, down in hull]
    canvas.oval(x + length * 0.04, afloat, length * 0.42, deep * 0.36, clear(NIGHT, 0.32))
    canvas.oval(x, afloat, length * 0.262, deep * 0.16, mix(NIGHT, LAKE, haze))
    canvas.polygon([*back, *reversed(front)], mix(BARK, LAKE, haze))
    for share in (0.34, 0.5, 0.66):
        place = round(share * 32)
        canvas.line([back[place], front[place]], mix(WOOD, LAKE, haze), length * 0.022)
    canvas.polygon([*front, *reversed(keel)], mix(NIGHT, LAKE, haze))
    canvas.line(front, mix(BRICK, LAKE, haze), length * 0.014)


def terraced_hills(canvas: Canvas) -> None:
    """Three overlapping green hills, the nearest darkest.

    Each is cut by four curved lighter lines as terraces. A small white house with a red roof
    stands on the middle hill, and a thin path leads up to it.
    """
    canvas.fade(0, 480, mix(TEAL_PALE, MIST, 0.2), CREAM)
    glow(canvas, 330, 210, 210, HONEY)
    canvas.disc(330, 210, 78, mix(HONEY, OCHRE, 0.25))
    ridge(
        canvas,
        [(-20, 330), (180, 250), (420, 340), (640, 270), (900, 200), (1300, 330)],
        mix(TEAL_PALE, MIST, 0.15),
    )
    _terraces(canvas, [(-20, 300), (160, 290), (380, 350), (640, 460), (900, 560)], MEADOW)
    _terraces(canvas, [(230, 620), (480, 440), (720, 345), (960, 330), (1300, 420)], MOSS)
    path = through([(655, 640), (700, 560), (838, 510), (800, 440), (868, 390), (858, 344)])
    canvas.line(path, CREAM, 10)
    for x, high in ((985, 90), (1016, 120), (1052, 80)):
        leafy_tree(canvas, x, 346, high, LEAF)
    shadow(canvas, 890, 340, 70)
    house(canvas, 800, 950, 340, (CREAM, RED))
    canvas.box(846, 302, 866, 340, BARK)
    canvas.box(884, 302, 904, 320, TEAL_SOFT)
    _terraces(
        canvas, [(-20, 500), (200, 510), (480, 580), (800, 640), (1060, 600), (1300, 520)], LEAF
    )
    for x, y, high in ((96, 560, 170), (164, 590, 120), (1190, 600, 130)):
        leafy_tree(canvas, x, y, high, PINE)


def _terraces(canvas: Canvas, outline: list[Point], colour: str) -> None:
    line = ridge(canvas, outline, colour)
    for step in range(1, 5):
        lower = moved(line, 0, step * (40 + 5 * step))
        canvas.polygon([*lower, (WIDTH + 20, HEIGHT), (lower[0][0], HEIGHT)], clear(PINE, 0.09))
        canvas.line(lower, mix(colour, CREAM, 0.42), 5)


def forest_path(canvas: Canvas) -> None:
    """The edge of a forest: triangles and circles on brown trunks, on both sides.

    A light path winds between the tall dark green trees into the distance; in front at the left
    is a wooden signpost with an empty board.
    """
    canvas.fade(0, 440, mix(MEADOW, MIST, 0.55), CREAM)
    glow(canvas, 665, 330, 320, HONEY)
    canvas.disc(665, 330, 92, mix(HONEY, CREAM, 0.35))
    _far_trees(canvas)
    ridge(canvas, [(-20, 470), (380, 462), (660, 440), (960, 462), (1300, 470)], MEADOW)
    ridge(canvas, [(-20, 560), (260, 548), (560, 640), (900, 600), (1300, 540)], MOSS)
    left = through([(655, 408), (690, 440), (640, 490), (560, 560), (560, 640), (470, 810)])
    right = through([(668, 408), (722, 440), (716, 490), (672, 560), (740, 640), (900, 810)])
    canvas.polygon([*left, *reversed(right)], mix(SAND, CREAM, 0.45))
    canvas.polygon([*moved(right, -14, 0), *reversed(right)], DUNE)
    for x, y, high in ((1010, 600, 460), (1210, 640, 560)):
        conifer(canvas, x, y, high, LEAF if x < 1100 else PINE)
    leafy_tree(canvas, 1120, 690, 500, mix(LEAF, PINE, 0.45))
    conifer(canvas, 330, 590, 440, LEAF)
    leafy_tree(canvas, 150, 620, 520, LEAF)
    conifer(canvas, 30, 680, 600, PINE)
    ridge(canvas, [(-20, 680), (200, 672), (400, 726), (520, 810)], LEAF)
    ridge(canvas, [(860, 810), (980, 720), (1140, 676), (1300, 660)], LEAF)
    _signpost(canvas)


def _far_trees(canvas: Canvas) -> None:
    pale, middle = mix(MOSS, MIST, 0.55), mix(LEAF, MEADOW, 0.3)
    for x, high in (
        (60, 230),
        (170, 190),
        (300, 220),
        (420, 180),
        (520, 150),
        (800, 150),
        (890, 190),
        (1010, 170),
        (1120, 230),
        (1230, 200),
    ):
        conifer(canvas, x, 430, high, pale)
    ridge(
        canvas,
        [(-20, 425), (400, 412), (660, 404), (900, 414), (1300, 425)],
        mix(MEADOW, MIST, 0.3),
    )
    for x, high in ((20, 300), (390, 270), (930, 280), (1250, 310)):
        leafy_tree(canvas, x, 470, high, middle)
    for x, high in ((250, 330), (490, 220), (840, 230), (1070, 350)):
        conifer(canvas, x, 476, high, middle)


def _signpost(canvas: Canvas) -> None:
    shadow(canvas, 322, 716, 56, 0.3)
    canvas.box(308, 470, 332, 716, BARK, 4)
    canvas.box(308, 470, 317, 716, mix(BARK, WOOD, 0.5), 4)
    board = [(204, 498), (412, 498), (456, 544), (412, 590), (204, 590)]
    canvas.polygon(moved(board, 5, 7), BARK)
    canvas.polygon(board, mix(WOOD, SAND, 0.3))
    for y in (524, 566):
        canvas.line([(222, y), (392, y)], mix(WOOD, SAND, 0.08), 4)
    for y in (518, 570):
        canvas.disc(320, y, 5, BARK)
