"""The lines of a file, one at a time: a file may be larger than memory, a line may not."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from coalition.core.interchange.line import LineError

LONGEST = 5_000_000
"""Bytes of a line. The page of a line of this length is a book."""


@dataclass(frozen=True)
class RawLine:
    """Where a line stands and its bytes, at most one more than LONGEST."""

    number: int
    offset: int
    raw: bytes

    @property
    def text(self) -> str:
        """The line as text. Raises LineError when it is too long or not UTF-8."""
        if len(self.raw) > LONGEST:
            raise LineError(f"the line is longer than {LONGEST:,} bytes; split the page")
        raw = self.raw.removeprefix(BOM_UTF8) if self.offset == 0 else self.raw
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise LineError(
                f"byte {error.start + 1} is not UTF-8; save the file in that encoding"
            ) from error


def raw_lines(file: BinaryIO) -> Iterator[RawLine]:
    """Every line that is not blank, counted from one."""
    number = 0
    while True:
        line = line_at(file, number + 1, file.tell())
        if not line.raw:
            return
        number = line.number
        _skip_rest(file, line.raw)
        if line.raw.removeprefix(BOM_UTF8).strip():
            yield line


def line_at(file: BinaryIO, number: int, offset: int) -> RawLine:
    """The line that begins at `offset`."""
    file.seek(offset)
    return RawLine(number, offset, file.readline(LONGEST + 1))


def _skip_rest(file: BinaryIO, begun: bytes) -> None:
    while begun and not begun.endswith(b"\n"):
        begun = file.readline(LONGEST)
