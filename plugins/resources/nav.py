"""The item of the readers' menu."""

from coalition.plugins.base import NavItem, Place
from plugins.resources.queries import repository_of


def items(place: Place) -> list[NavItem]:
    """The repository of the section, else of the network; nothing where there is none."""
    found = repository_of(place.section, place.language)
    return [NavItem(found.title, found.url)] if found else []
