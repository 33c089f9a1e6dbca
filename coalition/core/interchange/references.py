"""What a line names: pages by key, pictures and documents in the folder of the import."""

import re
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from coalition.core import languages
from coalition.core.interchange.block_values import expect
from coalition.core.interchange.html import Attributes, sanitised, with_links
from coalition.core.interchange.line import Line
from coalition.core.interchange.media import Holder, Media
from coalition.core.interchange.names import MEDIA, MissingError, MissingFileError
from coalition.core.interchange.places import Places
from coalition.core.interchange.reports import Outcome
from coalition.core.models import CoalitionDocument, CoalitionImage, PageKey
from coalition.core.models.key import KEY_PATTERN
from coalition.sections.models import Section

SCHEME = "page:"
FILES: dict[str, type[Holder]] = {"picture": CoalitionImage, "document": CoalitionDocument}


@dataclass
class References:
    """Finds what one line names, and remembers what it did not find.

    `draft`: the page may lack what has to be there before it goes public.
    `unsettled`: a page was not there in the language that was meant, and may still come.
    `lost_files`: how many pictures and documents were not there.
    """

    line: Line
    section: Section | None
    places: Places
    media: Media
    draft: bool = False
    remarks: list[str] = field(default_factory=list)
    unsettled: bool = False
    lost_files: int = 0

    def find(self, kind: str, name: Any, where: str) -> int:
        """The id of a `picture`, `document` or `page`; raises LineError, MissingError."""
        text: str = expect(name, str, where).strip()
        if kind == "page":
            return self._page(text)
        found = self.media.find(FILES[kind], text, self.section)
        if found.outcome is Outcome.CHANGED:
            self._remark(f"“{text}” has been replaced")
        return found.pk

    def html(self, html: str, where: str) -> tuple[str, list[str]]:
        """HTML to store, and the names of what was taken out of it."""
        clean, removed = sanitised(html)

        def stored(link: Attributes) -> Attributes | None:
            try:
                return self._stored(link, where)
            except MissingError as error:
                self.left_out(where, error)
                return None

        return with_links(clean, stored), removed

    def left_out(self, where: str, error: MissingError) -> None:
        """Remember what is not there."""
        self._remark(f"{where}: {error}, and is left out")
        self.lost_files += isinstance(error, MissingFileError)

    def _remark(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _stored(self, link: Attributes, where: str) -> Attributes:
        """The attributes of a link as Wagtail stores them; raises LineError, MissingError."""
        address = link.get("href", "")
        if address.lower().startswith(SCHEME):
            return {"linktype": "page", "id": str(self._page(address[len(SCHEME) :]))}
        if address.startswith(f"{MEDIA}/"):
            return {"linktype": "document", "id": str(self.find("document", address, where))}
        return link

    def _page(self, reference: str) -> int:
        """The page of `KEY` or `KEY@language`; raises MissingError.

        In that language, else in the line's, else in the one it was first written in.
        """
        name, _at, language = reference.strip().partition("@")
        wanted = language or self.line.language
        key = PageKey.objects.filter(key=name).first() if re.match(KEY_PATTERN, name) else None
        found: dict[str, int] = {}
        if key is not None:
            pages = Page.objects.filter(translation_key=key.translation_key, alias_of=None)
            found = dict(pages.values_list("locale__language_code", "pk"))
        if wanted not in found:
            self.unsettled = languages.is_known(wanted) or self.unsettled
        source = key.source_language if key else ""
        for code in (wanted, self.line.language, source):
            if code in found:
                return found[code]
        raise MissingError(f"“{reference[:100]}” names no page")
