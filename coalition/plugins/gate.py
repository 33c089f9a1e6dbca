"""Whether a plugin is on: in a section, or for the network as a whole.

A section's own row wins, else the network's, else it is off; a plugin also is off wherever one
that it requires is off. While a request is answered the rows are read once; elsewhere each
question reads them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from coalition.plugins import registry
from coalition.plugins.models import PluginActivation
from coalition.sections.models import Section, SectionStatus

Settings = dict[str, Any]
NETWORK = None
"""In place of the id of a section: the network as a whole."""


@dataclass(frozen=True)
class Switches:
    """Every row: (plugin, id of the section or None) -> on or off, and settings."""

    enabled: dict[tuple[str, int | None], bool] = field(default_factory=dict)
    settings: dict[tuple[str, int | None], Settings] = field(default_factory=dict)

    def is_on(self, slug: str, section_id: int | None) -> bool:
        """In that section, or for pages of none."""
        if slug not in registry.installed():
            return False
        own = self.enabled.get((slug, section_id))
        here = self.enabled.get((slug, NETWORK), False) if own is None else own
        needed = registry.installed()[slug].requires_plugins
        return here and all(self.is_on(other, section_id) for other in needed)

    def own_sections(self) -> set[int]:
        """The sections that have a row of their own, for any plugin."""
        return {section_id for _slug, section_id in self.enabled if section_id is not None}


_in_request: ContextVar[dict[str, Switches] | None] = ContextVar("plugin_switches", default=None)


def switches() -> Switches:
    """All of them, in one query; in none where no plugin is installed."""
    if not registry.installed():
        return Switches()
    kept = _in_request.get()
    if kept is None or "changed" in kept:
        return _read()
    if "switches" not in kept:
        kept["switches"] = _read()
    return kept["switches"]


def _read() -> Switches:
    rows = PluginActivation.objects.values_list("plugin", "section_id", "enabled", "settings")
    enabled: dict[tuple[str, int | None], bool] = {}
    settings: dict[tuple[str, int | None], Settings] = {}
    for slug, section_id, on, chosen in rows:
        enabled[slug, section_id] = on
        settings[slug, section_id] = chosen
    return Switches(enabled, settings)


def locked(slugs: Iterable[str]) -> Switches:
    """All switches, once nobody else may change those of `slugs` before this transaction ends."""
    rows = PluginActivation.objects.select_for_update(no_key=True).filter(plugin__in=set(slugs))
    list(rows.order_by("pk"))
    return _read()


def is_on(slug: str, section: Section | None) -> bool:
    """Whether the plugin is on in `section`, or, for None, for what belongs to no section."""
    return switches().is_on(slug, section.pk if section else NETWORK)


def is_on_anywhere(slug: str) -> bool:
    """Whether there is any place where it is on; else its jobs rest and its menu is gone."""
    now = switches()
    return now.is_on(slug, NETWORK) or any(now.is_on(slug, pk) for pk in now.own_sections())


def is_on_here(slug: str) -> bool:
    """Whether it is on in the place that is being shown (`standing_in`); no place, anywhere."""
    place = _place.get()
    return is_on_anywhere(slug) if place is None else is_on(slug, place.section)


def section_here() -> Section | None:
    """The section of the place that is being shown; None where it belongs to none."""
    place = _place.get()
    return place.section if place else None


def plugins_on(section: Section | None) -> list[str]:
    """The slugs of all plugins that are on there, in the order of their requirements."""
    now = switches()
    pk = section.pk if section else NETWORK
    return [slug for slug in registry.installed() if now.is_on(slug, pk)]


def sections_with(slug: str) -> list[Section]:
    """The open sections in which it is on."""
    now = switches()
    sections = (
        Section.objects.filter(status=SectionStatus.OPEN).order_by("code").prefetch_related("names")
    )
    return [section for section in sections if now.is_on(slug, section.pk)]


def settings_of(slug: str, section: Section | None) -> Settings:
    """What is set for the section: its own where it has a row, else the network's."""
    now = switches().settings
    own = now.get((slug, section.pk)) if section else None
    return now.get((slug, NETWORK), {}) if own is None else own


@dataclass(frozen=True)
class _Standing:
    section: Section | None


_place: ContextVar[_Standing | None] = ContextVar("plugin_place", default=None)


@contextmanager
def standing_in(section: Section | None) -> Iterator[None]:
    """While something is rendered or read: it belongs to `section`, or to none."""
    token = _place.set(_Standing(section))
    try:
        yield
    finally:
        _place.reset(token)


def stand_in(section: Section | None) -> None:
    """As `standing_in`, until the request ends: for what is rendered after a view has returned."""
    if _in_request.get() is not None:
        _place.set(_Standing(section))


@contextmanager
def reading_once() -> Iterator[None]:
    """Within, the switches are read once, as while a request is answered."""
    if _in_request.get() is not None:
        yield
        return
    token = _in_request.set({})
    try:
        yield
    finally:
        _in_request.reset(token)


@receiver(request_started)
def _begin(**kwargs: Any) -> None:
    _in_request.set({})
    _place.set(None)


@receiver(request_finished)
def _end(**kwargs: Any) -> None:
    _in_request.set(None)
    _place.set(None)


@receiver([post_save, post_delete], sender=PluginActivation)
def _changed(**kwargs: Any) -> None:
    # What is read from now on may be rolled back: it is not kept.
    if (kept := _in_request.get()) is not None:
        kept["changed"] = Switches()
