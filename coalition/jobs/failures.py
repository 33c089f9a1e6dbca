"""What may be said about an exception. Its message may quote personal data, so it stays unsaid."""

import traceback
from logging import Logger
from pathlib import PurePath


def place_of(error: BaseException) -> str:
    """The class and where it was raised: `builtins.ValueError at campaigns/domain/mail.py:42`."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return kind[:500]
    file = PurePath(*PurePath(frames[-1].filename).parts[-3:])
    return f"{kind} at {file}:{frames[-1].lineno}"[:500]


def log_failure(logger: Logger, what: str, error: BaseException) -> None:
    """Log that `what` failed, with the lines of code that led there and no values."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s failed: %s\n%s", what, place_of(error), lines.rstrip())
