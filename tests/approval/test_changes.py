"""What differs between two texts, in words and in size."""

from typing import Any

import pytest

from coalition.approval.changes import is_small, other_fields
from coalition.core.differences import changed_characters, word_diff
from tests.approval.submitting import edited
from tests.factories import standard_page
from tests.network import Network


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("a b", "a b", [("same", "a b")]),
        ("", "new", [("ins", "new")]),
        ("one two", "one 2", [("same", "one "), ("del", "two"), ("ins", "2")]),
        ("ប្រទេសកម្ពុជា", "ប្រទេស", [("same", "ប្រទេស"), ("del", "កម្ពុជា")]),
        ("ฉันรักทะเล", "ฉันรักแม่น้ำ", [("same", "ฉันรัก"), ("del", "ทะเล"), ("ins", "แม่น้ำ")]),
    ],
)  # fmt: skip
def test_words_are_told_apart_in_every_script(
    old: str, new: str, pieces: list[tuple[str, str]]
) -> None:
    assert word_diff(old, new) == pieces


def test_the_size_of_a_change_is_the_larger_side() -> None:
    assert changed_characters("one two three", "one 2 three") == 3
    assert changed_characters("", "word") == 4
    assert changed_characters("same", "same") == 0


def test_a_page_that_is_not_public_has_no_small_changes(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False, summary="Old")
    page = edited(page, network, "editor-kh", summary="New")
    assert is_small(page, page.latest_revision) is False


@pytest.mark.parametrize(("most", "small"), [(120, True), (4, True), (3, False), (0, False)])
def test_how_much_is_little_is_a_setting(
    network: Network, settings: Any, most: int, small: bool
) -> None:
    settings.APPROVAL_SMALL_CHANGE = most
    page = standard_page(network.root(network.kh), summary="Fast")
    page = edited(page, network, "editor-kh", summary="Slow")
    assert is_small(page, page.latest_revision) is small


@pytest.mark.parametrize(
    ("old", "new", "small"),
    [
        ("<p>Fast</p>", "<p>Slow</p>", True),
        # What the editor writes into every paragraph by itself.
        ("<p>Fast</p>", '<p data-block-key="x1y2z">Slow</p>', True),
        ("<p>Fast</p>", "<p><b>Slow</b></p>", False),
        ('<p><a href="https://a.example">A</a></p>', '<p><a href="//b.example">A</a></p>', False),
    ],
)  # fmt: skip
def test_words_may_change_and_what_is_around_them_may_not(
    network: Network, old: str, new: str, small: bool
) -> None:
    page = standard_page(network.root(network.kh), body=[("paragraph", old)])
    page = edited(page, network, "editor-kh", body=[("paragraph", new)])
    assert is_small(page, page.latest_revision) is small
    assert other_fields(page, page.get_latest_revision_as_object()) == ([] if small else ["Body"])


def test_more_or_fewer_blocks_are_no_small_change(network: Network) -> None:
    page = standard_page(network.root(network.kh), body=[("heading", "One")])
    page = edited(page, network, "editor-kh", body=[("heading", "One"), ("heading", "Two")])
    assert is_small(page, page.latest_revision) is False


def test_what_did_not_change_is_not_small(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    page = edited(page, network, "editor-kh")
    assert is_small(page, page.latest_revision) is False
