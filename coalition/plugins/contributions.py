"""What plugins add to pages and to search: each through the boundary, where the plugin is on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from coalition.plugins import gate, registry
from coalition.plugins.base import NavItem, Place, SearchFacet
from coalition.plugins.boundary import attempt, each
from coalition.sections.models import Section

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage

FACETS = "search_facets"
T = TypeVar("T")


def nav_of_plugins(place: Place) -> list[NavItem]:
    """Items for the readers' menu, each plugin's after those it requires."""

    def items(nav: Callable[[Place], Iterable[NavItem]]) -> list[NavItem]:
        found = list(nav(place))
        if not all(isinstance(item, NavItem) for item in found):
            raise TypeError("nav has to return a list of coalition.plugins.base.NavItem.")
        return found

    lists = each("nav", place.section, lambda plugin: plugin.nav, items)
    return [item for found in lists for item in found]


def slot_of_plugins(name: str, place: Place) -> list[SafeString]:
    """What plugins put into a slot."""

    def html(slot: Callable[[Place], str]) -> SafeString:
        return conditional_escape(slot(place))

    texts = each(f"slots.{name}", place.section, lambda plugin: plugin.slots.get(name), html)
    return [text for text in texts if text]


def search_text_of_plugins(page: "CoalitionPage") -> list[str]:
    """More words under which `page` is found."""
    section: Section | None = page.section

    def text(search_text: "Callable[[CoalitionPage], str]") -> str:
        return str(search_text(page) or "")

    return list(each("search_text", section, lambda plugin: plugin.search_text, text))


@dataclass(frozen=True)
class PluginFacet:
    """A plugin's facet of search; what it raises is the plugin's."""

    slug: str
    facet: SearchFacet

    @property
    def label(self) -> str:
        """In the active language; empty when that fails."""
        return self._attempt(lambda: str(self.facet.label), "")

    def label_of(self, value: str) -> str:
        """In the active language; the value itself when that fails."""
        return self._attempt(lambda: str(self.facet.label_of(value)), value)

    def values_of(self, page: "CoalitionPage") -> list[str]:
        """What `page` has of it."""
        return self._attempt(lambda: sorted({str(v) for v in self.facet.values(page)} - {""}), [])

    def _attempt(self, work: Callable[[], T], otherwise: T) -> T:
        return attempt(self.slug, FACETS, work, otherwise)


def search_facets_of_plugins() -> dict[str, PluginFacet]:
    """`{slug}.{name}` -> every facet of the plugins that are on anywhere."""
    slugs = [slug for slug in registry.installed() if gate.is_on_anywhere(slug)]
    return dict(facet for slug in slugs for facet in _facets(slug))


def search_values_of_plugins(page: "CoalitionPage") -> dict[str, list[str]]:
    """`{slug}.{name}` -> what `page` has of the facets of plugins that are on in its section."""
    facets = (facet for slug in gate.plugins_on(page.section) for facet in _facets(slug))
    found = {name: facet.values_of(page) for name, facet in facets}
    return {name: values for name, values in found.items() if values}


def _facets(slug: str) -> Iterator[tuple[str, PluginFacet]]:
    plugin = registry.plugin(slug)
    for name, path in plugin.search_facets.items():
        facet = attempt(slug, FACETS, partial(plugin.imported, path), None)
        if facet is not None:
            yield f"{slug}.{name}", PluginFacet(slug, facet)
