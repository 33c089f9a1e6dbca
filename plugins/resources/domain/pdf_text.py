"""The text of a PDF, page by page, with what its pages themselves say that it is.

Programs that write PDFs store glyphs. Where these are not the letters in their order, as in most
scripts of South and South-East Asia, they add the letters as /ActualText (ISO 32000-2, 14.9.4),
which pypdf passes over. Pages that have it are read here, the others by pypdf.

Run as a program it reads a PDF from standard input and writes its text, with bounds for memory and
time: a small file can be made to take more of both than there is.
"""

import re
import resource
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NameObject, create_string_object
from pypdf.generic._font import Font  # the public API has no way to read single glyphs

MOST_CHARACTERS = 400_000
"""Of one document; some 150 pages of a law. What comes after is not searched."""
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 60
SHOWS = (b"Tj", b"TJ", b"'", b'"')
# Letters that some programs store by their shape: Arabic ones and ligatures of Latin ones.
SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufeff]+")


def pages_of(file: Any) -> Iterator[str]:
    """The text of each page. Raises what pypdf raises for files that it cannot read."""
    reader = PdfReader(file)
    for page in reader.pages:
        try:
            text = _Page(page, reader).text()
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
        ):
            text = ""  # what is odd to this reader may be fine for the other
        text = text or page.extract_text()
        yield SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


@dataclass
class _Span:
    """Marked content: the letters it stands for, if it says so, until they are taken."""

    letters: str | None
    begins: int
    is_reversed: bool


@dataclass
class _Page:
    """One page while its operations are gone through, in the order of reading."""

    page: PageObject
    reader: PdfReader
    pieces: list[str] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)
    font: Font | None = None
    size: float = 0.0
    scale: float = 1.0
    length: int = 0
    has_letters: bool = False
    line: float = 0.0
    shown_line: float | None = None
    fonts: dict[str, Font | None] = field(default_factory=dict)

    def text(self) -> str:
        """Empty where no letters are given, or where forms are drawn, whose text is elsewhere."""
        contents = self.page.get_contents()
        if contents is None:
            return ""
        for operands, operator in ContentStream(contents, self.reader, "bytes").operations:
            if operator == b"Do" and self._is_form(operands[0]):
                return ""
            self._follow(operands, operator)
            if self.length > MOST_CHARACTERS:
                break
        return "".join(self.pieces) if self.has_letters else ""

    def _follow(self, operands: Any, operator: bytes) -> None:
        if operator in (b"BDC", b"BMC"):
            letters = self._letters(operands)
            is_reversed = operands[0] == "/ReversedChars"
            self.spans.append(_Span(letters, len(self.pieces), is_reversed))
        elif operator == b"EMC" and self.spans:
            span = self.spans.pop()
            if span.is_reversed:
                at = span.begins + (self.pieces[span.begins : span.begins + 1] == ["\n"])
                self.pieces[at:] = self.pieces[at:][::-1]
        elif operator == b"Tf":
            self.font, self.size = self._font(operands[0]), float(operands[1])
        elif operator == b"Tm":
            self.scale, self.line = float(operands[3]), float(operands[5])
        elif operator in (b"Td", b"TD"):
            self.line += float(operands[1]) * self.scale
        elif operator in (b"T*", b"cm"):
            self.shown_line = None
        if operator in SHOWS:
            self._show(operands[-1])

    def _show(self, shown: Any) -> None:
        if self._is_new_line() and self.pieces:
            self.pieces.append("\n")
        outer = next((span for span in self.spans if span.letters is not None), None)
        if outer is not None:
            self.has_letters = True
            self.pieces.append(outer.letters or "")
            self.length += len(self.pieces[-1])
            outer.letters = ""
            return
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes) and self.font is not None:
                self.pieces += _glyphs(part, self.font)

    def _is_new_line(self) -> bool:
        """Marks above and below letters stand a little off the line, and are on it."""
        before, off = self.shown_line, abs(self.size * self.scale) / 2
        if before is not None and abs(before - self.line) <= off:
            return False
        self.shown_line = self.line
        return True

    def _letters(self, operands: Any) -> str | None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, NameObject):
            properties = self._resource("/Properties", properties)
        if not isinstance(properties, DictionaryObject) or "/ActualText" not in properties:
            return None
        letters = properties["/ActualText"].get_object()
        if isinstance(letters, bytes):
            letters = create_string_object(letters)
        return letters[:MOST_CHARACTERS] if isinstance(letters, str) else None

    def _font(self, name: str) -> Font | None:
        if name not in self.fonts:
            found = self._resource("/Font", name)
            self.fonts[name] = Font.from_font_resource(found) if found else None
        return self.fonts[name]

    def _is_form(self, name: str) -> bool:
        drawn = self._resource("/XObject", name)
        return drawn is not None and drawn.get("/Subtype") == "/Form"

    def _resource(self, kind: str, name: str) -> Any:
        resources = self.page.get("/Resources", DictionaryObject()).get_object()
        named = resources.get(kind, DictionaryObject()).get_object()
        return named[name].get_object() if name in named else None


def _glyphs(shown: bytes, font: Font) -> list[str]:
    """The letters of each glyph in a string."""
    if isinstance(font.encoding, str):
        codes = list(shown.decode(font.encoding, "replace"))
    else:
        codes = [font.encoding.get(code, chr(code)) for code in shown]
    return [font.character_map.get(code, code) for code in codes]


def main() -> None:
    """The program: exit code 0 when all of it was read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    written = 0
    for text in pages_of(BytesIO(sys.stdin.buffer.read())):
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        written += len(text)
        if written >= MOST_CHARACTERS:
            break


if __name__ == "__main__":
    main()
