"""Text as search sees it: one folding and one segmentation for all engines.

Thai, Khmer, Lao, Burmese, Chinese and Japanese put no spaces between words, and no dictionary
knows all of theirs: their runs become graphemes, and words are found as phrases of these.
"""

import re
import unicodedata
from collections.abc import Callable

from icu4py.breakers import CharacterBreaker, WordBreaker

VERSION = 1  # raise it whenever texts come out differently: engines then differ from entries
SEPARATOR = "\x1f"
_HIDDEN = "\u200b"  # stands for every invisible character where offsets must stay

# Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = re.compile(f"[{UNSPACED}]+")
_PIECES = re.compile(rf"[\s{SEPARATOR}]+")

# What keyboards of the same language write differently: Arabic and Urdu yeh, kaf, heh, alef.
_ARABIC = dict(zip("أإٱىيكہةۃۀ", "ااایی" + "ک" + "هههه", strict=True))
# Arabic vowel signs and the stretching stroke: printed in some texts, typed by nobody.
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u0640]")


class _Table(dict[int, str]):
    """A table for `str.translate` that is filled as characters turn up."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        self[code] = self._fold(chr(code))
        return self[code]


def is_invisible(char: str) -> bool:
    """Joiners, zero-width spaces, soft hyphens, variation selectors, Arabic vowel signs."""
    return (
        unicodedata.category(char) == "Cf"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or bool(_ARABIC_MARKS.match(char))
    )


def is_token(char: str) -> bool:
    """Whether the character is part of a word: the categories that FTS5 is told as well."""
    category = unicodedata.category(char)
    return category[0] in "LN" or category in {"Co", "Mn", "Mc"}


def begins_word(char: str) -> bool:
    """Whether a word may begin with the character: no combining mark does."""
    return is_token(char) and unicodedata.category(char)[0] != "M"


def is_unspaced(text: str) -> bool:
    """Whether `text` begins in a script without spaces between words."""
    return bool(_RUN.match(text))


def _fold_char(char: str) -> str:
    if is_invisible(char):
        return ""
    category = unicodedata.category(char)
    if category in {"Cc", "Cs"}:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return _ARABIC.get(char, char)


def _mask_char(char: str) -> str:
    folded = _fold_char(char)
    if not folded:
        return _HIDDEN
    if not is_token(folded):
        return " "
    if folded < "\u0250" or "\u1e00" <= folded <= "\u1eff":
        folded = unicodedata.normalize("NFD", folded)[0]
    lower = folded.lower()
    return lower if len(lower) == 1 else folded


_FOLD = _Table(_fold_char)
_MASK = _Table(_mask_char)


def normal(text: str) -> str:
    """NFC on one line, without control characters: how entries keep their texts."""
    clean = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    return " ".join(unicodedata.normalize("NFC", clean).split())


def fold(text: str) -> str:
    """NFC, digits as 0–9, one form of each Arabic letter, nothing invisible."""
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def mask(text: str) -> str:
    """`fold`, lower case, no diacritics on Latin letters, spaces for all that is no word.

    Each character stays at its place: an offset in the result is one in the text.
    """
    return text.translate(_MASK)


def graphemes(run: str) -> list[str]:
    """User-perceived characters. (ICU's offsets count UTF-16 units; iteration is right.)"""
    return [grapheme for grapheme in CharacterBreaker(run, "en") if grapheme]


def segment(text: str) -> str:
    """`fold`, with every grapheme of scripts without spaces between `SEPARATOR`s."""
    return _RUN.sub(
        lambda run: SEPARATOR + SEPARATOR.join(graphemes(run[0])) + SEPARATOR, fold(text)
    )


def tokens(text: str) -> list[str]:
    """The words and graphemes of `text` in order, punctuation around them included."""
    return [piece for piece in _PIECES.split(segment(text)) if any(map(is_token, piece))]


def words(text: str, language: str) -> list[str]:
    """The words of folded `text` as ICU's dictionaries see them, punctuation left out."""
    return [word for word in WordBreaker(text, language) if any(map(is_token, word))]


def pattern(term: str, *, prefix: bool, suffix: bool) -> re.Pattern[str]:
    """Finds `term` in a masked text: whole words, their beginnings or ends; graphemes anywhere."""
    masked = " ".join(mask(fold(term)).split())
    parts, before = [], ""
    for char in masked:
        if char == " ":
            parts.append(f"[ {_HIDDEN}]+")
        else:
            loose = before and (_RUN.match(before) or _RUN.match(char))
            parts.append(f"[ {_HIDDEN}]*" if loose else f"{_HIDDEN}*" if before else "")
            parts.append(re.escape(char))
        before = "" if char == " " else char
    start = "" if suffix or _RUN.match(masked) else f"(?<![^ {_HIDDEN}])"
    end = "" if prefix or _RUN.match(masked[-1:]) else f"(?![^ {_HIDDEN}])"
    return re.compile(start + "".join(parts) + end)


def cut(text: str, around: tuple[int, int], width: int, language: str) -> tuple[int, int]:
    """Where to cut `text` for an excerpt of about `width` characters that holds `around`.

    Cuts fall on ICU's word boundaries; a third of the room goes before the match. Returns start
    and end offsets, without the spaces at both ends.
    """
    if len(text) <= width:
        return 0, len(text)
    start, end = around[0], min(around[1], around[0] + width)
    left = max(0, min(start - (width - (end - start)) // 3, len(text) - width))
    right = min(len(text), left + width)
    # Dictionaries need some text before the first boundary to fall into step.
    base = max(0, left - 60)
    window = text[base : right + 60]
    breaks = _offsets(window, base, language)
    first = max((at for at in breaks if at <= left), default=left) if left else 0
    if left and first < left - 30:
        first = min((at for at in breaks if left <= at <= start), default=start)
    last = max((at for at in breaks if max(first, end) <= at <= right), default=right)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _offsets(text: str, base: int, language: str) -> list[int]:
    """Offsets of word boundaries, those of graphemes where one word fills the whole text."""
    for pieces in (list(WordBreaker(text, language)), graphemes(text)):
        offsets, at = [base], base
        for piece in pieces:
            at += len(piece)
            offsets.append(at)
        if len(offsets) > 3:
            break
    return offsets
