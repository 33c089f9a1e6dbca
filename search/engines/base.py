"""What every engine takes and gives. Engines find and count; what is shown comes from entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.terms import Term, Terms

NETWORK = "network"  # the section of pages that belong to none


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the search to; None is no limit. `section` is a code or NETWORK."""

    language: str | None = None
    section: str | None = None
    type: str | None = None
    topic: str | None = None
    # Those of plugins, by the name of the facet.
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """One search: nothing wanted in `terms` lists everything, newest first."""

    terms: Terms
    language: str  # the reader's, preferred
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Match:
    """A page that was found: its key, and the languages in which it matched, the best first."""

    key: str
    languages: Sequence[str]


Facets = dict[str, dict[str, int]]
"""language, section, type, topic, each of plugins -> value -> pages under the other filters."""


@dataclass(frozen=True)
class Found:
    """An engine's answer: `total` pages, those of the part asked for, and all facets.

    `shown` are the terms that were found, for marking them in excerpts.
    """

    total: int
    matches: list[Match]
    facets: Facets
    shown: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Drift:
    """Page ids in which an engine differs from the entries."""

    missing: Sequence[int] = ()
    outdated: Sequence[int] = ()
    surplus: Sequence[int] = ()

    @property
    def count(self) -> int:
        """The number of pages that differ."""
        return len(self.missing) + len(self.outdated) + len(self.surplus)


class Engine(Protocol):
    """A way to find entries. `follows` tells whether it keeps an index of its own."""

    name: str
    degraded: bool
    follows: bool

    def search(self, ask: Ask) -> Found:
        """One page of matches, with the total and the facets of all."""

    def suggest(self, terms: Terms, language: str, limit: int) -> list[int]:
        """Ids of up to `limit` pages whose titles have `terms`, one per key, `language` first."""

    def sync(self, page_ids: Sequence[int]) -> None:
        """Make the index of these pages equal to their entries, or forget them."""

    def rebuild(self) -> int:
        """Build the index anew while the old one answers; returns the number of entries in it."""

    def drift(self) -> Drift:
        """What differs from the entries."""

    def problems(self) -> list[str]:
        """What keeps the engine from answering, in whole sentences."""
