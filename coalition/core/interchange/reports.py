"""What an import says of each line."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a line."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class LineReport:
    """The line's number, what became of it, and what its author should know."""

    number: int
    outcome: Outcome
    message: str = ""
