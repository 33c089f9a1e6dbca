"""PDFs, written anew without what says who made them, and without what acts by itself.

Left out: Info, XMP, thumbnails, private data of programs, earlier versions, names and times of
commenters, EXIF in the pictures inside, scripts, actions other than links. Refused: a password,
attached files, signatures (they would break), XFA forms, redactions that were never applied.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext_lazy as _
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from .embedded_pictures import UnreadableError, bare_jp2, bare_jpeg
from .refusal import RefusalError

# Dictionaries: more than a report of 2,000 pages has, and a bound for the time that cleaning takes.
MAX_PARTS = 300_000
# Bytes of one picture inside, freed from what is packed around it.
MAX_UNPACKED = 50 * 1024 * 1024

# Wherever they stand they describe, or act, and show nothing.
DROPPED = frozenset(
    (
        "/AA",
        "/CreatorInfo",
        "/JS",
        "/JavaScript",
        "/LGIDict",
        "/LastModified",
        "/Measure",
        "/Metadata",
        "/OPI",
        "/PieceInfo",
        "/Thumb",
        "/URLS",
        "/VP",
    )
)
DROPPED_FROM_CATALOG = frozenset(
    ("/Collection", "/DSS", "/Legal", "/Perms", "/Requirements", "/SpiderInfo", "/Threads")
)
# Written by pdfTeX: paths of the author's machine.
DROPPED_PREFIX = "/PTEX."
ACTIONS = ("/A", "/OpenAction", "/PA", "/Next")
ALLOWED_ACTIONS = frozenset(("/GoTo", "/Named", "/URI"))
ALLOWED_LINKS = ("https://", "http://", "mailto:", "tel:")
# Who commented, and when. A form field's /T is its name and stays.
OF_COMMENTERS = ("/T", "/M", "/CreationDate", "/NM", "/Subj")

# EXIF and XMP where nobody looks for them: in a picture that lies among the text of a page.
TELLTALE = re.compile(rb"Exif\0\0|<x:xmpmeta|<\?xpacket|http://ns\.adobe\.com/xap/")
LONGEST_TELLTALE = 30
PART = 1024 * 1024

REFUSED = {
    "password": _(
        "This PDF is locked with a password, and readers could not open it. Save a copy without "
        "a password and upload that."
    ),
    "broken": _(
        "This PDF is damaged or incomplete. Save it anew, or print it to a new PDF, and upload "
        "that."
    ),
    "too_many_parts": _("This PDF has too many parts. Split it into several and upload those."),
    "xfa": _(
        "This PDF holds a form of a kind that most readers cannot open. Print it to a new PDF "
        "and upload that."
    ),
    "attachments": _(
        "This PDF carries other files inside it. Print it to a new PDF and upload that."
    ),
    "signature": _(
        "This PDF is signed. The signature names who signed, and it would break here. Print it "
        "to a new PDF and upload that."
    ),
    "telltale": _(
        "This PDF holds a picture that may say where it was taken, in a place where that cannot "
        "be cut out. Print it to a new PDF and upload that."
    ),
    "redaction": _(
        "This PDF has passages marked for redaction that are still in it. Apply the redactions, "
        "save it and upload that."
    ),
}


def cleaned(file: BinaryIO) -> bytes:
    """The PDF written anew; raises RefusalError."""
    file.seek(0)
    try:
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            _check(pdf)
            for number, part in enumerate(_parts(pdf)):
                if number == MAX_PARTS:
                    raise _refusal("too_many_parts")
                _clean(part)
            _clean_roots(pdf)
            output = BytesIO()
            pdf.save(
                output,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                fix_metadata_version=False,
            )
        with pikepdf.open(output) as result:
            for stream in result.objects:
                if isinstance(stream, Stream):
                    _check_content(stream)
        return output.getvalue()
    except pikepdf.PasswordError as error:
        raise _refusal("password") from error
    except (pikepdf.PdfError, zlib.error, ValueError, RuntimeError) as error:
        raise _refusal("broken") from error


def _refusal(code: str) -> RefusalError:
    return RefusalError(REFUSED[code], code=code)


def _check(pdf: Pdf) -> None:
    if not len(pdf.pages):
        raise _refusal("broken")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        raise _refusal("xfa")


def _parts(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream, also those inside others."""
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Array):
                children = [child for child in part if isinstance(child, Object)]
            elif isinstance(part, (Dictionary, Stream)):
                yield part
                children = [child for _key, child in part.items() if isinstance(child, Object)]
            else:
                continue
            waiting += [child for child in children if not child.is_indirect]


