"""Pictures of one thing, seen close by."""

from itertools import pairwise

from .shapes import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DUNE,
    HEIGHT,
    HONEY,
    INK,
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
    WINE,
    WOOD,
    Canvas,
    Point,
    bend,
    clear,
    glow,
    house,
    mix,
    moved,
    ridge,
)

WHITE = "#ffffff"


def padlock_phone(canvas: Canvas) -> None:
    """An upright dark phone with rounded corners and a light screen on a plain teal ground.

    A large yellow padlock fills the middle of the screen, and six dots of a code stand in a row
    below it.
    """
    canvas.box(0, 0, WIDTH, HEIGHT, TEAL)
    for radius, share in ((540, 0.06), (430, 0.13), (320, 0.22)):
        canvas.disc(640, 400, radius, mix(TEAL, TEAL_SOFT, share * 1.6))
    canvas.polygon(
        [(520, 690), (786, 130), (1346, 690), (1456, 800), (640, 800)], clear(TEAL_DEEP, 0.45)
    )
    canvas.box(480, 104, 800, 696, NIGHT, 46)
    canvas.box(480, 104, 792, 696, INK, 46)
    canvas.box(800, 220, 806, 290, NIGHT, 3)
    canvas.box(498, 124, 778, 676, CREAM, 30)
    canvas.polygon([(498, 430), (498, 190), (564, 124), (690, 124)], clear(WHITE, 0.6))
    canvas.box(604, 138, 672, 152, INK, 7)
    shackle = mix(TEAL_SOFT, INK, 0.35)
    canvas.arc(638, 290, 61, (180, 360), shackle, 26)
    canvas.box(564, 288, 590, 360, shackle)
    canvas.box(686, 288, 712, 360, shackle)
    canvas.box(538, 332, 738, 500, OCHRE, 24)
    canvas.box(690, 332, 738, 500, mix(OCHRE, APRICOT, 0.55), 24)
    canvas.box(686, 332, 712, 500, mix(OCHRE, APRICOT, 0.55))
    canvas.box(558, 350, 644, 360, HONEY, 5)
    canvas.disc(638, 402, 22, INK)
    canvas.polygon([(630, 408), (646, 408), (654, 462), (622, 462)], INK)
    canvas.box(530, 556, 746, 612, MIST, 28)
    for step in range(6):
        canvas.disc(563 + step * 30, 584, 9, TEAL)
    canvas.box(590, 650, 686, 657, STONE, 4)


def market_stall(canvas: Canvas) -> None:
    """A market stall with an awning in red and white stripes on two posts.

    On its counter are three crates with orange, green and yellow circles for fruit, and a scale
    with two round pans.
    """
    canvas.fade(0, 600, mix(TEAL_PALE, MIST, 0.35), CREAM)
    glow(canvas, 190, 240, 230, HONEY)
    canvas.disc(190, 240, 78, mix(HONEY, OCHRE, 0.2))
    far = mix(TEAL_PALE, MIST, 0.2)
    ridge(canvas, [(-20, 470), (240, 400), (620, 470), (980, 380), (1300, 450)], far)
    for left, right in ((-20, 130), (110, 235), (1050, 1200), (1180, 1320)):
        house(canvas, left, right, 600, (mix(SAND, MIST, 0.4), mix(APRICOT, SAND, 0.45)))
    canvas.box(0, 596, WIDTH, HEIGHT, SAND)
    canvas.oval(680, 706, 470, 26, clear(BARK, 0.25))
    canvas.box(282, 250, 998, 500, mix(TEAL, INK, 0.2))
    canvas.box(282, 250, 998, 330, clear(NIGHT, 0.25))
    for x in (270, 988):
        canvas.box(x, 240, x + 22, 700, BARK)
        canvas.box(x, 240, x + 8, 700, WOOD)
    canvas.box(240, 500, 1040, 524, mix(WOOD, SAND, 0.35), 6)
    canvas.box(262, 524, 1018, 700, WOOD)
    canvas.box(262, 524, 1018, 540, BARK)
    for x in range(262 + 126, 1018, 126):
        canvas.box(x - 2, 540, x + 2, 700, mix(WOOD, BARK, 0.6))
    for left, fruit in ((304, APRICOT), (470, MOSS), (818, mix(HONEY, OCHRE, 0.45))):
        _crate(canvas, left, fruit)
    _scale(canvas, 722)
    _awning(canvas)


def _scale(canvas: Canvas, x: float) -> None:
    canvas.box(x - 40, 484, x + 40, 500, STONE, 6)
    canvas.box(x - 6, 352, x + 6, 490, STONE)
    for side in (-1, 1):
        middle = x + side * 46
        for rim in (-34, 34):
            canvas.line([(middle, 360), (middle + rim, 430)], mix(STONE, TEAL, 0.35), 3)
        bowl = bend((middle - 40, 430), (middle, 482), (middle + 40, 430))
        canvas.polygon(bowl, STONE)
        canvas.oval(middle, 430, 40, 7, MIST)
    canvas.line([(x - 50, 357), (x + 50, 357)], mix(STONE, WHITE, 0.3), 10)
    canvas.disc(x, 354, 12, OCHRE)


