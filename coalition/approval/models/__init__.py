"""State of approval: the steps, what was submitted, who decided for whom, deputies, notes."""

from .deputy import Deputy
from .steps import SecondReaderStep, SecretariatStep, SectionStep, Step
from .submission import Decision, Digest, Note, Submission

__all__ = [
    "Decision",
    "Deputy",
    "Digest",
    "Note",
    "SecondReaderStep",
    "SecretariatStep",
    "SectionStep",
    "Step",
    "Submission",
]
