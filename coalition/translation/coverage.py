"""How much of what is public is there in each language, section by section.

As many queries for one section as for fifty.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from wagtail.models import Page

from coalition.core import languages
from coalition.core.queries import public_pages
from coalition.sections.archive import ROOT_LENGTH, section_roots
from coalition.sections.models import Section, SectionStatus
from coalition.translation.originals import public_originals, with_public_original

Place = tuple[int | None, str]
"""Id of a section, None for the network, and a language."""


@dataclass
class Cell:
    """A section in a language: how many of its `total` public originals are there.

    An original is there in its own language. `oldest` is when the oldest stale text became so.
    """

    language: str
    total: int = 0
    there: int = 0
    stale: int = 0
    oldest: datetime | None = None

    @property
    def missing(self) -> int:
        """How many are not there."""
        return self.total - self.there


@dataclass(frozen=True)
class Line:
    """A section, or with None the pages of the network, and its cells by language."""

    section: Section | None
    cells: dict[str, Cell] = field(default_factory=dict)


def coverage(sections: Collection[Section], *, network: bool) -> list[Line]:
    """A line for each open section, in the order given, after that of the network if asked for."""
    lines = [Line(None, _cells(languages.codes()))] if network else []
    lines += [Line(s, _cells(s.languages)) for s in sections if s.status == SectionStatus.OPEN]
    roots = section_roots()
    originals = _by_place(public_originals(), roots, number=Count("pk"))
    totals: dict[int | None, int] = defaultdict(int)
    for (section, _language), found in originals.items():
        totals[section] += found["number"]
    behind = Q(translation_state__stale__gt=0)
    translations = _by_place(
        with_public_original(public_pages()),
        roots,
        number=Count("pk"),
        stale=Count("pk", filter=behind),
        oldest=Min("translation_state__stale_since", filter=behind),
    )
    for line in lines:
        section_id = line.section.pk if line.section else None
        for code, cell in line.cells.items():
            cell.total = totals[section_id]
            cell.there = originals.get((section_id, code), {}).get("number", 0)
            if figures := translations.get((section_id, code)):
                cell.there += figures["number"]
                cell.stale, cell.oldest = figures["stale"], figures["oldest"]
    return lines


def _cells(codes: Collection[str]) -> dict[str, Cell]:
    return {code: Cell(code) for code in languages.codes() if code in codes}


def _by_place(
    pages: QuerySet[Page], roots: dict[str, tuple[int, str]], **figures: Any
) -> dict[Place, dict[str, Any]]:
    """Figures of the pages below each section root, and for the network by language."""
    path = Substr("path", 1, ROOT_LENGTH)
    rows = (
        pages.alias(root_path=path)
        .annotate(
            place=Case(When(root_path__in=list(roots), then=path), default=Value("")),
        )
        .order_by()
        .values("place", "locale__language_code")
        .annotate(**figures)
    )
    return {
        (roots[row["place"]][0] if row["place"] else None, row["locale__language_code"]): row
        for row in rows
    }
