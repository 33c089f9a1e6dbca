"""The editor's form: one field for each segment, read and shown again without a loss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil

from django.http import QueryDict

from coalition.sections.isolation import Person
from coalition.translation.domain.checking import has_words, tidy
from coalition.translation.domain.saving import Saved, Typed, fingerprint
from coalition.translation.suggestions import Hints, hints_for
from coalition.translation.work import Segment, Status, Work

PER_PAGE = 50
LINE, MOST_LINES = 60, 12
ALL, LEFT = "all", "left"


@dataclass
class Row:
    """A segment with what stands in its field; `seen` comes back with it."""

    segment: Segment
    text: str
    seen: str
    keep: bool
    hints: Hints = field(default_factory=Hints)
    problems: list[str] = field(default_factory=list)
    theirs: str | None = None

    @property
    def lines(self) -> int:
        """How many lines the field has."""
        longest = max(self.text, self.segment.source, key=len)
        if self.segment.place.one_line:
            return min(ceil(len(longest) / LINE) or 1, MOST_LINES)
        return min(max(2, longest.count("\n") + ceil(len(longest) / LINE)), MOST_LINES)

    @property
    def is_machine(self) -> bool:
        """Whether somebody has to say that the text is right."""
        return self.segment.status == Status.MACHINE


@dataclass
class Group:
    """The rows of one field or block."""

    name: str
    heading: str
    rows: list[Row]

    @property
    def left(self) -> int:
        """How many of them have something to do."""
        return sum(row.segment.is_left for row in self.rows)


@dataclass(frozen=True)
class View:
    """Which segments are shown: all or those that are left, page by page."""

    show: str = ALL
    number: int = 1

    @classmethod
    def of(cls, show: str, number: str) -> "View":
        """As an address or a button says it; anything else is the first page of all."""
        valid = number.isascii() and number.isdecimal() and 0 < len(number) < 6
        return cls(LEFT if show == LEFT else ALL, int(number) if valid else 1)

    def segments(self, work: Work) -> list[Segment]:
        """All that this view pages through."""
        return work.left if self.show == LEFT else work.segments

    def pages(self, work: Work) -> int:
        """How many pages there are."""
        return max(1, ceil(len(self.segments(work)) / PER_PAGE))

    def page(self, work: Work) -> list[Segment]:
        """The segments of the page; the last one where there is none of that number."""
        number = min(self.number, self.pages(work)) or 1
        return self.segments(work)[(number - 1) * PER_PAGE : number * PER_PAGE]

    @property
    def query(self) -> str:
        """The part of the address."""
        return f"?show={self.show}&page={self.number}"


def typed_in(data: QueryDict) -> list[Typed]:
    """What was posted, segment by segment."""
    return [
        Typed(
            key=name.removeprefix("t-"),
            text=text,
            seen=data.get(f"h-{name.removeprefix('t-')}", ""),
            keep=f"k-{name.removeprefix('t-')}" in data,
        )
        for name, text in data.items()
        if name.startswith("t-") and isinstance(text, str)
    ]


def rows_of(
    work: Work,
    segments: Sequence[Segment],
    user: Person,
    typed: Iterable[Typed] = (),
    saved: Saved | None = None,
) -> list[Row]:
    """The rows of these segments; of those in `typed` that were not kept, as they were typed."""
    hints = hints_for(work, segments, user)
    posted = {one.key: one for one in typed}
    rows = []
    for segment in segments:
        row = Row(
            segment=segment,
            text=segment.text,
            seen=fingerprint(segment.text),
            keep=_is_kept(segment),
            hints=hints.get(segment.key, Hints()),
        )
        one = posted.get(segment.key)
        if one and (saved is None or segment.key in saved.problems):
            row.text, row.keep, row.seen = one.text, one.keep, one.seen
        if saved and segment.key in saved.problems:
            row.problems = saved.problems[segment.key]
        if saved and segment.key in saved.theirs:
            row.theirs = saved.theirs[segment.key]
            row.seen = fingerprint(row.theirs)
        rows.append(row)
    return rows


def _is_kept(segment: Segment) -> bool:
    place = segment.place
    same = tidy(segment.text, place) == tidy(segment.source, place)
    return same and segment.status == Status.DONE and has_words(segment.source)


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Rows by the field or block they stand in, in the order of the page."""
    return [
        Group(name, some[0].segment.place.heading, some)
        for name, found in groupby(rows, key=lambda row: row.segment.place.group)
        if (some := list(found))
    ]


def put_in(rows: Iterable[Row], chosen: str) -> str | None:
    """Put a suggestion into its field; `chosen` is a segment's key and the number of the text."""
    key, _colon, number = chosen.partition(":")
    for row in rows:
        if row.segment.key == key and number.isdecimal() and int(number) < len(row.hints.texts):
            row.text = row.hints.texts[int(number)]
            return key
    return None
