"""Documents: PDF written anew, plain text and tables as UTF-8; nothing else is taken.

Why office files are refused: docs/decisions/0008-files-written-anew.md.
"""

import re
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from . import pdf
from .clean_file import CleanFile
from .picture_kinds import EXTENSIONS as PICTURES
from .pictures import extension_of
from .refusal import RefusalError

TEXTS = ("csv", "txt")
EXTENSIONS = ["pdf", *TEXTS]
OFFICE = re.compile(r"^(do[ct][mx]?|ppt[mx]?|xls[bmx]?|od[gpst]|rtf|pages|numbers|key)$")
# A PDF may have a few lines of something else in front.
HEAD = 1024


def check(file: File[bytes], name: str) -> None:
    """Look at name, size and beginning; raises RefusalError."""
    extension = extension_of(name)
    if OFFICE.match(extension):
        raise RefusalError(
            _(
                "Office files name the people who wrote them and keep what was deleted. Save the "
                "document as PDF and upload that."
            ),
            code="office",
        )
    if extension in PICTURES:
        raise RefusalError(_("This is a picture. Add it under Images instead."), code="picture")
    if extension not in EXTENSIONS:
        raise RefusalError(
            _("Documents are PDF, CSV or TXT files. Save it as PDF and upload that."),
            code="unknown_format",
        )
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise RefusalError(
            _(
                "This file is too big: it has %(size)s, and a document may have %(limit)s. Make "
                "the pictures in it smaller, or split it, and upload it again."
            ),
            code="file_too_large",
            size=filesizeformat(file.size),
            limit=filesizeformat(limit),
        )
    file.seek(0)
    if extension == "pdf" and b"%PDF-" not in file.read(HEAD):
        raise RefusalError(
            _("There is no PDF in this file, whatever its name says. Choose another file."),
            code="not_a_pdf",
        )


def cleaned(file: File[bytes], name: str) -> CleanFile:
    """The document written anew; raises RefusalError."""
    if isinstance(file, CleanFile):
        return file
    check(file, name)
    extension = extension_of(name)
    if extension == "pdf":
        return CleanFile(pdf.cleaned(cast(BinaryIO, file)), extension=extension)
    file.seek(0)
    # Without the mark, spreadsheets take a table for one in the alphabet of their machine.
    encoding = "utf-8-sig" if extension == "csv" else "utf-8"
    return CleanFile(_text(file.read()).encode(encoding), extension=extension)


def _text(data: bytes) -> str:
    """The characters of a text in UTF-8, or in UTF-16 with its mark; raises RefusalError."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_text() from error
    if "\0" in text:
        raise _not_text()
    return text


def _not_text() -> RefusalError:
    return RefusalError(
        _(
            "This file is not plain text in UTF-8. Save it anew with the encoding UTF-8 and "
            "upload that."
        ),
        code="not_text",
    )
