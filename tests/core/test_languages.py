"""Codes, names, tags and the choice by Accept-Language."""

import gettext
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from coalition.core import languages

ALL = [
    *("en", "ar", "bn", "fil", "hi", "id", "ja", "km", "ko", "lo", "ms"),
    *("my", "ne", "si", "ta", "tet", "th", "tpi", "ur", "vi", "zh-hans"),
]


def test_all_languages_of_the_network_are_served() -> None:
    assert languages.codes() == ALL


@pytest.mark.parametrize("code", ALL[1:])
def test_every_language_has_a_catalogue_and_is_activated(code: str) -> None:
    with translation.override(code):
        assert translation.get_language() == code
    folder = Path(settings.LOCALE_PATHS[0])
    assert gettext.find("django", str(folder), [translation.to_locale(code)]) is not None


def test_autonyms() -> None:
    assert {code: languages.autonym(code) for code in ALL} == {
        "en": "English",
        "ar": "العربية",
        "bn": "বাংলা",
        "fil": "Filipino",
        "hi": "हिन्दी",
        "id": "Indonesia",
        "ja": "日本語",
        "km": "ខ្មែរ",
        "ko": "한국어",
        "lo": "ລາວ",
        "ms": "Melayu",
        "my": "မြန်မာ",
        "ne": "नेपाली",
        "si": "සිංහල",
        "ta": "தமிழ்",
        "tet": "Tetun",
        "th": "ไทย",
        "tpi": "Tok Pisin",
        "ur": "اردو",
        "vi": "Tiếng Việt",
        "zh-hans": "简体中文",
    }


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("km", "en", "Khmer"),
        ("en", "km", "អង់គ្លេស"),
        ("zh-hans", "en", "Simplified Chinese"),
        ("tet", "en", "Tetum"),
        ("tpi", "tet", "Tok Pisin"),  # CLDR has no Tetum: in English
        ("fil", "en", "Filipino"),
    ],
)
def test_language_names(code: str, reader: str, name: str) -> None:
    assert languages.language_name(code, reader) == name


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("kh", "en", "Cambodia"),
        ("kh", "km", "កម្ពុជា"),
        ("tl", "tet", "Timor-Leste"),
        ("xx", "en", "XX"),
    ],
)
def test_country_names(code: str, reader: str, name: str) -> None:
    assert languages.country_name(code, reader) == name


def test_country_codes_are_those_of_countries() -> None:
    codes = languages.country_codes()
    assert {"kh", "th", "pg", "nz", "tl"} <= codes
    assert {"eu", "un", "zz", "xa", "419", "KH"} & codes == set()


def test_direction() -> None:
    assert [code for code in ALL if languages.direction(code) == "rtl"] == ["ar", "ur"]


@pytest.mark.parametrize(
    ("code", "tag"), [("km", "km"), ("zh-hans", "zh-Hans"), ("fil", "fil"), ("tet", "tet")]
)
def test_html_lang(code: str, tag: str) -> None:
    assert languages.html_lang(code) == tag


def test_hreflang_takes_iso_639_1_only() -> None:
    assert [code for code in ALL if languages.hreflang(code) is None] == ["fil", "tet", "tpi"]
    assert languages.hreflang("zh-hans") == "zh-Hans"


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("km", "km"),
        ("KM", "km"),
        ("tl", "fil"),
        ("TL", "fil"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("in", "id"),
        ("xx", None),
        ("", None),
        ("km-KH", None),
    ],
)
def test_canonical(code: str, canonical: str | None) -> None:
    assert languages.canonical(code) == canonical


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("km", "km"),
        ("KM-kh,en;q=0.5", "km"),
        ("en;q=0.5, km;q=0.9", "km"),
        ("tl-PH", "fil"),
        ("tl", "fil"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("zh-Hans-SG", "zh-hans"),
        ("zh", "zh-hans"),
        ("in-ID", "id"),
        ("km_KH", "km"),
        ("de, xx, lo;q=0.1", "lo"),
        ("km;q=0, th;q=0.1", "th"),
        ("", None),
        ("*", None),
        ("de", None),
        (";;;", None),
        ("km;q=high", None),
        ("\x00", None),
        ("k" * 10_000, None),
        ("de," * 10_000 + "km", None),  # read up to 500 characters
        ("ភាសាខ្មែរ", None),
    ],
)
def test_best_of_accept_language(header: str, best: str | None) -> None:
    assert languages.best_of(header, ALL) == best


def test_best_of_takes_only_what_is_there() -> None:
    assert languages.best_of("km, th;q=0.5", ["en", "th"]) == "th"
    assert languages.best_of("km", ["en", "th"]) is None
    assert languages.best_of("km", []) is None


@pytest.mark.django_db
@pytest.mark.parametrize("code", ALL)
def test_every_home_is_served_in_its_language(client: Client, code: str) -> None:
    answer = client.get(f"/{code}/")
    html = answer.content.decode()
    tag, direction = languages.html_lang(code), languages.direction(code)
    assert answer.status_code == 200
    assert f'<html lang="{tag}" dir="{direction}">' in html
    assert answer.headers["Content-Language"] == tag
