"""Resources, and documents that say something."""

import re
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from wagtail.models import Page

from coalition.core.models import CoalitionDocument
from plugins.resources.models import RepositoryPage, ResourcePage
from tests.factories import home_of, make_page

LINK = "https://example.org/report"


def resource_page(below: Page | None = None, **fields: Any) -> ResourcePage:
    """A resource in the repository of a home or a section's root; a link unless it has a file."""
    repository = RepositoryPage.objects.child_of(below or home_of()).get()
    if "document" not in fields:
        fields.setdefault("link", LINK)
    return make_page(ResourcePage, repository, **fields)


def pdf_saying(*pages: str) -> bytes:
    """A PDF with one line on each page."""
    pdf, data = pikepdf.new(), BytesIO()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for text in pages:
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("cp1252"))
    pdf.save(data)
    return data.getvalue()


def document(content: bytes, name: str = "a.pdf", title: str = "A report") -> CoalitionDocument:
    """A stored document."""
    made: CoalitionDocument = CoalitionDocument.objects.create(
        title=title, file=ContentFile(content, name=name)
    )
    return made


def titles(html: str) -> list[str]:
    """The resources of a list, in its order."""
    return re.findall(r'<article class="resource">\s*<h3[^>]*><a [^>]*>([^<]+)</a>', html)
