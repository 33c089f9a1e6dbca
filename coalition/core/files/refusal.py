"""Why a file is not stored."""

from typing import Any

from django.core.exceptions import ValidationError


class RefusalError(ValidationError):
    """A file that is not stored; the message is whole sentences that say what to do."""

    def __init__(self, message: Any, *, code: str, **params: object) -> None:
        super().__init__(message, code=code, params=params)
