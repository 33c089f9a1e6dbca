"""What editors are told when a block cannot be published as it is."""

from typing import Any

import pytest

from .made import TABLE, problem, rendered

REQUIRED = ["This field is required."]
NO_ADDRESS = ["Enter a web address, such as https://example.org/report."]
ADDRESSES = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "ftp://example.org/a.mp4",
    "https://",
    "video",
]


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_needs_its_alternative_text(image: Any, alt: str) -> None:
    value = {"image": image.pk, "alt": alt, "caption": "The lake"}
    assert problem("picture", value) == {"alt": REQUIRED}
    good = {**value, "alt": "A boat"}
    assert problem("gallery", [good, value]) == {1: {"alt": REQUIRED}}
    assert problem("picture", good) is None


@pytest.mark.django_db
def test_a_gallery_has_two_pictures_or_more(image: Any) -> None:
    good = {"image": image.pk, "alt": "A boat"}
    assert problem("gallery", [good]) == ["The minimum number of items is 2"]
    assert problem("gallery", [good] * 25) == ["The maximum number of items is 24"]


@pytest.mark.django_db
def test_empty_blocks() -> None:
    assert problem("picture", {}) == {"image": REQUIRED, "alt": REQUIRED}
    assert problem("documents", [{}]) == {0: {"document": REQUIRED, "title": REQUIRED}}
    assert problem("related_pages", [None]) == {0: REQUIRED}
    assert problem("callout", {"text": ""}) == {"text": REQUIRED}
    assert problem("accordion", [{"question": "", "answer": ""}]) == {
        0: {"question": REQUIRED, "answer": REQUIRED}
    }
    assert problem("statistics", []) == ["The minimum number of items is 1"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_are_linked(address: str) -> None:
    """Refused, and not linked either when it was stored by another way than a form."""
    video = {"title": "The lake", "url": address, "picture": None}
    figure = {"number": "3", "label": "boats", "source": "Survey", "url": address}
    assert problem("video", video) == {"url": NO_ADDRESS}
    assert problem("statistics", [figure]) == {0: {"url": NO_ADDRESS}}
    assert "href" not in rendered("video", video)
    assert "href" not in rendered("statistics", [figure])


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "java&#10;script:alert(1)", "&#1;javascript:alert(1)", "data:,x"],
)
def test_links_in_text_that_lead_nowhere_are_refused(href: str) -> None:
    text = f'<p>See <a href="{href}">this</a>.</p>'
    for refused in (
        problem("paragraph", text),
        problem("callout", {"kind": "note", "text": text})["text"],
        problem("accordion", [{"question": "Who?", "answer": text}])[0]["answer"],
    ):
        assert len(refused) == 1
        assert refused[0].endswith(
            "leads nowhere on the web. Use an address that begins with https://, http://, "
            "mailto: or tel:."
        )


@pytest.mark.parametrize(
    "link",
    [
        'href="https://example.org/"',
        'href="mailto:a@example.org"',
        'href="tel:+855"',
        'href="#part"',
        'href="/en/about/"',
        'linktype="page" id="3"',
    ],
)
def test_links_in_text_that_lead_somewhere_pass(link: str) -> None:
    assert problem("paragraph", f"<p><a {link}>this</a></p>") is None


def table(**changes: Any) -> dict[str, Any]:
    return {**TABLE, **changes}


def of_size(rows: int, columns: int) -> dict[str, Any]:
    return table(
        columns=[{"type": "text", "heading": "A"}] * columns,
        rows=[{"values": ["x"] * columns}] * rows,
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (TABLE, None),
        (of_size(50, 10), None),
        (
            of_size(500, 10),
            (
                "This table has 5000 cells; 500 is the most. Split it into several tables, or "
                "attach it as a document."
            ),
        ),
        (table(caption=" "), "Say in the caption what this table shows."),
        (
            table(columns=[*TABLE["columns"][:2], {"type": "number", "heading": ""}]),
            "Give every column a heading: people who listen to a table know a cell by it.",
        ),
        (table(rows=[]), "Add a column and a row to this table, or remove it."),
        (
            table(rows=[{"values": ["Coast", "none"]}]),
            "Row 1 has 2 cells, but there are 3 columns.",
        ),
        (
            table(rows=[*TABLE["rows"], {"values": ["Coast", "none", "1", "2"]}]),
            "Row 3 has 4 cells, but there are 3 columns.",
        ),
        ("no table", "Add a column and a row to this table, or remove it."),
        (
            {"columns": 3, "rows": {"values": 1}},
            "Add a column and a row to this table, or remove it.",
        ),
    ],
)
def test_tables(value: Any, told: str | None) -> None:
    assert problem("table", value) == (told and [told])


def test_a_cell_that_is_too_long_is_named() -> None:
    value = table(rows=[{"values": ["Coast", "x" * 501, ""]}])
    assert problem("table", value) == {
        0: {1: ["Ensure this value has at most 500 characters (it has 501)."]}
    }


@pytest.mark.parametrize(
    "value", ["no table", 3, [], {"rows": [{"values": ["x"]}]}, {"columns": [3]}]
)
def test_stored_values_that_are_no_table_break_no_page(value: Any) -> None:
    assert "<table" not in rendered("table", value)


def test_columns_of_unknown_type_are_text_and_cells_are_text() -> None:
    html = rendered(
        "table",
        table(
            columns=[{"type": "image", "heading": None}, {"heading": "B"}],
            rows=[{"values": [None, 3]}],
        ),
    )
    assert "<td></td><td>3</td>" in html
