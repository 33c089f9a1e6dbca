"""Where the plugin is not installed its tests are left out: the rest of the site goes on."""

import pytest

from coalition.plugins import domain, registry
from coalition.sections.models import Section
from tests.factories import open_section

collect_ignore_glob = [] if "resources" in registry.installed() else ["test_*.py"]


@pytest.fixture
def kh() -> Section:
    """Cambodia in English and Khmer, with a repository in each."""
    return section_with_repositories("kh", ["en", "km"])


@pytest.fixture
def th() -> Section:
    """Thailand in English and Thai, with a repository in each."""
    return section_with_repositories("th", ["en", "th"])


def section_with_repositories(code: str, languages: list[str]) -> Section:
    """Resources are on there."""
    from plugins.resources.domain import repositories

    section = open_section(code, languages=languages)
    domain.enable(slug="resources", section=section)
    repositories.ensure(section.pk)
    return section


@pytest.fixture
def network_wide() -> None:
    """Resources are on for the network, with a repository in each home."""
    from plugins.resources.domain import repositories

    domain.enable(slug="resources")
    repositories.ensure(None)
