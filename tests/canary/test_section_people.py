"""Cambodia's focal point and editor ask for everything of Thailand, by every address."""

import pytest

from tests import environment
from tests.canary.places import Places

pytestmark = pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")
# Beside a server this one test runs once more on the embedded default.
ON_SQLITE = [pytest.mark.embedded] if environment.embedded() else []


@pytest.mark.parametrize("name", [pytest.param("focal-kh", marks=ON_SQLITE), "editor-kh"])
def test_nothing_of_the_other_section_is_seen(places: Places, name: str) -> None:
    assert places.visitor(name).complaints(places.seeing(places.th)) == []


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh"])
def test_nothing_of_the_other_section_is_changed(places: Places, name: str) -> None:
    assert places.visitor(name).complaints(places.doing(places.th)) == []


def test_nothing_is_published_or_brought_across(places: Places) -> None:
    """By the one who may do most there: the others hold no right on pages that this one lacks."""
    assert places.visitor("focal-kh").complaints(places.crossing()) == []
