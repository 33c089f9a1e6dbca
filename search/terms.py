"""What a reader typed, taken apart: words, "phrases", -not. All engines start from this."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from . import analysis

MAX_LENGTH = 200  # characters of a query
MAX_TERMS = 32  # words and phrases of a query

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_TERM = re.compile(r'(?P<no>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """Folded text to be found as one phrase.

    `prefix` when its last word may be a beginning, `suffix` when its first may be an end.
    """

    text: str
    prefix: bool = False
    suffix: bool = False


@dataclass(frozen=True)
class Terms:
    """A query: all of `wanted` and none of `unwanted`. Nothing wanted means nothing asked.

    `run` is the query as a stretch of text, empty when it has quotes or unwanted words.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    run: str = ""

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @cached_property
    def whole(self) -> Term:
        """All that is wanted, as one phrase."""
        last = self.wanted[-1]
        return Term(" ".join(term.text for term in self.wanted), prefix=last.prefix)

    @cached_property
    def tail(self) -> Term | None:
        """The query as one phrase without its first word or grapheme, None if that is all.

        A run copied from the middle of a text mostly begins inside a word; this finds its page.
        """
        first, *others = analysis.tokens(self.whole.text)
        rest = without_lone_marks(self.whole.text.partition(first)[2])
        return Term(rest, prefix=True) if others and rest else None

    @cached_property
    def units(self) -> tuple[Term, ...]:
        """The words by themselves; where no spaces are, as ICU's dictionaries cut them."""
        found = [
            Term(word)
            for term in self.wanted
            for word in analysis.words(term.text, "en")
            if len(word) > 1 or not analysis.is_unspaced(word)
        ]
        if found and self.wanted[-1].prefix:
            found[-1] = Term(found[-1].text, prefix=True)
        return tuple(dict.fromkeys(found)) or self.wanted

    @property
    def pieces(self) -> tuple[Term, ...]:
        """What to mark where only parts of the query were found: its words, or all in a row."""
        return (self._anywhere, *self.units)

    @property
    def found(self) -> tuple[Term, ...]:
        """What to mark where all of the query was found."""
        return (self._anywhere, *self.wanted) if len(self.wanted) > 1 else self.wanted

    @property
    def _anywhere(self) -> Term:
        return Term(self.whole.text, prefix=True, suffix=True)


def parse(query: str) -> Terms:
    """Take `query` apart. Any text is allowed; of a long one the beginning counts."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    matches = _TERM.finditer(query[:MAX_LENGTH].translate(_QUOTES))
    for match in islice(matches, MAX_TERMS):
        word = match["word"]
        text = without_lone_marks(analysis.fold(word if word is not None else match["phrase"]))
        if text:
            term = Term(text, prefix=word is not None)
            (unwanted if match["no"] else wanted).append(term)
    if not wanted:
        # Nothing can be shown for "-this" alone; a text cut before "-governmental" starts so too.
        wanted, unwanted = unwanted, []
    whole = [Term(term.text) for term in wanted[:-1]]
    plain = not unwanted and all(term.prefix for term in wanted)
    return Terms(
        wanted=tuple(whole + wanted[-1:]),
        unwanted=tuple(Term(term.text) for term in unwanted),
        run=without_lone_marks(analysis.normal(query[:MAX_LENGTH])) if plain else "",
    )


def without_lone_marks(text: str) -> str:
    """`text` from its first letter or number on, empty when it has none.

    Who copies a run may cut inside a grapheme; the vowel signs left over belong to no word.
    """
    start = next((at for at, char in enumerate(text) if analysis.begins_word(char)), len(text))
    return " ".join(text[start:].split())
