"""A country to import into."""

import pytest

from coalition.sections.models import Section
from tests.factories import open_section


@pytest.fixture
def kh(db: None) -> Section:
    """Cambodia in English and Khmer."""
    return open_section("kh")


@pytest.fixture
def th(db: None) -> Section:
    """Thailand in English and Thai."""
    return open_section("th", languages=["en", "th"], slug="thailand")
