"""What a plugin says of itself: one AppConfig with attributes, no code that runs by itself.

Imported by the settings, before there are models: nothing here may import any.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from coalition.core.models import CoalitionPage
    from coalition.sections.models import Section

API_VERSION = 1
"""Raised when a plugin that worked would not work any more; docs/plugins/reference.md."""

SLOTS = ("before_content", "after_content", "section_aside", "footer")
"""Where plugins may put something into pages."""

EVENTS = (
    "visibility_changed",
    "plugin_switched",
    "page_published",
    "page_unpublished",
    "documents_changed",
)
"""What plugins may listen to (coalition.plugins.signals)."""


@dataclass(frozen=True)
class Place:
    """Where something of a plugin is shown. `section` and `page` are None where there is none."""

    request: HttpRequest
    language: str
    section: "Section | None" = None
    page: "CoalitionPage | None" = None


@dataclass(frozen=True)
class NavItem:
    """An item of the readers' menu: a label in the active language and an address."""

    label: str
    url: str


@dataclass(frozen=True)
class PersonalData:
    """What a plugin keeps of people: what it is, how long, and how to give and erase it.

    `export` and `erase` take a canonical address; `erase` and `expire` return how many rows they
    took away, `expire` those older than `kept_for`.
    """

    name: str
    what: str
    kept_for: timedelta
    export: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]
    expire: Callable[[], int]


@dataclass(frozen=True)
class SearchFacet:
    """A way to narrow search: its label, what a page has of it, and the label of such a value.

    Labels are in the active language.
    """

    label: "_StrOrPromise"
    values: Callable[["CoalitionPage"], Iterable[str]]
    label_of: Callable[[str], str]


class CoalitionPlugin(AppConfig):
    """Base of every plugin's AppConfig.

    Attributes that name code are dotted paths, those that begin with a dot below the plugin's own
    package. They are imported when they are first needed, and what they raise stays with the
    plugin.
    """

    default_auto_field = "django.db.models.BigAutoField"

    slug: ClassVar[str] = ""
    """Its name in addresses, commands and the entry point."""
    requires_api: ClassVar[int] = 0
    """The API_VERSION it was written for."""
    requires_plugins: ClassVar[tuple[str, ...]] = ()
    """Slugs of plugins that it builds on."""
    version: ClassVar[str] = ""
    """That of its distribution; discovery fills it in."""
    distribution: ClassVar[str] = ""
    """What `pip uninstall` calls it; discovery fills it in."""

    settings_form: ClassVar[str] = ""
    """A django.forms.Form: what can be set for the network and for each section."""
    blocks: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """Area -> name of the block -> its class."""
    slots: ClassVar[Mapping[str, str]] = {}
    """One of SLOTS -> a function(Place) -> HTML, escaped unless it is marked safe."""
    nav: ClassVar[str] = ""
    """A function(Place) -> NavItems for the readers' menu."""
    urls: ClassVar[str] = ""
    """A module with `urlpatterns`, served network-wide and in each section."""
    admin_viewsets: ClassVar[tuple[str, ...]] = ()
    """Wagtail ViewSets: addresses below /admin/ and items of its menu."""
    admin_panels: ClassVar[tuple[str, ...]] = ()
    """Functions(HttpRequest) -> a Wagtail Component for the admin's first page, or None."""
    listens: ClassVar[Mapping[str, str]] = {}
    """One of EVENTS -> a function(**what the signal carries)."""
    search_text: ClassVar[str] = ""
    """A function(CoalitionPage) -> more text under which the page is found."""
    search_facets: ClassVar[Mapping[str, str]] = {}
    """Name -> a SearchFacet."""
    call_kinds: ClassVar[Mapping[str, "_StrOrPromise"]] = {}
    """Kinds of call for action: name -> label."""
    personal_data: ClassVar[tuple[str, ...]] = ()
    """Instances of PersonalData."""
    demo: ClassVar[str] = ""
    """A folder of its package in the interchange format, for `seed_demo`."""

    def import_models(self) -> None:
        """As Django does. Raises ImproperlyConfigured: Django cannot go on without half an app."""
        try:
            super().import_models()
        except Exception as error:
            sentence = self.complaint("its models cannot be imported", error)
            raise ImproperlyConfigured(sentence) from error

    def complaint(self, what: str, error: Exception) -> str:
        """What is wrong with the plugin, and what mends it."""
        return (
            f"Plugin “{self.slug}”: {what}: {type(error).__name__}: {error}. "
            f"Repair or uninstall the package {self.distribution}."
        )

    def imported(self, path: str) -> Any:
        """What a dotted path of this plugin leads to. Raises ImportError and what it raises."""
        return import_string(self.full_path(path))

    def imported_module(self, path: str) -> Any:
        """The module at a dotted path of this plugin."""
        return import_module(self.full_path(path))

    def full_path(self, path: str) -> str:
        """A path that begins with a dot is below the plugin's package."""
        return f"{self.name}{path}" if path.startswith(".") else path

    def paths(self) -> Iterable[str]:
        """Every path it names, but for the module of its addresses."""
        yield from filter(None, [self.settings_form, self.nav, self.search_text])
        for named in (*self.blocks.values(), self.slots, self.listens, self.search_facets):
            yield from named.values()
        yield from (*self.admin_viewsets, *self.admin_panels, *self.personal_data)

    def ready(self) -> None:
        """Hand over what has to be known from the start. Plugins leave this as it is."""
        from coalition.plugins.starting import start

        start(self)
