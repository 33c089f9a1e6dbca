"""What documents say is read by a job, kept, and searched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from coalition.core.models import CoalitionDocument
from coalition.sections.models import Section
from plugins.resources.doctor import unread
from plugins.resources.domain import texts
from plugins.resources.models import DocumentText
from plugins.resources.models.document_text import Outcome
from plugins.resources.tick import resource_texts
from search.domain.queries import SearchRequest, search
from tests.factories import root_of, standard_page

from .factories import document, pdf_saying, resource_page

pytestmark = pytest.mark.django_db

Committing = Callable[..., Any]


@pytest.fixture(autouse=True)
def _media(media: Path) -> None:
    """Documents have files."""


def found(words: str) -> list[str]:
    return [hit.entry.title for hit in search(SearchRequest(q=words)).hits]


def test_publishing_has_the_document_read(
    kh: Section, django_capture_on_commit_callbacks: Committing
) -> None:
    standard_page(title="Something else")
    with django_capture_on_commit_callbacks(execute=True):
        report = document(pdf_saying("Leases along the estuary", "Mangrove tenure"))
        resource_page(root_of(kh), title="The report", document=report)
    assert report.resource_text.text == "Leases along the estuary\nMangrove tenure"
    assert found("mangrove") == found("estuary leases") == ["The report"]


def test_a_new_file_is_read_by_tick(
    kh: Section, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = document(pdf_saying("Mangrove tenure"))
        resource_page(root_of(kh), title="The report", document=report)
    assert resource_texts() == 0
    with django_capture_on_commit_callbacks(execute=True):
        report.file = ContentFile(pdf_saying("Coral reefs"), name="b.pdf")
        report.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert resource_texts() == 1
    assert found("coral") == ["The report"]
    assert found("mangrove") == []
    assert resource_texts() == 0


def test_reading_again_changes_nothing(kh: Section) -> None:
    report = document(pdf_saying("Mangrove tenure"))
    texts.keep_text_of(report.pk)
    assert not DocumentText.objects.exists(), "no resource has it"
    resource_page(root_of(kh), document=report)
    texts.keep_text_of(report.pk)
    DocumentText.objects.update(text="kept")
    texts.keep_text_of(report.pk)
    texts.keep_text_of(report.pk + 1)
    assert DocumentText.objects.get().text == "kept"


@pytest.mark.parametrize(
    ("name", "content", "outcome", "text"),
    [
        ("a.txt", "ទឹក and land".encode(), Outcome.READ, "ទឹក and land"),
        ("a.csv", b"river,length\nMekong,4350\n", Outcome.READ, "river,length\nMekong,4350"),
        ("a.pdf", pdf_saying(""), Outcome.EMPTY, ""),
    ],
)
def test_kinds(name: str, content: bytes, outcome: Outcome, text: str) -> None:
    assert texts.read(document(content, name)) == (outcome, text)


def test_a_file_that_cannot_be_read_is_named_by_doctor(kh: Section) -> None:
    broken = document(pdf_saying("Land"), title="Broken")
    resource_page(root_of(kh), document=broken)
    Path(broken.file.path).write_bytes(b"%PDF-1.7 and nothing more")
    texts.keep_text_of(broken.pk)
    assert DocumentText.objects.get().outcome == Outcome.UNREADABLE
    (finding,) = unread()
    assert "1 documents" in finding
    assert "“Broken”" in finding


def test_long_documents_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 12)
    assert texts.read(document(pdf_saying("Eight of", "them", "never"))) == (
        Outcome.READ,
        "Eight of\nthe",
    )


def test_slow_documents_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_SECONDS", -1)
    assert texts.read(document(pdf_saying("One", "two", "three"))) == (Outcome.READ, "One")


def test_a_document_is_read_once_for_two_resources(kh: Section, th: Section) -> None:
    shared: CoalitionDocument = document(pdf_saying("Mangrove tenure"))
    for section in (kh, th):
        resource_page(root_of(section), title=f"In {section.code}", document=shared)
    texts.keep_text_of(shared.pk)
    assert DocumentText.objects.count() == 1
