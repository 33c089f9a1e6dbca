"""PDFs come out without their authors and their programs; what cannot is refused."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from coalition.core.files import embedded_pictures, pdf
from coalition.core.files.refusal import RefusalError

from . import nasty, nasty_pdf
from .traces import TELLTALE

TRACES = (*TELLTALE, b"run.exe", b"app.alert", b"javascript:", b"/Info", b"D:2026", b"Illustrator")


def cleaned(data: bytes) -> bytes:
    return pdf.cleaned(BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(RefusalError) as refused:
        cleaned(data)
    code: str = refused.value.code
    return code


def found(data: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in nasty_pdf.everything_in(data)]


def test_the_test_file_gives_away() -> None:
    data = nasty_pdf.saved(nasty_pdf.report())
    assert {nasty.SECRET, b"Exif\0", b"<x:xmpmeta", b"run.exe", b"/Info"} <= set(found(data))
    # The packed picture and the thumbnails hold it as well.
    assert nasty_pdf.everything_in(data).count(b"Exif\0") > 3


@pytest.mark.parametrize(
    "data",
    [nasty_pdf.saved(nasty_pdf.report()), nasty_pdf.restricted(), nasty_pdf.edited()],
    ids=["report", "restricted", "edited"],
)
def test_nothing_comes_out_but_the_pages(data: bytes) -> None:
    clean = cleaned(data)
    assert found(clean) == []
    with pikepdf.open(BytesIO(clean)) as result:
        assert len(result.pages) == 3
        assert not result.is_encrypted
        assert dict(result.docinfo) == {}
        assert {"/Metadata", "/OpenAction", "/AA", "/PieceInfo"}.isdisjoint(result.Root.keys())
        links = [str(a.A.URI) for a in result.pages[0].Annots if "/A" in a]
        assert links == ["https://example.org/"]
        assert b"a remark that stays" in nasty_pdf.everything_in(clean)
        assert b"field-name" in nasty_pdf.everything_in(clean)


def test_pictures_inside_keep_their_pixels() -> None:
    data = nasty_pdf.saved(nasty_pdf.report())
    before, after = nasty_pdf.pictures_in(data), nasty_pdf.pictures_in(cleaned(data))
    assert [image.tobytes() for image in after] == [image.tobytes() for image in before]
    assert len(after) == 3


def test_twice_changes_nothing() -> None:
    once = cleaned(nasty_pdf.saved(nasty_pdf.report()))
    assert nasty_pdf.everything_in(cleaned(once)).count(b"obj") == nasty_pdf.everything_in(
        once
    ).count(b"obj")


@pytest.mark.parametrize("code", nasty_pdf.REFUSED)
def test_refused(code: str) -> None:
    assert refusal(nasty_pdf.REFUSED[code]()) == code


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_truncated(share: float) -> None:
    data = nasty_pdf.saved(nasty_pdf.report())
    assert refusal(data[: int(len(data) * share)]) == "broken"


def test_without_pages() -> None:
    assert refusal(nasty_pdf.saved(pikepdf.new())) == "broken"


def test_a_place_to_open_at_stays() -> None:
    source = nasty_pdf.report()
    source.Root.OpenAction = Array([source.pages[1].obj, Name.Fit])
    with pikepdf.open(BytesIO(cleaned(nasty_pdf.saved(source)))) as result:
        assert result.Root.OpenAction[1] == Name.Fit


def test_bookmarks_and_tags_stay() -> None:
    source = nasty_pdf.report()
    with source.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("First", 0))
        outline.root.append(pikepdf.OutlineItem("Second", 1))
    source.Root.Lang = "km"
    source.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot,
        K=Dictionary(S=Name.Table, A=Dictionary(O=Name.Table, Summary="What it says")),
    )
    with pikepdf.open(BytesIO(cleaned(nasty_pdf.saved(source)))) as result:
        with result.open_outline() as outline:
            assert [item.title for item in outline.root] == ["First", "Second"]
        assert str(result.Root.Lang) == "km"
        assert str(result.Root.StructTreeRoot.K.A.Summary) == "What it says"


def test_a_picture_that_unpacks_without_end() -> None:
    source = pikepdf.new()
    page = source.add_blank_page()
    packed = zlib.compress(b"\xff\xd8" + bytes(pdf.MAX_UNPACKED + 1))
    stream = Stream(source, b"")
    stream.write(packed, filter=Array([Name.FlateDecode, Name.DCTDecode]))
    page.Resources = Dictionary(XObject=Dictionary(Im0=source.make_indirect(stream)))
    assert refusal(nasty_pdf.saved(source)) == "broken"


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PARTS", 20)
    assert refusal(nasty_pdf.saved(nasty_pdf.report())) == "too_many_parts"


def test_progressive_jpeg_keeps_all_scans() -> None:
    buffer = BytesIO()
    nasty.picture().save(buffer, "JPEG", progressive=True, comment=nasty.SECRET)
    bare = embedded_pictures.bare_jpeg(buffer.getvalue() + b"behind")
    assert bare.count(b"\xff\xda") == buffer.getvalue().count(b"\xff\xda") > 1
    assert bare.endswith(b"\xff\xd9")
    assert nasty.SECRET not in bare


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\x00", b"\xff\xd8\xff\xe1\0\0"])
def test_no_jpeg(data: bytes) -> None:
    with pytest.raises(embedded_pictures.UnreadableError):
        embedded_pictures.bare_jpeg(data)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\0\0\0\x02jP  "])
def test_no_jpeg_2000(data: bytes) -> None:
    with pytest.raises(embedded_pictures.UnreadableError):
        embedded_pictures.bare_jp2(data)
