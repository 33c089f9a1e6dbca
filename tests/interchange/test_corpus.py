"""A real file in every language: COALITION_CORPUS names it."""

import json
import os
from pathlib import Path

import pytest
from wagtail.models import PageLogEntry, Revision

from coalition.core.interchange.importer import import_pages
from coalition.core.models import PageKey
from home.models import StandardPage
from search.models import SearchEntry

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]


def corpus() -> Path:
    return Path(os.environ["COALITION_CORPUS"])


def run() -> set[tuple[str, str]]:
    with corpus().open("rb") as file:
        return {
            (report.outcome.value, report.message) for report in import_pages(file, publish=True)
        }


def test_every_page_goes_in_and_a_second_run_changes_nothing() -> None:
    lines = [json.loads(text) for text in corpus().read_text().splitlines()]
    assert run() == {("created", "")}
    told = {(row["key"], row["language"], row["title"]) for row in lines}
    keys = dict(PageKey.objects.values_list("translation_key", "key"))
    pages = StandardPage.objects.live().select_related("locale")
    assert {
        (keys[page.translation_key], page.locale.language_code, page.title) for page in pages
    } == told
    found = SearchEntry.objects.filter(type="standard").values_list("key", "language")
    assert sorted(found) == sorted((key, language) for key, language, _title in told)
    before = Revision.objects.count(), PageLogEntry.objects.count()
    assert run() == {("unchanged", "")}
    assert (Revision.objects.count(), PageLogEntry.objects.count()) == before
