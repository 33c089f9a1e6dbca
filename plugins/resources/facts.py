"""What readers are told of a resource, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coalition.core import languages
from coalition.core.addresses import host_of
from coalition.core.links import Language
from plugins.resources.licences import Licence

if TYPE_CHECKING:
    from plugins.resources.models import ResourcePage


def language_label(code: str) -> str:
    """What a language calls itself; the code of one that the network no longer has."""
    return languages.autonym(code) if languages.is_known(code) else code


@dataclass(frozen=True)
class Facts:
    """Of one resource; its document is read when it is asked for."""

    page: "ResourcePage"

    @property
    def kind(self) -> str:
        """`PDF`, `CSV`, `TXT`; empty for a link."""
        document = self.page.document
        return str(document.file_extension).upper() if document else ""

    @property
    def size(self) -> int:
        """Bytes of the document."""
        document = self.page.document
        return int(document.file_size or 0) if document else 0

    @property
    def host(self) -> str:
        """Which site a link leads to: example.org."""
        return host_of(self.page.link)

    @property
    def language(self) -> Language | None:
        """In which language it is written, as far as that is known."""
        code = self.page.written_in
        return Language(code) if code and languages.is_known(code) else None

    @property
    def licence(self) -> str:
        """The licence in the active language."""
        return self.page.get_licence_display() if self.page.licence else ""

    @property
    def deed(self) -> str:
        """Where the licence is read."""
        known = self.page.licence in Licence.values
        return Licence(self.page.licence).deed if known else ""
