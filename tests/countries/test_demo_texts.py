"""The demonstration's texts: complete, in their own script, nothing told twice."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coalition.core import languages
from countries.demo import pictures

DATA = Path(__file__).resolve().parents[2] / "countries" / "demo"
LANGUAGES = languages.codes()
SCRIPTS = {
    "ar": "ARABIC",
    "bn": "BENGALI",
    "hi": "DEVANAGARI",
    "ja": "CJK|HIRAGANA|KATAKANA",
    "km": "KHMER",
    "ko": "HANGUL",
    "lo": "LAO",
    "my": "MYANMAR",
    "ne": "DEVANAGARI",
    "si": "SINHALA",
    "ta": "TAMIL",
    "th": "THAI",
    "ur": "ARABIC",
    "zh-hans": "CJK",
}
# What is the same in every language, and what is no prose.
SHARED = {
    "key", "slug", "section", "type", "live", "tags", "first_published", "parent",
    "source_language", "image", "url", "date", "opens", "closes", "email", "phone", "languages",
    "sections", "consent_given_on", "consent_expires_on", "by_guardian",
}  # fmt: skip
SHORT = 31  # characters: labels, names and sources may come again, sentences may not


@cache
def pages(language: str) -> dict[str, dict[str, Any]]:
    lines = (DATA / "pages" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return {page["key"]: page for page in map(json.loads, lines)}


def sections() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "sections.jsonl").read_text().splitlines()]


def prose(value: Any, name: str = "") -> Iterator[str]:
    """Every text below a value that readers read."""
    if name in SHARED:
        return
    if isinstance(value, dict):
        for member, below in value.items():
            yield from prose(below, member)
    elif isinstance(value, list):
        for below in value:
            yield from prose(below)
    elif isinstance(value, str):
        yield from filter(None, (part.strip() for part in re.split(r"<[^>]+>", value)))


def texts(page: dict[str, Any]) -> list[str]:
    return list(prose([page["title"], page["body"], page["fields"]]))


def shape(value: Any, name: str = "") -> Any:
    """A value without its prose: what a translation has in common with its source."""
    if name in SHARED:
        return value
    if isinstance(value, dict):
        return {member: shape(below, member) for member, below in value.items()}
    if isinstance(value, list):
        return [shape(below) for below in value]
    return re.findall(r"</?\w+", value) if isinstance(value, str) else value


def test_it_is_as_large_as_it_says() -> None:
    kinds = Counter(section["kind"] for section in sections())
    assert kinds == {"country": 12, "network": 2}
    types = Counter(page["type"] for page in pages("en").values())
    assert (types["campaign"], types["call"], types["story"]) == (3, 6, 12)
    guides = [key for key in pages("en") if "-guide-" in key]
    assert len(guides) >= 8
    assert sum(len(pages(language)) for language in LANGUAGES) >= 240
    in_languages = Counter(key for language in LANGUAGES for key in pages(language))
    for key, page in pages("en").items():
        if page["type"] == "campaign":
            assert in_languages[key] >= 8
            assert len(page["fields"]["sections"]) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_pages(language: str) -> None:
    """Those of the network, and the root of every section that uses the language."""
    roots = {f"section-{row['code']}" for row in sections() if language in row["languages"]}
    wanted = {"home", "about", "how-we-protect-you", "contact"} | roots
    assert wanted <= set(pages(language))
    assert {page["language"] for page in pages(language).values()} == {language}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_translation_is_built_as_its_source(language: str) -> None:
    for key, page in pages(language).items():
        source = pages("en")[key]
        for member in ("slug", "section", "type", "parent", "tags", "body", "fields"):
            assert shape(page.get(member), member) == shape(source.get(member), member), key


@pytest.mark.parametrize("language", SCRIPTS)
def test_texts_are_in_the_script_of_their_language(language: str) -> None:
    for key, page in pages(language).items():
        letters = [sign for text in texts(page) for sign in text if sign.isalpha()]
        own = sum(bool(re.match(SCRIPTS[language], unicodedata.name(sign, ""))) for sign in letters)
        assert own >= 0.9 * len(letters), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_told_twice(language: str) -> None:
    found = Counter(text for page in pages(language).values() for text in texts(page))
    sentence = {text: count for text, count in found.items() if len(text) > SHORT}
    assert {text: count for text, count in sentence.items() if count > 1} == {}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_is_left_in_english(language: str) -> None:
    english = {text for page in pages("en").values() for text in texts(page) if len(text) > SHORT}
    assert english.isdisjoint(text for page in pages(language).values() for text in texts(page))


def test_topics_and_networks_have_names_in_every_language() -> None:
    topics = json.loads((DATA / "topics.json").read_text(encoding="utf-8"))
    assert [slug for slug, names in topics.items() if set(names) != set(LANGUAGES)] == []
    for page in pages("en").values():
        assert set(page["tags"]) <= set(topics)
    for row in sections():
        if row["kind"] == "network":
            assert set(row["names"]) == set(LANGUAGES)


def test_every_picture_is_drawn_and_told_in_words() -> None:
    shown = {
        (page["fields"]["picture"]["image"], bool(page["fields"]["picture"]["alt"].strip()))
        for language in LANGUAGES
        for page in pages(language).values()
        if page["fields"].get("picture")
    }
    assert shown == {(f"media/{name}.png", True) for name in pictures.NAMES}


@pytest.mark.parametrize("name", pictures.NAMES)
def test_pictures_are_drawn_the_same_each_time(name: str) -> None:
    first, second = pictures.draw(name), pictures.draw(name)
    assert first.size == (1280, 800)
    assert first.tobytes() == second.tobytes()
