"""Pictures of rooms: a class, a wall, a kitchen."""

from itertools import pairwise
from math import cos, hypot, radians, sin

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
    LEAF,
    MEADOW,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PINE,
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
    around,
    bend,
    clear,
    mix,
    moved,
    through,
)

WHITE = "#ffffff"


def classroom_board(canvas: Canvas) -> None:
    """A dark green board in a wooden frame on a cream wall.

    Three rows of white strokes of different length stand on it for three lines of writing; in
    front are a table with a closed red book and a cup of chalk.
    """
    canvas.fade(0, 560, CREAM, mix(CREAM, SAND, 0.4))
    for x in (70, 330):
        beam = [(x, 0), (x + 200, 0), (x + 620, 560), (x + 420, 560)]
        canvas.polygon(beam, clear(HONEY, 0.35))
    canvas.box(0, 556, WIDTH, HEIGHT, TEAL_PALE)
    canvas.box(0, 550, WIDTH, 562, TEAL_SOFT)
    canvas.box(246, 126, 1060, 508, clear(BARK, 0.22), 10)
    canvas.box(232, 110, 1048, 492, WOOD, 10)
    canvas.box(232, 110, 1048, 120, mix(WOOD, SAND, 0.4), 5)
    canvas.box(256, 134, 1024, 468, PINE)
    canvas.polygon([(256, 134), (560, 134), (400, 468), (256, 468)], clear(MOSS, 0.14))
    rows = ((110, 64, 150, 90, 120), (84, 140, 60, 176), (150, 96, 70, 54))
    for y, words in zip((210, 294, 378), rows, strict=True):
        left = 316.0
        for word in words:
            canvas.box(left, y, left + word, y + 13, mix(CREAM, MIST, 0.5), 6.5)
            left += word + 34
    canvas.box(216, 484, 1064, 504, BARK, 5)
    for x, colour in ((850, CREAM), (900, OCHRE)):
        canvas.box(x, 475, x + 38, 485, colour, 5)
    canvas.box(330, 466, 420, 485, DUNE, 4)
    canvas.box(330, 466, 420, 473, INK, 3)
    _teachers_table(canvas)


def _teachers_table(canvas: Canvas) -> None:
    top = mix(WOOD, SAND, 0.35)
    canvas.polygon([(290, 596), (990, 596), (1080, 676), (200, 676)], top)
    canvas.box(200, 676, 1080, 706, WOOD)
    canvas.box(250, 706, 300, HEIGHT, BARK)
    canvas.box(980, 706, 1030, HEIGHT, BARK)
    canvas.box(300, 706, 980, 770, mix(WOOD, BARK, 0.5))
    canvas.polygon([(436, 654), (706, 654), (730, 664), (440, 668)], clear(BARK, 0.4))
    canvas.polygon([(420, 636), (690, 636), (690, 658), (420, 658)], CREAM)
    for y in (643, 650):
        canvas.line([(424, y), (684, y)], SAND, 2)
    canvas.polygon([(450, 588), (668, 588), (696, 636), (414, 636)], RED)
    canvas.polygon([(450, 588), (474, 588), (446, 636), (414, 636)], WINE)
    canvas.box(412, 634, 698, 641, WINE, 3)
    canvas.box(412, 656, 698, 663, WINE, 3)
    canvas.polygon([(412, 636), (428, 636), (428, 662), (412, 662)], WINE)
    for x, lean, colour in ((842, -14, CREAM), (862, 4, OCHRE), (880, 16, WHITE), (896, 26, CREAM)):
        canvas.line([(x, 610), (x + lean, 520 + abs(lean))], mix(colour, STONE, 0.1), 13)
    canvas.oval(886, 656, 62, 12, clear(BARK, 0.4))
    canvas.polygon([(820, 566), (918, 566), (908, 656), (830, 656)], TEAL)
    canvas.polygon([(890, 566), (918, 566), (908, 656), (884, 656)], TEAL_DEEP)
    canvas.box(820, 584, 918, 594, TEAL_PALE)


