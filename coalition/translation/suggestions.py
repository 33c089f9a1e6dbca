"""What a translator may start from: what the page says now, and the same words elsewhere."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation

from coalition.core.differences import Piece, word_diff
from coalition.sections.isolation import Person, publicly_known, roots_of
from coalition.translation.aligning import strings_by_source
from coalition.translation.segments import hash_of, hash_of_text
from coalition.translation.work import Segment, Status, Work

MOST = 3
ALIKE = 0.4
"""From so much on one text may be called a newer form of another (0 to 1)."""


@dataclass
class Hints:
    """Of one segment: what the source said before, and translations to start from.

    `present` is that of what it said before."""

    before: str = ""
    changes: list[Piece] = field(default_factory=list)
    present: str = ""
    elsewhere: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Every translation that can be put into the field, the page's own first."""
        return list(dict.fromkeys(filter(None, [self.present, *self.elsewhere])))


def hints_for(work: Work, segments: Sequence[Segment], user: Person) -> dict[str, Hints]:
    """Hints by key, for those of `segments` that have any. Some ten queries, however many."""
    hints = present_texts(work, segments)
    for key, texts in _elsewhere(work, [s for s in segments if s.is_left], user).items():
        hints.setdefault(key, Hints()).elsewhere = texts
    return hints


def present_texts(work: Work, segments: Sequence[Segment]) -> dict[str, Hints]:
    """Of stale segments: what the source said, and how the page says that to readers."""
    stale = [segment for segment in segments if segment.status == Status.STALE]
    if not stale:
        return {}
    older = _older_strings(work, stale)
    now = strings_by_source(work.page, work.original) if work.page.live else {}
    hints = {}
    for segment in stale:
        hint = Hints()
        before = _nearest(segment, older.get(segment.path, []))
        if before:
            hint.before = segment.place.shown(before.data)
            hint.changes = word_diff(hint.before, segment.source)
        hint.present = _present(work, segment, before, now.get(segment.path, []))
        hints[segment.key] = hint
    return hints


def _present(work: Work, segment: Segment, before: String | None, now: Sequence[str]) -> str:
    """What readers are told there; of a text with several strings what was kept for the old one."""
    if len(now) == 1:
        return segment.place.shown(now[0])
    row = work.stored.get((before.pk, segment.row.context_id)) if before else None
    return segment.place.shown(row.data) if row and not row.has_error else ""


def _older_strings(work: Work, stale: Iterable[Segment]) -> dict[str, list[String]]:
    """Path -> the strings that its translation was made from and that are no longer there."""
    wanted = {
        segment.path: set(work.translated_from(segment.path))
        - set(work.hashes.get(segment.path, []))
        for segment in stale
    }
    names = {UUID(name) for names in wanted.values() for name in names}
    rows = String.objects.filter(locale=work.translation.source.locale_id, data_hash__in=names)
    found = {hash_of(row.data): row for row in rows}
    return {
        path: [found[name] for name in sorted(names) if name in found]
        for path, names in wanted.items()
    }


def _nearest(segment: Segment, strings: Sequence[String]) -> String | None:
    """The string that a new one most likely stands in the place of."""
    if len(strings) == 1 and not segment.place.rich:
        return strings[0]
    scored = [
        (difflib.SequenceMatcher(None, row.data, segment.row.string.data).ratio(), row.pk, row)
        for row in strings
    ]
    best = max(scored, default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _elsewhere(work: Work, segments: Sequence[Segment], user: Person) -> dict[str, list[str]]:
    """Key -> how the same string is translated on other pages that `user` may know."""
    rows = (
        (
            StringTranslation.objects.filter(
                translation_of__in={segment.row.string_id for segment in segments},
                locale=work.translation.target_locale_id,
                has_error=False,
            )
            .exclude(context__object=work.page.translation_key)
            .exclude(context=None)
            .select_related("context")
            .order_by("-updated_at", "-pk")
        )[: MOST * 100]
        if segments
        else []
    )
    known = _known(rows, work, user)
    found: dict[int, list[str]] = {}
    for row in rows:
        texts = found.setdefault(row.translation_of_id, [])
        if row.pk in known and row.data not in texts and len(texts) < MOST:
            texts.append(row.data)
    return {
        segment.key: [segment.place.shown(text) for text in texts]
        for segment in segments
        if (texts := found.get(segment.row.string_id, []))
    }


def _known(rows: Iterable[StringTranslation], work: Work, user: Person) -> set[int]:
    """Those from pages on which `user` has rights, and what other pages say to everybody."""
    keys = {row.context.object_id for row in rows}
    if not keys:
        return set()
    pages = Page.objects.filter(
        translation_key__in=keys, locale=work.translation.target_locale_id, alias_of=None
    ).select_related("translation_state")
    roots = roots_of(user)
    by_key = {page.translation_key: page for page in pages}
    own = {key for key, page in by_key.items() if user.is_superuser or page.path.startswith(roots)}
    others = [page.pk for key, page in by_key.items() if key not in own]
    public = set(publicly_known().filter(pk__in=others).values_list("pk", flat=True))
    known = set()
    for row in rows:
        page = by_key.get(row.context.object_id)
        if page is None:
            continue
        if page.translation_key in own or (page.pk in public and _is_said(page, row)):
            known.add(row.pk)
    return known


def _is_said(page: Page, row: StringTranslation) -> bool:
    """Whether the public reads this translation there: a newer one may be in the making."""
    state = getattr(page, "translation_state", None)
    had = state.segments.get(row.context.path, {}) if state else {}
    return bool(had) and had["text"] == hash_of_text([row.data])
