"""Sections are archived while others archive them, too, or publish in them."""

import threading

import pytest
from django.db import connections
from wagtail.models import ModelLogEntry, Page

from coalition.sections.models import Section
from countries.domain.archive import archive_section
from countries.domain.provision import provision_section
from search.models import SearchEntry
from tests.factories import standard_page


@pytest.mark.django_db(transaction=True)
def test_archived_by_two_at_once_it_is_archived_once() -> None:
    section = provision_section(code="kh", kind="country", languages_used=["en"]).section
    numbers: list[int] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            numbers.append(archive_section(section=Section.objects.get(pk=section.pk)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [0, 3]
    assert ModelLogEntry.objects.filter(action="sections.archived").count() == 1


@pytest.mark.django_db(transaction=True)
def test_published_while_it_is_archived_search_does_not_know_it() -> None:
    """Whichever comes first, no entry is left of a page that readers cannot open."""
    section = provision_section(code="kh", kind="country", languages_used=["en"]).section
    root = Page.objects.get(url_path="/en/countries/cambodia/")
    pages = [standard_page(root, live=False, title=f"Page {number}") for number in range(5)]
    start = threading.Barrier(2)

    def publish() -> None:
        start.wait()
        try:
            for page in pages:
                page.save_revision().publish()
        finally:
            connections.close_all()

    thread = threading.Thread(target=publish)
    thread.start()
    start.wait()
    archive_section(section=section)
    thread.join()
    assert SearchEntry.objects.filter(section=section).count() == 0
