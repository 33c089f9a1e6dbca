"""What is known about the languages of the network: names from CLDR, direction, tags.

Codes are those of `settings.LANGUAGES` (`km`, `zh-hans`); nothing here reads the database.
"""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

# CLDR has no data, or no name of itself, for these.
_AUTONYMS = {"tet": "Tetun", "tpi": "Tok Pisin", "fil": "Filipino"}
_NAMES = {"tet": "Tetum", "tpi": "Tok Pisin"}
# Two letters in CLDR that are no code of ISO 3166: regions, groups of countries, placeholders.
_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
# Old and regional codes that browsers still send: Tagalog, Indonesian before 1989, Chinese.
_ALIASES = {"tl": "fil", "in": "id", "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}


def codes() -> list[str]:
    """The codes of all languages served, in the order of the settings."""
    return [code for code, _ in settings.LANGUAGES]


def choices() -> list[tuple[str, str]]:
    """Code and autonym of each language, for forms."""
    return [(code, autonym(code)) for code in codes()]


def is_known(code: str) -> bool:
    """Whether pages may be written in `code`."""
    return code in codes()


@lru_cache
def cldr(code: str) -> Locale | None:
    """What CLDR knows of a language, None where it knows nothing."""
    language, _, script = code.partition("-")
    try:
        return Locale.parse("_".join(filter(None, [language, script.title()])))
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache
def autonym(code: str) -> str:
    """What the language calls itself: ខ្មែរ."""
    name = _AUTONYMS.get(code) or _cldr_name(code, code)
    return name or str(get_language_info(code)["name_local"])


@lru_cache
def language_name(code: str, in_language: str) -> str:
    """The name of `code` for readers of `in_language`, in English where CLDR has none."""
    return _cldr_name(code, in_language) or _cldr_name(code, "en") or _NAMES.get(code, code)


def _cldr_name(code: str, in_language: str) -> str | None:
    known = cldr(in_language)
    language, _, script = code.partition("-")
    names = known.languages if known else {}
    return names.get(f"{language}_{script.title()}") or names.get(language)


@lru_cache
def country_name(code: str, in_language: str) -> str:
    """The name of the country with ISO 3166 alpha-2 `code`, in English where CLDR has none."""
    for reader in (in_language, "en"):
        known = cldr(reader)
        if known and (name := known.territories.get(code.upper())):
            return str(name)
    return code.upper()


@lru_cache
def country_codes() -> frozenset[str]:
    """The alpha-2 codes of ISO 3166, in lower case."""
    english = Locale("en")
    return frozenset(
        code.lower()
        for code in map(str, english.territories)
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    )


def direction(code: str) -> str:
    """`rtl` or `ltr`, as the `dir` attribute wants it."""
    return "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def html_lang(code: str) -> str:
    """The BCP 47 tag for the `lang` attribute: `zh-Hans`."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def hreflang(code: str) -> str | None:
    """The tag for hreflang, None where ISO 639-1 has no code (search engines refuse others)."""
    return html_lang(code) if len(code.partition("-")[0]) == 2 else None


def canonical(code: str) -> str | None:
    """The code that a language is served under (`KM` is `km`, `tl` is `fil`), None for others."""
    code = code.lower()
    code = _ALIASES.get(code, code)
    return code if is_known(code) else None


def best_of(accept_language: str, available: Iterable[str]) -> str | None:
    """The language of `available` that the header asks for most, None when it names none.

    A region or script that is not served is left out: `km-KH` is `km`, `zh-TW` is `zh-hans`.
    """
    offered = set(available)
    for asked, _quality in parse_accept_lang_header(accept_language.replace("_", "-")):
        for code in (asked, asked.partition("-")[0]):
            if (served := _ALIASES.get(code, code)) in offered:
                return served
    return None