def wall_map(canvas: Canvas) -> None:
    """A large sheet of cream paper fixed with four red pins on a grey wall.

    On it, drawn as if by hand, are a blue river, two green patches, seven small house marks and a
    red dotted line around all of them.
    """
    canvas.fade(0, HEIGHT, mix(STONE, MIST, 0.35), mix(STONE, TEAL_SOFT, 0.22))
    canvas.polygon([(0, 0), (330, 0), (900, 800), (0, 800)], clear(CREAM, 0.22))
    canvas.polygon([(430, 0), (640, 0), (1210, 800), (1000, 800)], clear(CREAM, 0.22))
    _sheet_of_paper(canvas)
    _patch(canvas, (462, 300), (104, 76), 10)
    _patch(canvas, (852, 496), (126, 70), 40)
    river = through(
        [
            *((217, 566), (340, 520), (450, 545), (560, 470), (640, 380)),
            *((740, 350), (850, 320), (930, 240), (1062, 197)),
        ]
    )
    canvas.line(river, mix(LAKE, TEAL_PALE, 0.35), 30)
    canvas.line(moved(river, 0, 4), LAKE, 17)
    _border(canvas)
    for x, y in (
        (618, 236),
        (704, 224),
        (604, 338),
        (404, 442),
        (658, 456),
        (610, 548),
        (912, 362),
    ):
        _house_mark(canvas, x, y)


def _sheet_of_paper(canvas: Canvas) -> None:
    sheet = [
        *bend((206, 96), (640, 82), (1078, 100)),
        *bend((1078, 100), (1088, 400), (1072, 704)),
        *bend((1072, 704), (640, 720), (200, 702)),
        *bend((200, 702), (192, 400), (206, 96)),
    ]
    canvas.polygon(moved(sheet, 16, 18), clear(INK, 0.25))
    canvas.polygon(sheet, CREAM)
    for x in (420, 640, 860):
        canvas.line([(x, 92), (x + 2, 708)], mix(CREAM, SAND, 0.45), 3)
    canvas.line([(200, 400), (1080, 400)], mix(CREAM, SAND, 0.45), 3)
    for x, y in ((236, 130), (1046, 132), (1042, 670), (234, 668)):
        canvas.oval(x + 9, y + 11, 15, 13, clear(INK, 0.3))
        canvas.disc(x, y, 16, RED)
        canvas.disc(x - 5, y - 5, 5, mix(RED, WHITE, 0.55))


def _patch(canvas: Canvas, middle: Point, radii: Point, turn: int) -> None:
    edge: list[Point] = []
    for step in range(10):
        angle, swell = radians(step * 36 + turn), (1, 0.84, 1.08, 0.92, 1.04)[step % 5]
        edge.append(
            (middle[0] + cos(angle) * radii[0] * swell, middle[1] + sin(angle) * radii[1] * swell)
        )
    shape = around(edge)
    canvas.polygon(shape, mix(MEADOW, CREAM, 0.25))
    canvas.line([*shape, shape[0]], MOSS, 6)
    for right, down in ((-44, -8), (-6, -26), (34, -6), (-16, 22), (24, 26)):
        x, y = middle[0] + right, middle[1] + down
        canvas.line([(x - 9, y + 8), (x, y - 8), (x + 9, y + 8)], LEAF, 5)


def _border(canvas: Canvas) -> None:
    line = around(
        [
            *((330, 250), (430, 178), (600, 166), (760, 176), (900, 250), (1000, 360)),
            *((1006, 500), (920, 610), (740, 628), (560, 616), (380, 560), (306, 430)),
        ],
        40,
    )
    passed = 0.0
    for start, end in pairwise(line):
        passed += hypot(end[0] - start[0], end[1] - start[1])
        if passed > 23:
            passed = 0.0
            canvas.disc(*end, 6, RED)


