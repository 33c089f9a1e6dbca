"""The public, translators and campaigners ask for everything of Thailand, by every address."""

import pytest

from tests.canary.places import Places

pytestmark = pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")
PEOPLE = ("anonymous", "translator-km", "translator-all-km", "campaigner-kh")


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_of_the_section_is_seen(places: Places, name: str) -> None:
    assert places.visitor(name).complaints(places.seeing(places.th)) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_of_the_section_is_changed(places: Places, name: str) -> None:
    assert places.visitor(name).complaints(places.doing(places.th)) == []
