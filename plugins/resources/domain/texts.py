"""The texts of documents: read by a job, kept, and searched."""

import logging
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from coalition.core import visibility
from coalition.core.models import CoalitionDocument, CoalitionPage
from plugins.resources.domain import pdf_text
from plugins.resources.models import DocumentText, ResourcePage
from plugins.resources.models.document_text import Outcome

logger = logging.getLogger(__name__)

MOST_CHARACTERS = pdf_text.MOST_CHARACTERS
MOST_SECONDS = 90
AGAIN = timedelta(hours=1)
"""After which a document is asked for again that somebody was to read and has not."""


def due() -> QuerySet[CoalitionDocument]:
    """Documents of resources that nobody has read, or is about to read, as they are now."""
    used = ResourcePage.objects.exclude(document=None).values("document")
    lost = Q(resource_text__outcome=Outcome.WAITING) & Q(
        resource_text__changed_at__lt=timezone.now() - AGAIN
    )
    other = ~Q(resource_text__file_hash=F("file_hash")) | Q(resource_text=None)
    found: QuerySet[CoalitionDocument] = CoalitionDocument.objects.filter(lost | other, pk__in=used)
    return found.order_by("pk")


@transaction.atomic
def ask_for(documents: Iterable[CoalitionDocument]) -> int:
    """Have documents read by jobs; what was known of older files of theirs goes now.

    Returns how many there are.
    """
    from plugins.resources.tasks import read_document

    count = 0
    for document in documents:
        DocumentText.objects.update_or_create(
            document=document,
            defaults={
                "file_hash": document.file_hash,
                "outcome": Outcome.WAITING,
                "text": "",
            },
        )
        read_document.enqueue(document_id=document.pk)
        count += 1
    return count


def keep_text_of(document_id: int) -> None:
    """Read the document and announce the resources that show it. Nothing, where it is known.

    Raises OSError when its file is not to be had; the job is then tried again.
    """
    waiting = DocumentText.objects.filter(document=document_id, outcome=Outcome.WAITING)
    row = waiting.select_related("document").first()
    if row is None:
        return
    outcome, text = read(row.document)
    with transaction.atomic():
        # Meanwhile the file may have been replaced, or deleted.
        current = waiting.filter(
            file_hash=row.document.file_hash, document__file_hash=row.file_hash
        )
        if current.update(outcome=outcome, text=text, changed_at=timezone.now()):
            announce([document_id])


def announce(document_ids: Iterable[int]) -> None:
    """The resources that show these documents are to be found by other words."""
    pages = ResourcePage.objects.live().filter(document__in=list(document_ids))
    visibility.announce_ids(list(pages.values_list("pk", flat=True)))


def read(document: CoalitionDocument) -> tuple[Outcome, str]:
    """What became of it, and its text, at most MOST_CHARACTERS. Raises OSError."""
    with document.file.storage.open(str(document.file.name)) as file:
        content = file.read()
    if document.file_extension != "pdf":
        # As documents are stored, tables with a mark in front.
        text = content.decode("utf-8-sig", "replace")
        fine = True
    else:
        fine, text = _read_apart(content)
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    # PostgreSQL keeps no null characters.
    text = text.replace("\0", " ")[:MOST_CHARACTERS]
    if text:
        return Outcome.READ, text
    return (Outcome.EMPTY if fine else Outcome.UNREADABLE), ""


def _read_apart(content: bytes) -> tuple[bool, str]:
    """The text of a PDF, read by a process that may take a little memory and time and no more.

    What it has said until it is stopped counts.
    """
    # Its own folder is no place to import from.
    command = [sys.executable, "-P", str(pdf_text.__file__)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        logger.warning("A PDF took more than %s seconds to read.", MOST_SECONDS)
        return False, (error.stdout or b"").decode("utf-8", "replace")
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        logger.warning("A PDF could not be read: %s", reason[:200])
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def text_of(page: CoalitionPage) -> str:
    """For search: what the document of a resource says, if everybody may read it."""
    if not isinstance(page, ResourcePage) or page.document_id is None:
        return ""
    found = DocumentText.objects.filter(
        document=page.document_id, file_hash=F("document__file_hash"), outcome=Outcome.READ
    )
    row = found.select_related("document__collection").first()
    if row is None or row.document.collection.get_view_restrictions().exists():
        return ""
    return row.text