def _house_mark(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon([(x - 17, y), (x + 17, y), (x + 15, y + 27), (x - 16, y + 26)], WHITE)
    canvas.line([(x - 17, y), (x - 16, y + 26), (x + 15, y + 27), (x + 17, y)], INK, 5)
    canvas.polygon([(x - 24, y + 2), (x + 1, y - 23), (x + 24, y + 1)], APRICOT)
    canvas.line([(x - 24, y + 2), (x + 1, y - 23), (x + 24, y + 1), (x - 24, y + 2)], INK, 5)


def kitchen_papers(canvas: Canvas) -> None:
    """A wooden kitchen table seen from the front under a hanging lamp with a cone of yellow light.

    On the table lie four white sheets, a pencil and a blue cup; two empty stools stand beside it.
    """
    canvas.fade(0, 610, mix(TEAL_DEEP, NIGHT, 0.45), TEAL)
    canvas.box(0, 610, WIDTH, HEIGHT, mix(BARK, NIGHT, 0.42))
    canvas.box(0, 600, WIDTH, 614, mix(TEAL_DEEP, NIGHT, 0.5))
    for spread, opacity in ((1, 0.2), (0.78, 0.2), (0.54, 0.2)):
        canvas.polygon(
            [(578, 226), (702, 226), (640 + 330 * spread, 453), (640 - 330 * spread, 453)],
            clear(OCHRE, opacity),
        )
    for x in (130, 1150):
        _stool(canvas, x)
    canvas.oval(640, 714, 420, 22, clear(NIGHT, 0.4))
    for x in (270, 980):
        canvas.polygon([(x, 590), (x + 34, 590), (x + 28, 718), (x + 6, 718)], BARK)
    canvas.polygon([(310, 452), (970, 452), (1072, 570), (208, 570)], mix(WOOD, SAND, 0.4))
    canvas.oval(640, 514, 320, 50, clear(HONEY, 0.35))
    canvas.box(208, 568, 1072, 602, WOOD, 5)
    canvas.box(250, 602, 1030, 624, mix(WOOD, BARK, 0.6))
    for x, turn in ((392, 3), (524, -2), (656, 2), (788, -3)):
        _paper(canvas, x, turn)
    canvas.line([(560, 552), (700, 544)], OCHRE, 9)
    canvas.line([(552, 552), (562, 552)], BARK, 5)
    canvas.line([(694, 544), (703, 544)], RED, 9)
    canvas.oval(922, 530, 56, 12, clear(BARK, 0.4))
    canvas.arc(944, 488, 24, (-90, 90), DEEP_BLUE, 11)
    canvas.polygon([(862, 452), (944, 452), (936, 526), (870, 526)], LAKE)
    canvas.polygon([(918, 452), (944, 452), (936, 526), (914, 526)], mix(LAKE, DEEP_BLUE, 0.5))
    canvas.oval(903, 526, 33, 8, mix(LAKE, DEEP_BLUE, 0.2))
    canvas.oval(903, 452, 41, 11, mix(LAKE, MIST, 0.4))
    canvas.oval(903, 454, 33, 7, BARK)
    _lamp(canvas)


def _lamp(canvas: Canvas) -> None:
    canvas.box(636, 0, 644, 150, NIGHT)
    canvas.box(618, 128, 662, 160, BARK, 8)
    canvas.polygon(
        [*bend((556, 232), (580, 152), (640, 150)), *bend((640, 150), (700, 152), (724, 232))],
        BRICK,
    )
    canvas.polygon([*bend((664, 152), (704, 160), (724, 232)), (684, 232)], mix(BRICK, NIGHT, 0.3))
    canvas.oval(640, 232, 84, 14, mix(BRICK, APRICOT, 0.4))
    canvas.oval(640, 234, 52, 9, CREAM)


def _stool(canvas: Canvas, x: float) -> None:
    canvas.oval(x + 10, 702, 84, 13, clear(NIGHT, 0.4))
    canvas.line([(x, 580), (x, 690)], mix(BARK, NIGHT, 0.45), 12)
    canvas.line([(x - 38, 650), (x + 38, 650)], mix(BARK, NIGHT, 0.2), 9)
    canvas.line([(x - 46, 700), (x - 30, 580)], mix(BARK, WOOD, 0.3), 13)
    canvas.line([(x + 46, 700), (x + 30, 580)], BARK, 13)
    canvas.box(x - 70, 556, x + 70, 584, WOOD, 12)
    canvas.box(x - 70, 556, x + 70, 568, mix(WOOD, SAND, 0.35), 6)


def _paper(canvas: Canvas, x: float, turn: float) -> None:
    # What lies further back is nearer to the middle of the picture.
    back = (640 - x) * 0.1
    sheet = [
        *((x - 50 + back, 474 + turn), (x + 50 + back, 474 - turn)),
        *((x + 57, 534 - turn), (x - 57, 534 + turn)),
    ]
    canvas.polygon(moved(sheet, 5, 5), clear(BARK, 0.35))
    canvas.polygon(sheet, WHITE)
    for step, length in enumerate((62, 76, 50, 80)):
        left, y = x - 42 + back * (0.8 - step * 0.2) - step, 486 + step * 11.5
        canvas.line([(left, y + turn * 0.8), (left + length, y - turn * 0.3)], STONE, 3)
