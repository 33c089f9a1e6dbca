"""Search finds what readers see, and nothing else."""

from typing import Any

import pytest

from .made import TABLE, stream


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("heading", "Land", ["Land"]),
        ("subheading", "Shore", ["Shore"]),
        ("paragraph", "<p>Who <b>owns</b> it?</p>", ["Who owns it?"]),
        ("quote", {"text": "We do.", "attribution": "A farmer"}, ["We do.", "A farmer"]),
        ("callout", {"kind": "warning", "text": "<p>Leave it.</p>"}, ["Leave it."]),
        (
            "accordion",
            [{"question": "Who?", "answer": "<p>All.</p>"}, {"question": "When?", "answer": "Now"}],
            ["Who?", "All.", "When?", "Now"],
        ),
        ("picture", {"image": None, "alt": "A boat", "caption": "Lake"}, ["A boat", "Lake"]),
        (
            "gallery",
            [{"image": None, "alt": "A boat"}, {"image": None, "alt": "A net", "caption": "Lake"}],
            ["A boat", "A net", "Lake"],
        ),
        (
            "statistics",
            [{"number": "3/4", "label": "boats", "source": "Survey", "url": "https://e.org/"}],
            ["3/4", "boats", "Survey"],
        ),
        (
            "table",
            TABLE,
            [
                *("Hearings", "Province", "Hearing", "Families"),
                *("Coast", "none", "1 240", "Hills", "none", "-3"),
            ],
        ),
        ("documents", [{"document": None, "title": "The report"}], ["The report"]),
        ("related_pages", [], []),
        ("video", {"title": "The lake", "url": "https://v.org/", "picture": None}, ["The lake"]),
    ],
)
@pytest.mark.django_db
def test_words_of_a_block(name: str, value: Any, words: list[str]) -> None:
    body = stream((name, value))
    found = body.stream_block.get_searchable_content(body)
    assert [word for word in found if word] == words
