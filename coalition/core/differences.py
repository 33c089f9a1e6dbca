"""What became of a text: the words that are new, gone or the same."""

from difflib import SequenceMatcher
from typing import NamedTuple

from icu4py.breakers import WordBreaker


class Piece(NamedTuple):
    """A run of words: `same`, `ins` where they are new, `del` where they are gone."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """From one text to the other, word by word; in scripts without spaces, by their own words."""
    before, after = words_of(old), words_of(new)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(before[start:end])))
            continue
        if gone := "".join(before[start:end]):
            found.append(Piece("del", gone))
        if come := "".join(after[new_start:new_end]):
            found.append(Piece("ins", come))
    return found


def changed_characters(old: str, new: str) -> int:
    """How many characters of words differ, the more of both sides."""
    before, after = words_of(old), words_of(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return sum(
        max(len("".join(before[start:end])), len("".join(after[new_start:new_end])))
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    )


def words_of(text: str) -> list[str]:
    """Words and what is between them; together they are the text. ICU goes by the script, so that
    one locale serves all."""
    return list(WordBreaker(text, "en"))
