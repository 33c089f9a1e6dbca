"""A line by itself: what it may say, and what is wrong with it in words."""

import json
from datetime import UTC, datetime

import pytest

from coalition.core.interchange.line import Line, LineError, parse
from tests.interchange.lines import line


def test_a_line_says_what_it_says() -> None:
    text = json.dumps(
        line("about", "km", section="kh", live=True, tags=["privacy"], first_published="2026-03-01")
    )
    assert parse(text) == Line(
        key="about",
        language="km",
        source_language="en",
        section="kh",
        type="standard",
        slug="about",
        title="About",
        live=True,
        tags=["privacy"],
        first_published=datetime(2026, 3, 1, tzinfo=UTC),
    )


def test_a_line_without_a_source_language_is_its_own_source() -> None:
    members = line(language="km")
    del members["source_language"]
    assert parse(json.dumps(members)).source_language == "km"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "this is not JSON"),
        ("hello", "this is not JSON"),
        ("[]", "a line is an object"),
        ("null", "a line is an object"),
        ("[" * 100_000, "this is nested too deeply"),
        ("9" * 5_000, "this is not JSON"),
    ],
)
def test_what_is_no_object_is_refused(text: str, reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        parse(text)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"language": "xx"}, "language: unknown language 'xx'; there are en, ar, bn"),
        ({"language": "bn-BD"}, "language: unknown language 'bn-BD'"),
        ({"language": 5}, "language: unknown language 5"),
        ({"source_language": "de"}, "source_language: unknown language 'de'"),
        ({"type": "poem"}, "unknown type “poem”; there are call, campaign,"),
        ({"type": None}, "type: a text is missing"),
        ({"key": "k" * 200}, "use 1 to 81 of a–z, 0–9 and hyphens"),
        ({"key": "k" * 82}, "use 1 to 81 of a–z"),
        ({"key": "Über"}, "key “Über”: use 1 to 81"),
        ({"key": ""}, "key: a text is missing"),
        ({"parent": "No Key"}, "parent “No Key”: use 1 to 81"),
        ({"slug": "ដី"}, "slug “ដី”: use lower-case ASCII letters"),
        ({"slug": "a/b"}, "slug “a/b”: use lower-case ASCII letters"),
        ({"slug": "About"}, "slug “About”: use lower-case ASCII letters"),
        ({"title": " "}, "title: a text is missing"),
        ({"title": ["x"]}, "title: a text is missing"),
        ({"live": "yes"}, "live: true or false is needed"),
        ({"live": 1}, "live: true or false is needed"),
        ({"body": "text"}, "body: a list of objects with type and value is needed"),
        ({"tags": "privacy"}, "tags: a list of texts is needed"),
        ({"tags": [1]}, "tags: a list of texts is needed"),
        ({"fields": []}, "fields: an object is needed"),
        ({"first_published": "01.03.2026"}, "'01.03.2026' is no ISO date"),
        ({"first_published": "2026-02-30"}, "'2026-02-30' is no ISO date"),
        ({"first_published": 2026}, "2026 is no ISO date"),
        ({"section": 5}, "section: a text is missing"),
        ({"summary": "x"}, "unknown members: summary"),
        ({"title": "a\x00b"}, "the text holds a NUL character"),
        ({"title": "a\ud800b"}, "the text holds half of a character"),
    ],
)
def test_what_is_wrong_is_said(members: dict[str, object], reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        parse(json.dumps(line() | members))


@pytest.mark.parametrize("title", ["𝒜 🙂", "\\u0000 as text", "\\\\u0000", "C:\\ud800"])
def test_whole_characters_and_backslashes_go_in(title: str) -> None:
    assert parse(json.dumps(line(title=title))).title == title
