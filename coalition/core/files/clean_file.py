"""The mark of a file that holds nothing but what is meant to be shown."""

import hashlib
import secrets

from django.core.files.base import ContentFile


class CleanFile(ContentFile[bytes]):
    """A file whose bytes were written here. Its name is random: names of uploads give away."""

    def __init__(self, content: bytes, *, extension: str) -> None:
        """Take the bytes and an extension without its dot."""
        super().__init__(content, name=f"{secrets.token_hex(8)}.{extension}")
        self.digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
