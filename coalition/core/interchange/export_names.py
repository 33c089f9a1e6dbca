"""Names of pages and files as an export writes them."""

from dataclasses import dataclass, field
from functools import lru_cache

from wagtail.models import Page

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.html import Attributes, with_links
from coalition.core.interchange.names import MissingError, Names
from coalition.core.interchange.references import SCHEME
from coalition.core.models import CoalitionDocument, CoalitionImage, PageKey


@dataclass
class ExportNames(Names):
    """By keys and file names; `remarks` say what the page being written names in vain."""

    media: MediaExport
    language: str = ""
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._key_of = lru_cache(maxsize=5000)(_key_of)

    def begin(self, language: str) -> None:
        """A page in that language begins."""
        self.language, self.remarks = language, []

    def picture(self, pk: int) -> str:
        """“media/NAME”; raises MissingError."""
        return self.media.name(CoalitionImage, pk)

    def document(self, pk: int) -> str:
        """“media/NAME”; raises MissingError."""
        return self.media.name(CoalitionDocument, pk)

    def page(self, pk: int) -> str:
        """The key, with its language where that is another one; raises MissingError."""
        found = self._key_of(pk)
        if found is None:
            raise MissingError("a page that was deleted")
        key, language = found
        return key if language == self.language else f"{key}@{language}"

    def html(self, html: str) -> str:
        """Rich text whose links name pages and files."""
        return with_links(super().html(html), self._written)

    def left_out(self, error: MissingError) -> None:
        """Remember what is not there."""
        if (remark := f"{error} is left out") not in self.remarks:
            self.remarks.append(remark)

    def _written(self, link: Attributes) -> Attributes | None:
        kind, number = link.get("linktype"), link.get("id", "")
        if kind not in ("page", "document"):
            return link
        try:
            pk = int(number) if number.isdecimal() else 0
            address = f"{SCHEME}{self.page(pk)}" if kind == "page" else self.document(pk)
        except MissingError as error:
            self.left_out(MissingError(f"a link to {error}"))
            return None
        return {"href": address}


def _key_of(pk: int) -> tuple[str, str] | None:
    """Key and language of a page; of an alias those of the page that it shows."""
    values = ("translation_key", "locale__language_code", "alias_of")
    found = Page.objects.filter(pk=pk, depth__gt=1).values_list(*values).first()
    if found is None:
        return None
    if found[2] is not None:
        return _key_of(found[2])
    key = PageKey.objects.filter(translation_key=found[0]).values_list("key", flat=True).first()
    return None if key is None else (key, found[1])
