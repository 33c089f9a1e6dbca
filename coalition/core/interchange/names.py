"""What values name beside their text: pages, pictures, documents. Here as they are stored."""

from typing import Any

from coalition.core.interchange.html import canonical

MEDIA = "media"
"""The folder of the files, and how their names begin."""


class MissingError(Exception):
    """What a value names is not there; the message says what."""


class MissingFileError(MissingError):
    """A picture or a document is not there."""


class Names:
    """By their ids, which is enough to tell whether something changes."""

    def picture(self, pk: int) -> Any:
        """What the format calls the picture; raises MissingError."""
        return pk

    def document(self, pk: int) -> Any:
        """What the format calls the document; raises MissingError."""
        return pk

    def page(self, pk: int) -> Any:
        """What the format calls the page; raises MissingError."""
        return pk

    def html(self, html: str) -> str:
        """The HTML of rich text, without the marks that the editor leaves in it."""
        return canonical(html)

    def left_out(self, error: MissingError) -> None:
        """Told of what is not there and therefore not written."""


STORED = Names()
