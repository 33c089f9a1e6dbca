"""PDFs with a name, a place and a program in every corner."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from coalition.core.files import pdf as pdf_module

from . import nasty

SECRET = nasty.SECRET.decode()


def saved(pdf: Pdf, **options: Any) -> bytes:
    """The bytes of a PDF."""
    buffer = BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def script(text: str = "app.alert('run')") -> Dictionary:
    """An action that runs."""
    return Dictionary(S=Name.JavaScript, JS=text)


def _image(pdf: Pdf, data: bytes, filters: Any, packed: bytes | None = None) -> Stream:
    stream = Stream(pdf, b"")
    stream.write(packed or data, filter=filters)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = nasty.SIZE
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    stream.Metadata = _xmp(pdf)
    return pdf.make_indirect(stream)


def _xmp(pdf: Pdf) -> Stream:
    stream = Stream(pdf, nasty.xmp())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    return pdf.make_indirect(stream)


def jpeg2000() -> bytes:
    """A JPEG 2000 with a box of XMP."""
    buffer = BytesIO()
    nasty.picture().save(buffer, "JPEG2000")
    box = (
        b"uuid" + b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac" + nasty.xmp()
    )
    return buffer.getvalue() + (len(box) + 4).to_bytes(4) + box


def report() -> Pdf:
    """Three pages with pictures, comments, links, scripts, and who wrote it all over."""
    pdf = pikepdf.new()
    jpeg, packed = nasty.jpeg(), zlib.compress(nasty.jpeg())
    pictures = [
        _image(pdf, jpeg, Name.DCTDecode),
        _image(pdf, jpeg, Array([Name.FlateDecode, Name.DCTDecode]), packed),
        _image(pdf, jpeg2000(), Name.JPXDecode),
    ]
    fields = []
    for picture in pictures:
        page = pdf.add_blank_page(page_size=(200, 200))
        page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
        page.Contents = Stream(pdf, b"q 96 0 0 64 10 10 cm /Im0 Do Q")
        page.AA = Dictionary(O=script())
        page.LastModified = String("D:20260301")
        page.PieceInfo = Dictionary(Illustrator=Dictionary(Private=String(SECRET)))
        page.Thumb = _image(pdf, jpeg, Name.DCTDecode)
        page.Annots = Array([pdf.make_indirect(note) for note in _annotations()])
        fields.append(page.Annots[-1])
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    pdf.Root.OpenAction = script()
    pdf.Root.AA = Dictionary(WC=script())
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), script()])))
    pdf.Root.Metadata = _xmp(pdf)
    pdf.Root.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
    pdf.Root["/PTEX.FileName"] = String(f"C:\\Users\\{SECRET}\\report.tex")
    pdf.docinfo["/Author"] = SECRET
    pdf.docinfo["/Creator"] = SECRET
    return pdf


def _annotations() -> list[Dictionary]:
    def annotation(subtype: str, **more: Any) -> Dictionary:
        return Dictionary(
            Type=Name.Annot,
            Subtype=Name("/" + subtype),
            Rect=Array([0, 0, 20, 20]),
            M=String("D:20260301"),
            NM=String(SECRET),
            **more,
        )

    link = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=script())
    return [
        annotation("Link", A=link),
        annotation("Link", A=Dictionary(S=Name.URI, URI=String("javascript:alert('run')"))),
        annotation("Link", A=Dictionary(S=Name.Launch, F=String("run.exe"))),
        annotation("Link", A=Dictionary(S=Name.GoToR, F=String(f"C:\\{SECRET}\\b.pdf"), D=[0])),
        annotation("Text", T=String(SECRET), Contents=String("a remark that stays")),
        annotation("Highlight", T=String(SECRET), CreationDate=String("D:20260301")),
        annotation("Widget", FT=Name.Tx, T=String("field-name"), AA=Dictionary(K=script())),
    ]


def locked() -> bytes:
    """A PDF that opens with a password only."""
    return saved(report(), encryption=pikepdf.Encryption(user="secret", owner="secret"))


def restricted() -> bytes:
    """A PDF that everybody may open and nobody may copy from."""
    return saved(report(), encryption=pikepdf.Encryption(user="", owner="secret"))


def with_attachment() -> bytes:
    """A PDF that carries another file."""
    pdf = report()
    pdf.attachments["notes.docx"] = b"PK" + nasty.SECRET
    return saved(pdf)


def signed() -> bytes:
    """A PDF with the signature of a person."""
    pdf = report()
    signature = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        ByteRange=Array([0, 1, 2, 3]),
        Contents=String("..."),
        Name=String(SECRET),
    )
    field = Dictionary(FT=Name.Sig, T=String("signature"), V=pdf.make_indirect(signature))
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))
    return saved(pdf)


def xfa() -> bytes:
    """A form that only one program shows."""
    pdf = report()
    pdf.Root.AcroForm.XFA = Stream(pdf, b"<xdp/>")
    return saved(pdf)


def marked_for_redaction() -> bytes:
    """A PDF whose black boxes are not there yet."""
    pdf = report()
    pdf.pages[0].Annots.append(
        Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([0, 0, 20, 20]))
    )
    return saved(pdf)


def with_inline_picture() -> bytes:
    """A PDF whose picture lies among the text of the page, with its EXIF."""
    pdf = report()
    jpeg = nasty.jpeg()
    inline = b"q 96 0 0 64 10 10 cm BI /W 96 /H 64 /BPC 8 /CS /RGB /F /DCT ID " + jpeg + b"\nEI Q"
    pdf.pages[0].Contents = Stream(pdf, bytes(pdf_module.PART - 20) + b"\n" + inline)
    return saved(pdf)


def edited() -> bytes:
    """A PDF with its earlier version still in it, as programs that append leave it."""
    whole = saved(report(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number = len(pikepdf.open(BytesIO(whole)).objects) + 1
    at = len(whole)
    older = f"{number} 0 obj\n({SECRET} was deleted)\nendobj\n".encode()
    with pikepdf.open(BytesIO(whole)) as pdf:
        root = pdf.Root.objgen[0]
    previous = whole.rindex(b"startxref") + 9
    start = int(whole[previous:].split()[0])
    xref = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<</Size {number + 1} /Root {root} 0 R "
    xref += f"/Prev {start}>>\nstartxref\n{at + len(older)}\n%%EOF\n"
    return whole + older + xref.encode()


REFUSED: dict[str, Callable[[], bytes]] = {
    "password": locked,
    "attachments": with_attachment,
    "signature": signed,
    "xfa": xfa,
    "redaction": marked_for_redaction,
    "telltale": with_inline_picture,
}


def everything_in(data: bytes) -> bytes:
    """The PDF with nothing packed, to look for words."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return saved(
            pdf,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )


def pictures_in(data: bytes) -> list[Image.Image]:
    """The pictures on the pages."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [pikepdf.PdfImage(page.Resources.XObject.Im0).as_pil_image() for page in pdf.pages]
