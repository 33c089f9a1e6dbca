"""The piece of a text that is shown with a hit, with the words that were found in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import analysis
from .terms import Term

WIDTH = 220  # characters


@dataclass(frozen=True)
class Part:
    """A stretch of an excerpt; `found` when the reader asked for it."""

    text: str
    found: bool = False


def excerpt(text: str, terms: Sequence[Term], language: str) -> tuple[Part, ...] | None:
    """About WIDTH characters of `text` where most of `terms` are, None when none is in it.

    The terms are looked up in the entry's own text, never in an engine's copy of it: the copy may
    lag behind a correction. So there are no separators to remove either.
    """
    spans = find(text, terms)
    if not spans:
        return None
    start, end = analysis.cut(text, _densest(spans), WIDTH, language)
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    parts: list[Part] = [Part("…")] if start else []
    at = start
    for a, b in inside:
        parts += [Part(text[at:a]), Part(text[a:b], found=True)]
        at = b
    parts.append(Part(text[at:end] + ("…" if end < len(text) else "")))
    return tuple(part for part in parts if part.text)


def beginning(text: str, language: str) -> tuple[Part, ...]:
    """The first WIDTH characters or less, cut at a word."""
    _start, end = analysis.cut(text, (0, 0), WIDTH, language)
    return (Part(text[:end] + ("…" if end < len(text) else "")),) if text else ()


def find(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where `terms` are in `text`: offsets in order, overlapping ones joined."""
    masked = analysis.mask(text)
    spans = sorted(
        match.span()
        for term in terms
        for match in pattern(term).finditer(masked)
        if match.end() > match.start()
    )
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pattern(term: Term) -> re.Pattern[str]:
    """Finds the term in a masked text."""
    return analysis.pattern(term.text, prefix=term.prefix, suffix=term.suffix)


def _densest(spans: list[tuple[int, int]]) -> tuple[int, int]:
    """From the first to the last of the spans that fill most of one excerpt's width."""
    best, most, first, filled = spans[0], 0, 0, 0
    for last, (start, end) in enumerate(spans):
        filled += end - start
        while first < last and end - spans[first][0] > WIDTH:
            filled -= spans[first][1] - spans[first][0]
            first += 1
        if filled > most:
            best, most = (spans[first][0], end), filled
    return best