def _clean(part: Object) -> None:
    keys = set(part.keys())
    _check_part(part, keys)
    for key in keys:
        acts = key in ACTIONS and not _is_harmless(part[key])
        if acts or key in DROPPED or key.startswith(DROPPED_PREFIX):
            del part[key]
    if "/Rect" in keys and "/Subtype" in keys:
        _clean_annotation(part)
    if isinstance(part, Stream):
        _clean_picture(part)


def _check_part(part: Object, keys: set[str]) -> None:
    if "/EF" in keys:
        raise _refusal("attachments")
    if "/ByteRange" in keys:
        raise _refusal("signature")
    if part.get("/Subtype") == Name.Redact and "/Rect" in keys:
        raise _refusal("redaction")


def _is_harmless(action: Object) -> bool:
    """Whether it leads somewhere, when clicked, and does nothing else."""
    if isinstance(action, Array):
        # /OpenAction as a place in the document; a chain of actions holds dictionaries.
        return not any(isinstance(part, Dictionary) and "/S" in part for part in action)
    if not isinstance(action, Dictionary) or "/S" not in action:
        return not isinstance(action, Stream)
    if str(action.S) not in ALLOWED_ACTIONS:
        return False
    return action.S != Name.URI or str(action.get("/URI", "")).lower().startswith(ALLOWED_LINKS)


def _clean_annotation(annotation: Object) -> None:
    for key in OF_COMMENTERS:
        if key in annotation and not (key == "/T" and annotation.Subtype == Name.Widget):
            del annotation[key]


def _clean_picture(stream: Stream) -> None:
    """Cut EXIF and the like out of JPEG and JPEG 2000; the pixels stay as they are."""
    filters = _as_list(stream.get("/Filter"))
    bare = {"/DCTDecode": bare_jpeg, "/DCT": bare_jpeg, "/JPXDecode": bare_jp2}
    cut = bare.get(str(filters[-1])) if filters else None
    if cut is None:
        return
    parameters = _as_list(stream.get("/DecodeParms"))
    last = parameters[-1] if len(parameters) == len(filters) else None
    stream.write(
        cut(_unpacked(stream.read_raw_bytes(), filters[:-1])),
        filter=Name(str(filters[-1])),
        decode_parms=last if isinstance(last, Dictionary) else None,
    )


def _check_content(stream: Stream) -> None:
    """Refuse what is still there, with a picture that lies among the text of a page, say."""
    filters = [str(name) for name in _as_list(stream.get("/Filter"))]
    raw = stream.read_raw_bytes()
    if filters == ["/FlateDecode"]:
        parts = _unpacked_in_parts(raw)
    elif {"/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode"}.intersection(filters):
        parts = iter([stream.read_bytes()])
    else:
        parts = iter([raw])
    behind = b""
    for part in parts:
        if TELLTALE.search(behind + part):
            raise _refusal("telltale")
        behind = part[-LONGEST_TELLTALE:]


def _unpacked_in_parts(data: bytes) -> Iterator[bytes]:
    """What it unpacks to, a bounded part at a time; raises zlib.error where it is damaged."""
    unpacking = zlib.decompressobj()
    while data and not unpacking.eof:
        yield unpacking.decompress(data, PART)
        data = unpacking.unconsumed_tail


def _as_list(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _unpacked(data: bytes, filters: list[Object]) -> bytes:
    """The picture's own bytes, freed from what was packed around them."""
    for name in filters:
        if str(name) not in ("/FlateDecode", "/Fl"):
            raise UnreadableError("A picture is packed in a way that nothing writes.")
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(data, MAX_UNPACKED)
        if unpacking.unconsumed_tail:
            raise UnreadableError("A picture unpacks to more than any picture has.")
    return data


def _clean_roots(pdf: Pdf) -> None:
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for key in DROPPED_FROM_CATALOG.intersection(pdf.Root.keys()):
        del pdf.Root[key]
