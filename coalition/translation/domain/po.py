"""One page's translation as a PO file: out for the translator's own tools, and in again."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

import polib
from django.contrib.auth.models import AbstractUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment

from coalition.core.models import PageKey
from coalition.translation.domain.checking import SegmentRefusedError, checked, tidy
from coalition.translation.domain.saving import lock, write
from coalition.translation.work import Segment, Status, Work

MOST_BYTES = 5 * 1024 * 1024
PAGE, LANGUAGE, SOURCE_LANGUAGE = "X-Page", "Language", "X-Source-Language"
SEGMENTS = "X-Segments"
# A line that holds a string begins so and ends with the quotation mark.
STRING = re.compile(r'^(?:#~ ?|#\| ?)?(?:msg[a-z_]+(?:\[\d+\])?\s*)?"')


class PoRefusedError(ValueError):
    """Why a file is not taken at all, in words for the person who sent it."""


@dataclass(frozen=True)
class LeftOut:
    """An entry that was not taken: its line in the file, where it belongs, and why not."""

    line: int
    context: str
    text: str
    reason: str


@dataclass
class Report:
    """What became of the entries of a file."""

    saved: int = 0
    same: int = 0
    empty: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


def file_name(work: Work) -> str:
    """The page's slug and its language."""
    return f"{work.page.slug}.{work.page.locale.language_code}.po"


def export(work: Work, suggestions: dict[str, str] | None = None) -> str:
    """The text of the file: every segment by its path, with what there is of its translation.

    What a machine has translated is fuzzy, and so are the `suggestions` (key of a segment -> a
    translation of what the source said before).
    """
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        PAGE: _key(work),
        LANGUAGE: work.page.locale.language_code,
        SOURCE_LANGUAGE: work.original.locale.language_code,
        SEGMENTS: str(len(work.segments)),
        "POT-Creation-Date": timezone.now().strftime("%Y-%m-%d %H:%M+0000"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for segment in work.segments:
        text = segment.text if segment.status in (Status.DONE, Status.MACHINE) else ""
        older = (suggestions or {}).get(segment.key, "") if not text else ""
        fuzzy = bool(older) or segment.status == Status.MACHINE
        file.append(
            polib.POEntry(
                msgctxt=segment.path,
                msgid=segment.source,
                msgstr=text or older,
                comment=segment.place.name,
                flags=["fuzzy"] if fuzzy else [],
            )
        )
    return str(file)


def _key(work: Work) -> str:
    key: str = PageKey.objects.get(translation_key=work.page.translation_key).key
    return key


def read(upload: "UploadedFile[Any]") -> polib.POFile:
    """The file that somebody has sent, refused before it is read when it is too large.

    Raises PoRefusedError.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise PoRefusedError(
            _("This file is larger than %(most)d MB. A page has no more text than that.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PoRefusedError(
            _("This file is not in UTF-8. Save it again in your program, as UTF-8.")
        ) from error
    if "\x00" in text or not re.search(r'^msgid\s+"', text, re.MULTILINE):
        raise PoRefusedError(_("This is no PO file. Send the one that was exported here."))
    _check_whole(text)
    try:
        # It ends with a line, so that it is never taken for the name of a file.
        return polib.pofile(text.replace("\r\n", "\n") + "\n")
    except (OSError, ValueError, IndexError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise PoRefusedError(
            _("This file is damaged in line %(line)s. Export it again, or mend it there.")
            % {"line": line[1] if line else "?"}
        ) from error


def _check_whole(text: str) -> None:
    """The library reads over a string that does not end, and over an entry without one."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if STRING.match(stripped) and not re.search(r'(?<!\\)(?:\\\\)*"$', stripped[1:]):
            raise PoRefusedError(
                _("This file is damaged in line %(line)s. Export it again, or mend it there.")
                % {"line": number}
            )
    ids, strings = (sum(line.startswith(word) for line in lines) for word in ("msgid ", "msgstr"))
    if strings < ids:
        raise PoRefusedError(_truncated())


def _truncated() -> str:
    return _("The end of this file is missing. Send it once more, or export it again.")


def check(file: polib.POFile, work: Work) -> None:
    """Raise PoRefusedError for the file of another page or language, and for half of a file."""
    said = file.metadata
    if PAGE not in said:
        raise PoRefusedError(
            _("This file does not say which page it belongs to. Send the one exported here.")
        )
    if said[PAGE] != _key(work):
        raise PoRefusedError(_("This file belongs to another page."))
    target, source = work.page.locale.language_code, work.original.locale.language_code
    if said.get(LANGUAGE) != target or said.get(SOURCE_LANGUAGE) != source:
        raise PoRefusedError(
            _("This file is from %(source)s into %(target)s, and this page is not.")
            % {"source": said.get(SOURCE_LANGUAGE, "?"), "target": said.get(LANGUAGE, "?")}
        )
    wanted = said.get(SEGMENTS, "")
    if not wanted.isdecimal() or len(_entries(file)) < int(wanted):
        raise PoRefusedError(_truncated())


def _entries(file: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in file if not entry.obsolete]


@transaction.atomic
def take(file: polib.POFile, *, work: Work, user: AbstractUser) -> Report:
    """Keep what is good in a file, and say of the rest why not.

    Raises PoRefusedError, and then nothing is kept.
    """
    check(file, work)
    texts = lock(work)
    known = {(segment.path, segment.source): segment for segment in work.segments}
    paths = {segment.path for segment in work.segments}
    report = Report()
    taken: dict[str, tuple[StringSegment, str]] = {}
    for entry in _entries(file):
        if not entry.msgstr:
            report.empty += 1
            continue
        segment = known.get((entry.msgctxt or "", entry.msgid))
        if segment is None:
            report.left_out.append(_left_out(entry, None, _stranger(entry, paths)))
            continue
        try:
            text = _text_of(entry, segment)
        except SegmentRefusedError as refusal:
            report.left_out.append(_left_out(entry, segment, str(refusal)))
            continue
        row = texts.get((segment.row.string_id, segment.row.context_id))
        if row and row.data == text and segment.status == Status.DONE:
            report.same += 1
        else:
            taken[segment.key] = (segment.row, text)
    report.saved = write(work=work, texts=list(taken.values()), user=user)
    return report


def _stranger(entry: polib.POEntry, paths: Container[str]) -> str:
    """Why an entry has no segment."""
    if entry.msgctxt in paths:
        return _("The original says something else there now, or the source text was changed.")
    return _("The page has no such place.")


def _text_of(entry: polib.POEntry, segment: Segment) -> str:
    """What to keep of an entry; raises SegmentRefusedError."""
    if entry.fuzzy:
        raise SegmentRefusedError(
            [_("It is marked as fuzzy. Look at it and take the mark away, then send it again.")]
        )
    place = segment.place
    kept = segment.text and tidy(segment.text, place) == tidy(segment.source, place)
    return checked(source=segment.source, text=entry.msgstr, place=place, keep=bool(kept))


def _left_out(entry: polib.POEntry, segment: Segment | None, reason: str) -> LeftOut:
    return LeftOut(
        line=entry.linenum,
        context=segment.place.name if segment else entry.msgctxt or "",
        text=entry.msgid[:100],
        reason=reason,
    )
