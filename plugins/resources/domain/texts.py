"""The texts of documents: read by a job, kept, and searched."""

import logging
import time
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from coalition.core import visibility
from coalition.core.models import CoalitionDocument, CoalitionPage
from coalition.jobs.failures import log_failure
from plugins.resources.domain.pdf_text import pages_of
from plugins.resources.models import DocumentText, ResourcePage
from plugins.resources.models.document_text import Outcome

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 400_000
"""Of one document; some 150 pages of a law. What comes after is not searched."""
MOST_SECONDS = 120


def due() -> QuerySet[CoalitionDocument]:
    """Documents of resources whose text is not that of their file."""
    used = ResourcePage.objects.exclude(document=None).values("document")
    found: QuerySet[CoalitionDocument] = CoalitionDocument.objects.filter(pk__in=used)
    return found.exclude(resource_text__file_hash=F("file_hash")).order_by("pk")


def keep_text_of(document_id: int) -> None:
    """Read the document and announce the resources that show it. Nothing, where it is known."""
    document = due().filter(pk=document_id).first()
    if document is None:
        return
    outcome, text = read(document)
    with transaction.atomic():
        DocumentText.objects.update_or_create(
            document=document,
            defaults={"file_hash": document.file_hash, "outcome": outcome, "text": text},
        )
        pages = ResourcePage.objects.filter(document=document, live=True)
        visibility.announce_ids(list(pages.values_list("pk", flat=True)))


def read(document: CoalitionDocument) -> tuple[Outcome, str]:
    """What became of it, and its text, at most MOST_CHARACTERS."""
    try:
        with document.file.storage.open(str(document.file.name)) as file:
            pieces = _pages(file) if document.file_extension == "pdf" else _lines(file)
            text = _joined(pieces)
    except Exception as error:  # noqa: BLE001 - whatever pypdf makes of somebody's file
        log_failure(logger, f"Reading document {document.pk}", error)
        return Outcome.UNREADABLE, ""
    return (Outcome.READ if text else Outcome.EMPTY), text


def _pages(file: Any) -> Iterator[str]:
    until = time.monotonic() + MOST_SECONDS
    for text in pages_of(file):
        yield text
        if time.monotonic() > until:
            return


def _lines(file: Any) -> Iterator[str]:
    # As documents are stored, tables with a mark in front.
    yield from TextIOWrapper(file, encoding="utf-8-sig", errors="replace")


def _joined(pieces: Iterator[str]) -> str:
    text, length = [], 0
    for piece in pieces:
        # PostgreSQL keeps no null characters.
        words = " ".join(piece.replace("\0", " ").split())
        text.append(words)
        length += len(words) + 1
        if length >= MOST_CHARACTERS:
            break
    return "\n".join(filter(None, text))[:MOST_CHARACTERS]


def text_of(page: CoalitionPage) -> str:
    """For search: what the document of a resource says."""
    if not isinstance(page, ResourcePage) or page.document_id is None:
        return ""
    found = DocumentText.objects.filter(document=page.document_id)
    return found.values_list("text", flat=True).first() or ""