def _awning(canvas: Canvas) -> None:
    upper = [300 + step * 68.0 for step in range(11)]
    lower = [220 + step * 84.0 for step in range(11)]
    for step, ((a, b), (c, d)) in enumerate(zip(pairwise(upper), pairwise(lower), strict=True)):
        colour = CREAM if step % 2 else RED
        shade = mix(colour, BARK, 0.22)
        canvas.oval((c + d) / 2, 290, (d - c) / 2, 26, shade)
        canvas.box(c, 270, d, 290, shade)
        canvas.polygon([(a, 130), (b, 130), (d, 270), (c, 270)], colour)
    canvas.box(292, 122, 988, 138, BARK, 8)


def _crate(canvas: Canvas, left: float, fruit: str) -> None:
    for y, count in ((376, 2), (406, 3), (436, 4)):
        for step in range(count):
            x = left + 78 + (step - (count - 1) / 2) * 36
            canvas.disc(x, y, 21, mix(fruit, BARK, 0.22))
            canvas.disc(x - 2, y - 2, 18, fruit)
            canvas.disc(x - 8, y - 8, 4.5, mix(fruit, WHITE, 0.5))
    for y in (440, 472):
        canvas.box(left, y, left + 156, y + 26, mix(WOOD, SAND, 0.25), 4)
        canvas.box(left, y + 20, left + 156, y + 26, WOOD, 3)
    for x in (left + 4, left + 136):
        canvas.box(x, 436, x + 16, 500, WOOD, 3)


def drawer_passport(canvas: Canvas) -> None:
    """A brown chest whose top drawer is pulled open, seen from slightly above.

    In it lie a dark red booklet with a plain gold circle on its cover and a small grey key.
    """
    canvas.fade(0, 640, mix(TEAL, TEAL_SOFT, 0.35), mix(TEAL, TEAL_SOFT, 0.7))
    canvas.disc(560, 300, 520, clear(HONEY, 0.09))
    canvas.disc(560, 300, 400, clear(HONEY, 0.11))
    canvas.box(0, 640, WIDTH, HEIGHT, mix(DUNE, WOOD, 0.35))
    canvas.box(0, 628, WIDTH, 644, mix(TEAL_PALE, TEAL_SOFT, 0.4))
    canvas.polygon([(996, 690), (1150, 690), (1230, 800), (996, 800)], clear(BARK, 0.3))
    face = mix(WOOD, BRICK, 0.35)
    canvas.polygon([(330, 110), (950, 110), (1010, 190), (270, 190)], mix(WOOD, SAND, 0.35))
    canvas.box(264, 188, 1016, 210, WOOD, 5)
    canvas.box(284, 210, 996, HEIGHT, face)
    canvas.box(316, 226, 964, 372, mix(NIGHT, BARK, 0.35), 4)
    canvas.box(316, 614, 964, 752, mix(face, WOOD, 0.5), 8)
    canvas.box(316, 744, 964, 752, BARK, 4)
    canvas.disc(640, 690, 18, OCHRE)
    canvas.box(284, 560, 996, 640, clear(NIGHT, 0.35))
    _open_drawer(canvas)
    _booklet(canvas)
    _key(canvas, (786, 392))


def _open_drawer(canvas: Canvas) -> None:
    floor = mix(SAND, WOOD, 0.3)
    canvas.polygon([(330, 250), (950, 250), (1030, 480), (250, 480)], mix(WOOD, BARK, 0.35))
    canvas.polygon([(372, 276), (908, 276), (972, 480), (308, 480)], floor)
    canvas.polygon([(372, 276), (908, 276), (920, 316), (360, 316)], clear(NIGHT, 0.3))
    canvas.polygon([(330, 250), (372, 276), (308, 480), (272, 480)], mix(WOOD, BARK, 0.6))
    canvas.polygon([(950, 250), (908, 276), (972, 480), (1008, 480)], mix(WOOD, SAND, 0.2))
    canvas.box(240, 470, 1040, 600, WOOD, 10)
    canvas.box(240, 470, 1040, 486, mix(WOOD, SAND, 0.45), 8)
    canvas.box(268, 504, 1012, 582, mix(WOOD, BRICK, 0.25), 8)
    canvas.disc(645, 547, 23, BARK)
    canvas.disc(640, 541, 21, OCHRE)
    canvas.disc(634, 534, 7, HONEY)


def _booklet(canvas: Canvas) -> None:
    cover = [(452, 326), (618, 314), (650, 444), (466, 458)]
    canvas.polygon(moved(cover, 14, 12), clear(BARK, 0.45))
    canvas.polygon(moved(cover, 4, 8), CREAM)
    canvas.polygon(cover, WINE)
    canvas.polygon([(452, 326), (470, 325), (486, 456), (466, 458)], mix(WINE, NIGHT, 0.35))
    canvas.oval(554, 384, 40, 33, OCHRE)
    canvas.oval(554, 384, 29, 23, WINE)


def _key(canvas: Canvas, middle: Point) -> None:
    x, y = middle
    steel, dim = mix(STONE, WHITE, 0.2), mix(STONE, INK, 0.55)
    for aside, colour in ((6, mix(SAND, BARK, 0.55)), (0, dim), (-3, steel)):
        a, b = x + aside, y + aside
        canvas.arc(a, b, 36, (0, 360), colour, 14)
        canvas.line([(a + 34, b + 10), (a + 128, b + 38)], colour, 13)
        for along in (0.72, 0.98):
            tooth = (a + 34 + 94 * along, b + 10 + 28 * along)
            canvas.line([tooth, (tooth[0] - 8, tooth[1] + 24)], colour, 11)
