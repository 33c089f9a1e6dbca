"""What plugins add to pages and to search: each through the boundary, where the plugin is on."""

from typing import TYPE_CHECKING

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from coalition.plugins.base import CoalitionPlugin, NavItem, Place
from coalition.plugins.boundary import each
from coalition.sections.models import Section

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage


def nav_of_plugins(place: Place) -> list[NavItem]:
    """Items for the readers' menu, each plugin's after those it requires."""

    def items(plugin: CoalitionPlugin) -> list[NavItem]:
        if not plugin.nav:
            return []
        found = list(plugin.imported(plugin.nav)(place))
        if not all(isinstance(item, NavItem) for item in found):
            raise TypeError("nav has to return a list of coalition.plugins.base.NavItem.")
        return found

    return [item for found in each("nav", place.section, items) for item in found]


def slot_of_plugins(name: str, place: Place) -> list[SafeString]:
    """What plugins put into a slot."""

    def html(plugin: CoalitionPlugin) -> SafeString | None:
        path = plugin.slots.get(name)
        return conditional_escape(plugin.imported(path)(place)) if path else None

    return [text for text in each(f"slots.{name}", place.section, html) if text]


def search_text_of_plugins(page: "CoalitionPage") -> list[str]:
    """More words under which `page` is found."""
    section: Section | None = page.section

    def text(plugin: CoalitionPlugin) -> str | None:
        if not plugin.search_text:
            return None
        return str(plugin.imported(plugin.search_text)(page) or "")

    return list(each("search_text", section, text))
