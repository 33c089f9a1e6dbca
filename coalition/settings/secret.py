"""A secret key for one machine, made once and kept beside the database."""

import secrets
from pathlib import Path

from .environment import existing


def stored_secret(path: Path) -> str:
    """The secret in `path`; when there is none, a new one is written there first."""
    existing(path.parent)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
