"""Template tags for the language a fragment of a page is written in."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from coalition.core import languages
from coalition.core.dates import long_date

register = template.Library()


class Written(Protocol):
    """Anything that knows its language, as the `lang` and `dir` attributes want it."""

    html_lang: str
    dir: str


@dataclass(frozen=True)
class InterfaceLanguage:
    """The language of menus, labels and forms."""

    code: str
    html_lang: str
    dir: str


class Offered(Protocol):
    """One line of the language switcher."""

    current: bool
    available: bool


OfferedT = TypeVar("OfferedT", bound=Offered)


@register.simple_tag
def interface_language() -> InterfaceLanguage:
    """The active language, for pages that are rendered without `chrome` (errors, accounts)."""
    code = get_language() or "en"
    return InterfaceLanguage(code, languages.html_lang(code), languages.direction(code))


@register.simple_tag
def lang_of(written: "Written | str | None") -> SafeString:
    """` lang="…" dir="…"` for a fragment in another language than the interface, else nothing.

    `written` is a language code or an object with `html_lang` and `dir`.
    """
    if not written:
        return SafeString("")
    if isinstance(written, str):
        tag, direction = languages.html_lang(written), languages.direction(written)
    else:
        tag, direction = written.html_lang, written.dir
    if tag == languages.html_lang(get_language() or "en"):
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', tag, direction)


@register.filter
def written_in(offered: list[OfferedT]) -> list[OfferedT]:
    """The lines of the switcher in whose language this page exists."""
    return [item for item in offered if item.available or item.current]


@register.filter
def not_written_in(offered: list[OfferedT]) -> list[OfferedT]:
    """The lines of the switcher in whose language only the menus exist."""
    return [item for item in offered if not item.available and not item.current]


@register.filter
def html_lang(code: str) -> str:
    """The BCP 47 tag of a language code, for `lang` and `hreflang` attributes."""
    return languages.html_lang(code)


@register.filter
def reader_date(day: date | None, code: str = "") -> str:
    """A day in words, in the active language or that of `code`; nothing for None."""
    return long_date(day, code or get_language() or "en") if day else ""
