"""What documents say is read by a job, kept, and searched."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

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


def test_a_new_file_is_read(kh: Section, django_capture_on_commit_callbacks: Committing) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = document(pdf_saying("Mangrove tenure"))
        resource_page(root_of(kh), title="The report", document=report)
    assert resource_texts() == 0
    with django_capture_on_commit_callbacks(execute=True):
        report.file = ContentFile(pdf_saying("Coral reefs"), name="b.pdf")
        report.save()
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


def test_tick_asks_once_for_what_nobody_has_read(
    kh: Section, django_capture_on_commit_callbacks: Committing
) -> None:
    report = document(pdf_saying("Mangrove tenure"))
    resource_page(root_of(kh), document=report)
    DocumentText.objects.all().delete()
    assert resource_texts() == 1
    assert resource_texts() == 0
    DocumentText.objects.update(changed_at=timezone.now() - texts.AGAIN - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert resource_texts() == 1
    assert report.resource_text.outcome == Outcome.READ


def test_a_deleted_document_is_found_no_more(
    kh: Section, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = document(pdf_saying("Mangrove tenure"))
        page = resource_page(root_of(kh), title="The report", document=report)
    assert found("mangrove") == ["The report"]
    with django_capture_on_commit_callbacks(execute=True):
        CoalitionDocument.objects.filter(pk=report.pk).delete()
    assert found("mangrove") == []
    page.refresh_from_db()
    page.save()


def test_what_few_may_read_is_not_searched(
    kh: Section, django_capture_on_commit_callbacks: Committing
) -> None:
    above = Collection.get_first_root_node().add_child(name="Above")
    with django_capture_on_commit_callbacks(execute=True):
        report = document(pdf_saying("Mangrove tenure"))
        resource_page(root_of(kh), title="The report", document=report)
    with django_capture_on_commit_callbacks(execute=True):
        report.collection = above.add_child(name="Members")
        report.save()
    assert found("mangrove") == ["The report"]
    with django_capture_on_commit_callbacks(execute=True):
        restriction = CollectionViewRestriction.objects.create(
            collection=above, restriction_type=CollectionViewRestriction.LOGIN
        )
    assert found("mangrove") == []
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert found("mangrove") == ["The report"]


def test_what_is_replaced_while_it_is_read_is_read_again(
    kh: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = document(pdf_saying("Old words"))
    resource_page(root_of(kh), document=report)
    reading = texts.read

    def replaced(row: CoalitionDocument) -> tuple[Outcome, str]:
        result = reading(row)
        report.file = ContentFile(pdf_saying("New words"), name="b.pdf")
        report.save()
        return result

    monkeypatch.setattr(texts, "read", replaced)
    texts.keep_text_of(report.pk)
    assert DocumentText.objects.get().outcome == Outcome.WAITING
    monkeypatch.undo()
    texts.keep_text_of(report.pk)
    assert DocumentText.objects.get().text == "New words"


def test_a_storage_that_is_away_is_tried_again(kh: Section) -> None:
    report = document(pdf_saying("Land"))
    resource_page(root_of(kh), document=report)
    path = Path(report.file.path)
    away = path.rename(path.with_suffix(".away"))
    with pytest.raises(OSError, match="No such file"):
        texts.keep_text_of(report.pk)
    assert DocumentText.objects.get().outcome == Outcome.WAITING
    away.rename(path)
    texts.keep_text_of(report.pk)
    assert DocumentText.objects.get().text == "Land"


def test_a_file_that_takes_too_much_is_stopped(kh: Section) -> None:
    bomb = pikepdf.new()
    page = bomb.add_blank_page()
    letters = pikepdf.Dictionary(ActualText="a" * 100_000)
    page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(P=letters))
    page.Contents = bomb.make_stream(b"BT " + b"/Span /P BDC (a) Tj EMC " * 50_000 + b" ET")
    data = BytesIO()
    bomb.save(data)
    outcome, text = texts.read(document(data.getvalue()))
    assert outcome == Outcome.READ
    assert len(text) <= texts.MOST_CHARACTERS


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
    monkeypatch.setattr(texts, "MOST_SECONDS", 0.01)
    assert texts.read(document(pdf_saying("One", "two"))) == (Outcome.UNREADABLE, "")


def test_a_document_is_read_once_for_two_resources(kh: Section, th: Section) -> None:
    shared: CoalitionDocument = document(pdf_saying("Mangrove tenure"))
    for section in (kh, th):
        resource_page(root_of(section), title=f"In {section.code}", document=shared)
    texts.keep_text_of(shared.pk)
    assert DocumentText.objects.count() == 1
