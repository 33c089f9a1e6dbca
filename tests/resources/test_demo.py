"""What resources bring to the demonstration: documents that are there, texts in their languages."""

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coalition.core import languages
from coalition.core.interchange.reports import Outcome
from coalition.core.models import CoalitionDocument
from countries.demo.of_plugins import Demo, demos
from countries.domain.section_lines import import_sections
from plugins.resources.domain import texts as document_texts
from plugins.resources.licences import Licence
from plugins.resources.models import DocumentText, RepositoryPage, ResourcePage
from plugins.resources.models.resource_page import ITS_OWN
from tests.countries import test_demo_texts as core
from tests.countries.test_provision import everything

DEMO = Path(__file__).resolve().parents[2] / "plugins" / "resources" / "demo"
MEDIA, SOURCES = DEMO / "media", DEMO / "texts"
LARGEST = 80_000  # bytes
TITLE, SUMMARY = 100, 300


@cache
def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DEMO / "pages.jsonl").read_text("utf-8").splitlines()]


def resources() -> list[dict[str, Any]]:
    return [line for line in lines() if line["type"] == "resource"]


def by_key() -> dict[str, list[dict[str, Any]]]:
    return {
        key: [line for line in lines() if line["key"] == key]
        for key in {line["key"] for line in lines()}
    }


def of_language(language: str) -> list[dict[str, Any]]:
    return [line for line in lines() if line["language"] == language]


def texts(line: dict[str, Any]) -> list[str]:
    """What is written for its language; publisher, address and the like are not."""
    fields = {name: value for name, value in line["fields"].items() if name not in ITS_OWN}
    return core.texts({**line, "fields": fields})


def test_it_is_as_large_as_it_says() -> None:
    firsts = {line["key"]: line for line in resources()}.values()
    in_section = Counter(line["section"] for line in firsts)
    assert len(firsts) >= 20
    assert in_section[None] >= 10
    assert min(in_section["kh"], in_section["th"]) >= 4
    assert len({line["language"] for line in resources()}) >= 8
    written = {line["fields"]["written_in"] for line in firsts if "document" in line["fields"]}
    assert {"en", "hi", "id", "km", "th", "ur", "vi"} <= written


def test_every_document_is_there_and_every_file_is_used() -> None:
    named = {line["fields"]["document"] for line in resources() if "document" in line["fields"]}
    assert named == {f"media/{path.name}" for path in MEDIA.iterdir()}
    endings = Counter(path.suffix for path in MEDIA.iterdir())
    assert endings[".pdf"] >= 5
    assert (endings[".csv"], endings[".txt"]) == (1, 1)
    assert {path.stem for path in SOURCES.iterdir()} == {path.stem for path in MEDIA.glob("*.pdf")}
    assert [path.name for path in MEDIA.iterdir() if path.stat().st_size > LARGEST] == []


def test_languages_are_those_of_the_section_and_topics_those_of_the_demonstration() -> None:
    used = {row["code"]: row["languages"] for row in core.sections()}
    topics = json.loads((core.DATA / "topics.json").read_text("utf-8"))
    for line in lines():
        known = used[line["section"]] if line["section"] else languages.codes()
        assert line["language"] in known, line["key"]
        assert set(line["tags"]) <= set(topics), line["key"]


def test_one_key_is_one_page_in_all_its_languages() -> None:
    for key, found in by_key().items():
        first = found[0]
        assert len({line["language"] for line in found}) == len(found), key
        assert first["language"] == first["source_language"], key
        for line in found:
            for member in ("slug", "section", "type", "tags", "first_published", "body", "fields"):
                assert core.shape(line[member], member) == core.shape(first[member], member), key
            for name in ITS_OWN:
                assert line["fields"].get(name) == first["fields"].get(name), key


def test_repositories_come_before_what_lies_in_them() -> None:
    """The network's too: within a transaction the job that makes them has yet to run."""
    opened: set[tuple[str | None, str]] = set()
    for line in lines():
        place = (line["section"], line["language"])
        if line["type"] == "repository":
            opened.add(place)
        else:
            assert place in opened, line["key"]


def test_the_network_has_a_repository_in_every_language() -> None:
    home = {line["language"] for line in lines() if line["key"] == "resources"}
    assert home == set(languages.codes())


def test_texts_are_short_and_documents_have_a_licence() -> None:
    for line in lines():
        assert len(line["title"]) <= TITLE, line["key"]
        assert 0 < len(line["fields"]["summary"]) <= SUMMARY, line["key"]
    for line in resources():
        assert 1 <= len(line["body"]) <= 3, line["key"]
        assert ("document" in line["fields"]) != ("link" in line["fields"]), line["key"]
        if "document" in line["fields"]:
            assert line["fields"]["licence"] in (Licence.BY, Licence.BY_SA), line["key"]


@pytest.mark.parametrize("language", core.SCRIPTS)
def test_texts_are_in_the_script_of_their_language(language: str) -> None:
    script = re.compile(core.SCRIPTS[language])
    for line in of_language(language):
        letters = [sign for text in texts(line) for sign in text if sign.isalpha()]
        own = sum(bool(script.match(unicodedata.name(sign, ""))) for sign in letters)
        assert own >= 0.9 * len(letters), line["key"]


@pytest.mark.parametrize("language", core.LANGUAGES)
def test_nothing_is_told_twice(language: str) -> None:
    """Nor once here and once on a core page."""
    found = Counter(text for line in of_language(language) for text in texts(line))
    found.update(text for page in core.pages(language).values() for text in core.texts(page))
    assert [text for text, count in found.items() if count > 1 and len(text) > core.SHORT] == []


@pytest.mark.parametrize("language", [code for code in core.LANGUAGES if code != "en"])
def test_no_sentence_is_left_in_english(language: str) -> None:
    english = {text for line in of_language("en") for text in texts(line) if len(text) > core.SHORT}
    assert english.isdisjoint(text for line in of_language(language) for text in texts(line))


def imported() -> Demo:
    return next(demo for demo in demos(dry_run=False) if demo.slug == "resources")


@pytest.mark.django_db
def test_all_of_it_goes_in_and_the_next_run_keeps_it(media: Path) -> None:
    with (core.DATA / "sections.jsonl").open("rb") as file:
        assert {report.outcome for report in import_sections(file)} == {Outcome.CREATED}
    first = imported()
    assert first.refused == []
    assert first.pages is not None
    assert [report.message for report in first.pages if report.message] == []
    assert ResourcePage.objects.live().count() == len(resources())
    for page in ResourcePage.objects.all():
        repository = page.get_parent().specific
        assert isinstance(repository, RepositoryPage)
        assert (repository.section, repository.locale) == (page.section, page.locale)
        assert page.document or page.link
    documents = CoalitionDocument.objects.all()
    assert len(documents) == len(list(MEDIA.iterdir()))
    for document in documents:
        document_texts.keep_text_of(document.pk)
    read = DocumentText.objects.values_list("outcome", flat=True)
    assert list(read) == [document_texts.Outcome.READ] * len(documents)
    before = everything()
    again = imported()
    assert again.pages is not None
    assert {report.outcome for report in again.pages} == {Outcome.UNCHANGED}
    assert everything() == before
