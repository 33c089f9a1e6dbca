"""Documents, without what names the people who wrote them."""

from typing import Any, ClassVar
from unicodedata import category

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from coalition.core.files.fields import DocumentField

from .file_holder import FileHolder


class CoalitionDocument(FileHolder, AbstractDocument):
    """A document for readers. Its stored name is random; readers get it under its title."""

    objects: ClassVar[Any]

    file = DocumentField(upload_to="documents", verbose_name=_("file"))

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def download_name(self) -> str:
        """The file's name on a reader's machine: the title, without what names cannot hold."""
        kept = "".join(
            " " if category(sign).startswith(("C", "Z")) or sign in '/\\:*?"<>|' else sign
            for sign in self.title
        )
        stem = " ".join(kept.split()).strip(". ")[:100].strip(". ") or f"document-{self.pk}"
        extension: str = self.file_extension
        return stem if stem.lower().endswith(f".{extension}") else f"{stem}.{extension}"

    @property
    def content_disposition(self) -> str:
        """Never shown inside the site's own pages."""
        return "attachment"
