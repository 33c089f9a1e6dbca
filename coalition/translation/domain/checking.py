"""Whether a translation may take the place of its source: markup, placeholders, length."""

import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

from coalition.translation.places import Place

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
BEGUN_TAG = re.compile(r"</?[a-zA-Z]")
# They turn around the text after them, of which nothing is seen in the field.
OVERRIDES = "\u202d\u202e"


class SegmentRefusedError(ValueError):
    """Why a translation is not taken: sentences for the person who wrote it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def checked(*, source: str, text: str, place: Place, keep: bool = False) -> str:
    """The translation as it is kept. `source` and `text` are as `Place.shown` shows them.

    `keep` says that the text is meant to be the same as the source.

    Raises SegmentRefusedError.
    """
    text = tidy(text, place)
    if not text:
        raise SegmentRefusedError([_("There is no translation yet. Write one.")])
    if text == tidy(source, place) and not keep and has_words(source):
        raise SegmentRefusedError(
            [
                _(
                    "This is the source text. Translate it, or tick “Keep as it is” if it is a "
                    "name or a number."
                )
            ]
        )
    problems = [*_characters(text, place), *_markup(source, text, place)]
    problems += _placeholders(source, text) + _length(text, place)
    if problems:
        raise SegmentRefusedError(problems)
    return place.stored(text)


def tidy(text: str, place: Place) -> str:
    """Without blanks around it; lines end in one way, and rich text has no lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return re.sub(r"\s*\n\s*", " ", text) if place.rich else text


def has_words(text: str) -> bool:
    """Whether there is something to translate: a letter outside of tags and placeholders."""
    bare = PLACEHOLDER.sub("", TAG.sub("", text))
    return any(unicodedata.category(char).startswith("L") for char in bare)


def _characters(text: str, place: Place) -> list[str]:
    if place.one_line and "\n" in text:
        return [_("This text has one line only. Take the line breaks out.")]
    hidden = [c for c in text if (unicodedata.category(c) == "Cc" and c != "\n") or c in OVERRIDES]
    if not hidden:
        return []
    codes = ", ".join(sorted({f"U+{ord(char):04X}" for char in hidden}))
    return [
        _("There are characters that nobody can see: %(codes)s. Delete them, or type it anew.")
        % {"codes": codes}
    ]


def _markup(source: str, text: str, place: Place) -> list[str]:
    if not place.rich:
        new = Counter(TAG.findall(text)) - Counter(TAG.findall(source))
        return [
            _("This text has no markup: readers would see %(tag)s. Take it out.") % {"tag": tag}
            for tag in new
        ]
    if BEGUN_TAG.search(TAG.sub("", text)):
        return [_("A tag is not finished. Close it with “>”, or write “&lt;” for the sign “<”.")]
    problems = _Tags.problems_of(text)
    links, wanted = _links(text), _links(source)
    for name in sorted((wanted - links).keys() | (links - wanted).keys()):
        if not wanted[name]:
            problem = _("The source has no link %(link)s. Take it out.")
        elif not links[name]:
            problem = _("The link %(link)s is missing. Put it around the words that lead there.")
        else:
            problem = _("The link %(link)s has to stand there as often as in the source.")
        problems.append(problem % {"link": f'<a id="{name}">'})
    return problems


class _Tags(HTMLParser):
    """Finds tags that are not known, not closed or closed in the wrong order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []
        self.links: Counter[str] = Counter()

    @classmethod
    def problems_of(cls, text: str) -> list[str]:
        tags = cls()
        tags.feed(text)
        tags.close()
        unclosed = [
            _("The tag <%(tag)s> is not closed. Write </%(tag)s> after the words it is for.")
            % {"tag": tag}
            for tag in tags.open
        ]
        return tags.problems + unclosed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if tag == "a" and names == ["id"]:
            self.links[attrs[0][1] or ""] += 1
        elif tag not in INLINE_TAGS or tag == "a":
            self._unknown(tag)
        elif names:
            self.problems.append(
                _("The tag <%(tag)s> has to stand alone. Take out what is written in it.")
                % {"tag": tag}
            )
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag in self.open:
            self.problems.append(
                _("The tag <%(tag)s> is closed before one that stands inside it.") % {"tag": tag}
            )
            self.open.remove(tag)
        else:
            self.problems.append(
                _("The tag </%(tag)s> closes nothing. Take it out.") % {"tag": tag}
            )

    def handle_comment(self, data: str) -> None:
        self._unknown("!--")

    def handle_decl(self, decl: str) -> None:
        self._unknown("!")

    def handle_pi(self, data: str) -> None:
        self._unknown("?")

    def unknown_decl(self, data: str) -> None:
        self._unknown("!")

    def _unknown(self, tag: str) -> None:
        self.problems.append(
            _("The tag <%(tag)s> cannot be used here. Use those of the source only.") % {"tag": tag}
        )


def _links(text: str) -> Counter[str]:
    tags = _Tags()
    tags.feed(text)
    tags.close()
    return tags.links


def _placeholders(source: str, text: str) -> list[str]:
    wanted, found = (Counter(PLACEHOLDER.findall(string)) for string in (source, text))
    problems = []
    for name in sorted((wanted - found).keys() | (found - wanted).keys()):
        if not found[name]:
            problem = _("%(name)s is missing. It stands for something: copy it as it is.")
        elif not wanted[name]:
            problem = _("%(name)s does not stand in the source. Take it out.")
        else:
            problem = _("%(name)s has to stand there as often as in the source.")
        problems.append(problem % {"name": name})
    return problems


def _length(text: str, place: Place) -> list[str]:
    over = len(text) - (place.max_length or len(text))
    if over <= 0 or place.rich:
        return []
    return [
        _("There is room for %(most)d characters; this has %(number)d. Shorten it.")
        % {"most": place.max_length, "number": len(text)}
    ]
