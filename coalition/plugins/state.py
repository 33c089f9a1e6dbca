"""What there is to know of each plugin, for the command line and the admin."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from coalition.plugins import boundary, gate, registry, usage
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.models import PluginActivation, PluginFailure
from coalition.sections.models import Section

MOST_EVENTS = 20


@dataclass(frozen=True)
class State:
    """One plugin: where it is on, and how it is doing."""

    plugin: CoalitionPlugin
    network: bool
    sections: list[Section]
    failures: list[PluginFailure]

    @property
    def count(self) -> int:
        """How often it has failed."""
        return sum(row.count for row in self.failures)

    @property
    def last(self) -> PluginFailure | None:
        """The hook that failed last."""
        return max(self.failures, key=lambda row: row.last_at, default=None)

    @property
    def often(self) -> bool:
        """Whether it fails often now."""
        return any(map(boundary.fails_often, self.failures))


def state_of(slug: str) -> State:
    """Raises UnknownPluginError."""
    return State(
        plugin=registry.plugin(slug),
        network=gate.switches().is_on(slug, gate.NETWORK),
        sections=gate.sections_with(slug),
        failures=list(PluginFailure.objects.filter(plugin=slug).order_by("hook")),
    )


def events_of(slug: str) -> list[ModelLogEntry]:
    """What was done with the plugin, newest first."""
    kind = ContentType.objects.get_for_model(PluginActivation)
    entries = ModelLogEntry.objects.filter(content_type=kind, label=slug).select_related("user")
    return list(entries.order_by("-pk")[:MOST_EVENTS])


def states() -> list[State]:
    """Of every plugin that is installed and fits."""
    return [state_of(slug) for slug in registry.installed()]


@dataclass(frozen=True)
class Use:
    """What a plugin is used for."""

    by_type: dict[str, int]
    by_section: dict[str, int]
    with_blocks: int
    shown: int


def use_of(slug: str, section: Section | None = None) -> Use:
    """Pages of its types and with its blocks; `shown` are those readers see, in `section`."""
    return Use(
        by_type=usage.pages_by_type(slug),
        by_section=usage.by_section(slug),
        with_blocks=usage.pages_with_blocks(slug),
        shown=usage.shown(slug, section),
    )
