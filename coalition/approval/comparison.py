"""A submitted text beside what it is read against, piece by piece.

A translation stands beside its source, any other text beside what is public. What changed since
the last approval is marked on both sides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from coalition.approval.changes import other_fields
from coalition.approval.models import Submission
from coalition.approval.queries import source_of
from coalition.core import languages
from coalition.core.differences import Piece, word_diff


class Place(NamedTuple):
    """Where a piece of text stands: its path, and the how many-th it is there."""

    path: str
    number: int


@dataclass(frozen=True)
class Side:
    """One column: what it is, and how its language is written."""

    heading: str
    language: str
    direction: str


@dataclass(frozen=True)
class Row:
    """One piece of text on both sides; `changed` where something is marked in it."""

    label: str
    left: SafeString
    right: SafeString
    changed: bool


@dataclass(frozen=True)
class Comparison:
    """All that is to be read; without `left` there is nothing to compare with."""

    left: Side | None
    right: Side
    rows: list[Row]
    others: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many pieces are marked."""
        return sum(row.changed for row in self.rows)


def compare(submission: Submission) -> Comparison:
    """What was submitted beside its source or beside what is public."""
    page = submission.page.specific
    new = submission.revision.as_object()
    public = page if page.live else None
    others = other_fields(public, new) if public else []
    source = source_of(submission.page)
    if source is not None:
        now, before = _sources(submission, source)
        left = _side(_("Source"), now)
        rows = _rows(new, (now, before), (new, public))
        return Comparison(left, _side(_("Translation"), new), rows, others)
    if public is None:
        return Comparison(None, _side(_("New text"), new), _rows(new, None, (new, None)))
    rows = _rows(new, (public, None), (new, public), gone=True)
    return Comparison(_side(_("Public now"), public), _side(_("Submitted"), new), rows, others)


def _sources(submission: Submission, source: Page) -> tuple[Page, Page | None]:
    """The source as the translation was made from, and as the one before that was."""
    frozen = submission.source_revision
    now = frozen.as_object() if frozen else source.specific
    approved = Submission.objects.filter(
        page=submission.page_id,
        workflow_state__status="approved",
        source_revision__isnull=False,
        submitted_at__lt=submission.submitted_at,
    )
    last = approved.select_related("source_revision").order_by("-submitted_at").first()
    if last is None or last.source_revision is None or last.source_revision == frozen:
        return now, None
    return now, last.source_revision.as_object()


def _side(heading: str, page: Page) -> Side:
    code = page.locale.language_code
    return Side(
        f"{heading}: {languages.autonym(code)}",
        languages.html_lang(code),
        languages.direction(code),
    )


def texts_of(page: Page | None) -> dict[Place, str]:
    """Every piece of text of a page by its place, in the order in which it is read."""
    found: dict[Place, str] = {}
    seen: Counter[str] = Counter()
    for segment in extract_segments(page) if page is not None else ():
        if isinstance(segment, StringSegmentValue):
            text = segment.render_text()
        elif isinstance(segment, OverridableSegmentValue) and isinstance(segment.data, str):
            text = segment.data
        else:
            continue
        if text.strip() and segment.path != "slug":
            found[Place(segment.path, seen[segment.path])] = text
            seen[segment.path] += 1
    return found


def _rows(
    page: Page,
    left: tuple[Page, Page | None] | None,
    right: tuple[Page, Page | None],
    *,
    gone: bool = False,
) -> list[Row]:
    """Rows of both sides; each side is a text and the one that it is marked against, or none.

    With `gone` the left is what the right is marked against: it shows what goes away.
    """
    other = texts_of(right[0])
    one = texts_of(left[0]) if left else {}
    one_before = texts_of(left[1]) if left and left[1] else None
    if not gone:
        names = paired(one, other)
        one = _renamed(one, names)
        one_before = None if one_before is None else _renamed(one_before, names)
    other_before = texts_of(right[1]) if right[1] else None
    rows = []
    for place in _in_order(other, one):
        after = other.get(place, "")
        pieces = _pieces(other_before, place, after)
        if gone:
            shown_left = [piece for piece in pieces if piece.kind != "ins"]
            pieces = [piece for piece in pieces if piece.kind != "del"]
        else:
            shown_left = _pieces(one_before, place, one.get(place, ""))
        changed = any(piece.kind != "same" for piece in [*shown_left, *pieces])
        rows.append(Row(_label(page, place), _html(shown_left), _html(pieces), changed))
    return rows


def paired(source: Iterable[Place], translation: Iterable[Place]) -> dict[Place, Place]:
    """Where pieces of a source stand in its translation: at the same path, or else, in fields whose
    blocks have none in common because each was written by itself, at the same place in order.
    """
    left, right = _by_field(source), _by_field(translation)
    found: dict[Place, Place] = {}
    for name, places in left.items():
        others = right.get(name, [])
        if not set(places) & set(others):
            found.update(zip(places, others, strict=False))
    return found


def _by_field(places: Iterable[Place]) -> dict[str, list[Place]]:
    fields: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        fields[place.path.split(".")[0]].append(place)
    return fields


def _renamed(texts: dict[Place, str], names: dict[Place, Place]) -> dict[Place, str]:
    return {names.get(place, place): text for place, text in texts.items()}


def _pieces(before: dict[Place, str] | None, place: Place, text: str) -> list[Piece]:
    if before is None:
        return [Piece("same", text)] if text else []
    return word_diff(before.get(place, ""), text)


def _in_order(first: Iterable[Place], second: Iterable[Place]) -> list[Place]:
    """The places of the first text, those that only the second has behind their forerunners."""
    order = list(first)
    last = -1
    for place in second:
        if place in order:
            last = order.index(place)
        else:
            last += 1
            order.insert(last, place)
    return order


def _label(page: Page, place: Place) -> str:
    name = place.path.split(".")[0]
    fields: dict[str, Any] = {found.name: found for found in page._meta.get_fields()}
    found = fields.get(name)
    return capfirst(str(getattr(found, "verbose_name", "") or name.replace("_", " ")))


def _html(pieces: list[Piece]) -> SafeString:
    """Marked so that it can be seen without colours and heard by a screen reader."""
    words = {"ins": _("Added:"), "del": _("Taken away:")}
    marked = (
        (
            format_html(
                '<{tag}><span class="w-sr-only">{words} </span>{text}</{tag}>',
                tag=piece.kind,
                words=words[piece.kind],
                text=piece.text,
            )
            if piece.kind in words
            else piece.text,
        )
        for piece in pieces
    )
    return format_html_join("", "{}", marked)
