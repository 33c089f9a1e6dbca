"""Writing down what a translator typed: what is valid is kept, the rest is told and shown again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from coalition.translation.domain.checking import SegmentRefusedError, checked, tidy
from coalition.translation.domain.memory import remember
from coalition.translation.segments import hash_of
from coalition.translation.work import Segment, Status, Work, stored


@dataclass(frozen=True)
class Typed:
    """What came back for one segment; `seen` is the fingerprint of what had been in the field.

    `keep`: the source text is right as it is; of a machine's translation, that one.
    """

    key: str
    text: str
    seen: str
    keep: bool = False


@dataclass
class Saved:
    """What became of it. `theirs`: key -> what somebody else has written meanwhile."""

    number: int = 0
    problems: dict[str, list[str]] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    gone: list[Typed] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing has to be looked at again."""
        return not self.problems and not self.gone


def fingerprint(text: str) -> str:
    """Of what stands in a field, however a browser ends its lines."""
    return hash_of(text.replace("\r\n", "\n").strip())


@transaction.atomic
def save_typed(*, work: Work, typed: Iterable[Typed], user: AbstractUser) -> Saved:
    """Keep what is new and valid of `typed`."""
    texts = lock(work)
    segments = {segment.key: segment for segment in work.segments}
    saved, taken = Saved(), []
    for one in typed:
        segment = segments.get(one.key)
        if segment is None:
            # The source does not say this any more.
            if fingerprint(one.text) != one.seen:
                saved.gone.append(one)
            continue
        row = texts.get((segment.row.string_id, segment.row.context_id))
        theirs = segment.place.shown(row.data) if row else ""
        try:
            text = _wanted(segment, one, theirs)
        except _ChangedMeanwhileError:
            saved.theirs[one.key] = theirs
            saved.problems[one.key] = [_changed_meanwhile(theirs)]
        except SegmentRefusedError as refusal:
            saved.problems[one.key] = refusal.problems
        else:
            taken += [(segment.row, text)] if text is not None else []
    saved.number = write(work=work, texts=taken, user=user)
    return saved


def write(*, work: Work, texts: Sequence[tuple[StringSegment, str]], user: AbstractUser) -> int:
    """Keep these translations; how many."""
    if texts:
        remember(work.translation, texts, user=user)
        Translation.objects.filter(pk=work.translation.pk).update(
            translations_last_updated_at=timezone.now()
        )
    return len(texts)


def lock(work: Work) -> dict[tuple[int, int], StringTranslation]:
    """What is written now; nobody else writes until this is done."""
    Translation.objects.select_for_update(no_key=True).get(pk=work.translation.pk)
    return stored(work.translation)


class _ChangedMeanwhileError(Exception):
    """Somebody else has written there."""


def _changed_meanwhile(theirs: str) -> str:
    if theirs:
        return _(
            "Somebody else has changed this meanwhile. Both are here: save again to put yours in "
            "the place of theirs."
        )
    return _("Somebody else has taken this translation out meanwhile. Save again to put yours.")


def _wanted(segment: Segment, one: Typed, theirs: str) -> str | None:
    """What to keep, None when nothing was changed."""
    mine = tidy(one.text, segment.place)
    touched = fingerprint(one.text) != one.seen
    is_machine = segment.status == Status.MACHINE
    if one.keep and not is_machine and (not touched or not mine):
        mine, touched = tidy(segment.source, segment.place), True
    confirmed = one.keep and is_machine
    if mine == tidy(theirs, segment.place) and not confirmed:
        return None
    if not touched and not confirmed:
        return None
    if fingerprint(theirs) != one.seen:
        raise _ChangedMeanwhileError
    if not mine and theirs:
        raise SegmentRefusedError(
            [_("An empty text cannot take the place of a translation. Write the better one.")]
        )
    return checked(source=segment.source, text=mine, place=segment.place, keep=one.keep)
