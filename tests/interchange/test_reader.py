"""Files: any encoding mishap, any length, read a line at a time."""

import json
from io import BytesIO

import pytest

from coalition.core.interchange.line import LineError
from coalition.core.interchange.reader import LONGEST, line_at, raw_lines


def texts(content: bytes) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in raw_lines(BytesIO(content))]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\n\n  \n", []),
        (b"\xef\xbb\xbf", []),
        (b"a", [(1, "a")]),
        (b"a\n\nb\n", [(1, "a\n"), (3, "b\n")]),
        (b"\xef\xbb\xbfa\r\nb\r\n", [(1, "a\r\n"), (2, "b\r\n")]),
        ("ក\u2028ខ\nគ".encode(), [(1, "ក\u2028ខ\n"), (2, "គ")]),
    ],
)
def test_lines_are_counted_from_one_and_blank_ones_left_out(
    content: bytes, expected: list[tuple[int, str]]
) -> None:
    assert texts(content) == expected


def test_a_byte_order_mark_belongs_to_the_first_line_only() -> None:
    first, second = raw_lines(BytesIO(b"\xef\xbb\xbfa\n\xef\xbb\xbfb"))
    assert (first.text, second.text) == ("a\n", "\ufeffb")


def test_a_line_that_is_not_utf8_says_where() -> None:
    bad, good = raw_lines(BytesIO("é\n".encode("latin-1") + b"b"))
    with pytest.raises(LineError, match="byte 1 is not UTF-8"):
        bad.text  # noqa: B018 - reading it is the test
    assert good.text == "b"


def test_a_line_that_is_too_long_is_skipped_to_its_end() -> None:
    content = b"x" * (3 * LONGEST) + b"\ny\n"
    long, short = raw_lines(BytesIO(content))
    with pytest.raises(LineError, match="longer than 5,000,000 bytes"):
        long.text  # noqa: B018
    assert (short.number, short.text) == (2, "y\n")


def test_the_longest_line_goes_in() -> None:
    content = json.dumps("x" * (LONGEST - 3)).encode() + b"\n"
    assert len(content) == LONGEST
    assert texts(content) == [(1, content.decode())]


def test_a_line_can_be_read_again_from_where_it_stands() -> None:
    file = BytesIO(b"a\nbb\nccc\n")
    _first, second, third = raw_lines(file)
    assert line_at(file, 2, second.offset) == second
    assert line_at(file, 3, third.offset) == third


class OneByOne(BytesIO):
    """A file that counts the bytes asked for at once."""

    most = 0

    def readline(self, size: int = -1, /) -> bytes:
        self.most = max(self.most, size)
        assert size > 0
        return super().readline(size)

    def read(self, size: int = -1, /) -> bytes:
        raise AssertionError("the whole file was asked for")


def test_memory_is_bounded_by_the_longest_line() -> None:
    file = OneByOne(b"a\n" * 1_000)
    assert sum(1 for _line in raw_lines(file)) == 1_000
    assert file.most == LONGEST + 1
