"""What pages say they are is read in the order of reading, in every script."""

import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from plugins.resources.domain.pdf_text import pages_of
from tests.databases import PROJECT_DIR

DEMO = PROJECT_DIR / "plugins" / "resources" / "demo"
PDFS = sorted((DEMO / "media").glob("*.pdf"))


def words(path: Path) -> list[str]:
    """The words of the text that a PDF of the demonstration was printed from."""
    text = unicodedata.normalize("NFC", (DEMO / "texts" / f"{path.stem}.txt").read_text())
    return [word for word in text.split() if len(word) > 2]


def share(text: str, sought: list[str]) -> float:
    """How many of the words stand in the text as they are: 0 to 1."""
    flat = unicodedata.normalize("NFC", " ".join(text.split()))
    return sum(word in flat for word in sought) / len(sought)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_words_come_out_as_they_were_written(path: Path) -> None:
    assert share("\n".join(pages_of(path)), words(path)) >= 0.95


def test_pypdf_alone_loses_them() -> None:
    """Else there is no need for a reader of our own."""
    khmer = DEMO / "media" / "keeping-a-register-km.pdf"
    alone = "\n".join(page.extract_text() for page in PdfReader(khmer).pages)
    assert share(alone, words(khmer)) < 0.5


def read(content: str) -> str:
    """The text of one page with that content, whose font F1 is Helvetica."""
    pdf, data = pikepdf.new(), BytesIO()
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    said = pikepdf.Dictionary(ActualText="fi")
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font), Properties=pikepdf.Dictionary(P1=said)
    )
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf {content} ET".encode("cp1252"))
    pdf.save(data)
    (text,) = pages_of(data)
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("(plain) Tj", "plain"),
        ("/Span <</ActualText (fi)>> BDC (X) Tj (Y) Tj EMC (nd) Tj", "find"),
        ("/Span /P1 BDC (X) Tj EMC [(n) -20 (d)] TJ", "find"),
        ("/Span <</ActualText (a)>> BDC /Span <</ActualText (b)>> BDC (X) Tj EMC EMC (c) Tj", "ac"),
        ("/Span <</ActualText ()>> BDC (soft) Tj EMC (kept) Tj", "kept"),
        ("/Span <</ActualText (one)>> BDC (X) Tj EMC 0 -14 Td (two) Tj", "one two"),
        ("/Span <</ActualText (o)>> BDC (X) Tj EMC 0 2 Td (ne) Tj", "one"),
        (
            "/ReversedChars BMC (cba) Tj EMC /Span <</ActualText (d)>> BDC (X) Tj EMC",
            "abcd",
        ),
        ("EMC /Span <</ActualText (a)>> BDC (X) Tj", "a"),
        ("/Span <</ActualText (a)>> BDC EMC (b) Tj", "b"),
    ],
)
def test_letters_that_a_page_gives(content: str, text: str) -> None:
    assert read(content) == text


def test_shapes_of_letters_are_the_letters() -> None:
    assert read("/Span <</ActualText <FEFFFEDFFB01>>> BDC (X) Tj EMC") == "لfi"
