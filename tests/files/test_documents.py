"""PDF, CSV and TXT are taken, written anew; everything else is refused with what to do."""

import pytest
from django.core.files.base import ContentFile

from coalition.core.files import documents
from coalition.core.files.refusal import RefusalError

from . import nasty, nasty_pdf


def cleaned(data: bytes, name: str) -> bytes:
    return documents.cleaned(ContentFile(data, name=name), name).read()


def test_text_and_tables() -> None:
    assert cleaned("សួស្តី\n".encode(), "note.txt") == "សួស្តី\n".encode()
    assert cleaned("ก,ข\n".encode("utf-16"), "table.csv") == b"\xef\xbb\xbf" + "ก,ข\n".encode()
    assert cleaned(b"\xef\xbb\xbfa,b\n", "table.csv") == b"\xef\xbb\xbfa,b\n"


def test_names_are_random() -> None:
    name = "Report by Sokha.pdf"
    upload = ContentFile(nasty_pdf.saved(nasty_pdf.report()), name=name)
    stored = documents.cleaned(upload, name).name
    assert stored is not None
    stem, dot, extension = stored.partition(".")
    assert (len(stem), dot, extension) == (16, ".", "pdf")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK", "letter.docx", "office"),
        (b"PK", "letter.ODT", "office"),
        (b"x", "old.doc", "office"),
        (b"PK", "macro.xlsm", "office"),
        (b"{\\rtf1}", "letter.rtf", "office"),
        (nasty.jpeg(), "photo.jpg", "picture"),
        (nasty.HTML, "page.html", "unknown_format"),
        (nasty.SVG, "drawing.svg", "unknown_format"),
        (b"MZ", "run.exe", "unknown_format"),
        (b"", "noname", "unknown_format"),
        (nasty.HTML, "page.pdf", "not_a_pdf"),
        (b"", "empty.pdf", "not_a_pdf"),
        (b"%PDF-1.7\nnothing", "stub.pdf", "broken"),
        (nasty.png(), "table.csv", "not_text"),
        ("café".encode("latin-1"), "note.txt", "not_text"),
        (b"a\0b", "note.txt", "not_text"),
    ],
)
def test_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(RefusalError) as refused:
        cleaned(data, name)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


def test_too_large_a_file() -> None:
    huge = ContentFile(b"a,b", name="table.csv")
    huge.size = 21 * 1024 * 1024
    with pytest.raises(RefusalError) as refused:
        documents.cleaned(huge, "table.csv")
    assert refused.value.code == "file_too_large"
