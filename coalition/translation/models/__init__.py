"""State of translation: the segments of texts, and what was asked to be translated."""

from .segments import SourceText, TranslatedRevision, TranslationState
from .submission import Submission, SubmittedPage

__all__ = ["SourceText", "Submission", "SubmittedPage", "TranslatedRevision", "TranslationState"]
