"""Searching for readers: one hit per page, in their language, with facets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coalition.sections.models import Section
from search.domain import queries
from search.domain.queries import SearchRequest, Version
from search.excerpts import Part
from search.models import SearchEntry
from tests.installed import switch_queries
from tests.search.factories import Text, make_entries, make_entry

pytestmark = pytest.mark.django_db


def keys(**wanted: object) -> list[str]:
    return [hit.entry.key for hit in queries.search(SearchRequest(**wanted)).hits]


@pytest.fixture
def cambodia() -> Section:
    return Section.objects.create(kind="country", code="kh", slug="cambodia", default_language="km")


@pytest.fixture
def pacific() -> Section:
    return Section.objects.create(
        kind="network", code="pacific", slug="pacific", default_language="en"
    )


@pytest.fixture
def water(cambodia: Section, pacific: Section) -> None:
    """Three pages on water: a story in English and Khmer, a call in English, a guide in Thai."""
    make_entries(
        [
            Text("river", "en", "River", body="clean water", type="story", section=cambodia,
                 topics=("land", "water")),
            Text("river", "km", "ទន្លេ", body="ទឹកស្អាត water", type="story", section=cambodia,
                 topics=("land", "water")),
            Text("wells", "en", "Wells", body="water for all", type="call", section=pacific,
                 topics=("water",)),
            Text("guide", "th", "คู่มือ", body="เรื่องน้ำ water", type="standard"),
            Text("other", "en", "Schools", body="teachers", type="story", section=cambodia),
        ]
    )  # fmt: skip


@pytest.mark.usefixtures("water")
def test_a_page_is_one_hit_in_the_readers_language() -> None:
    answer = queries.search(SearchRequest(q="clean", language="km"))
    assert answer.total == 1
    (hit,) = answer.hits
    assert (hit.entry.language, hit.entry.title, hit.excerpt) == ("km", "ទន្លេ", "ទឹកស្អាត water")
    assert hit.also_in == (Version("en", "/en/river/"),)


@pytest.mark.usefixtures("water")
def test_without_the_readers_language_the_one_that_matched_is_shown() -> None:
    answer = queries.search(SearchRequest(q="ស្អាត", language="th"))
    assert [(hit.entry.key, hit.entry.language) for hit in answer.hits] == [("river", "km")]
    assert [
        hit.entry.language for hit in queries.search(SearchRequest(q="wells", language="ur")).hits
    ] == ["en"]


@pytest.mark.usefixtures("water")
def test_the_language_searched_can_be_limited() -> None:
    assert sorted(keys(q="water", within="en")) == ["river", "wells"]
    assert keys(q="water", within="th") == ["guide"]
    assert keys(q="clean", within="km") == []


@pytest.mark.usefixtures("water")
def test_filters() -> None:
    assert keys(q="water", section="kh") == ["river"]
    assert keys(q="water", section="network") == ["guide"]
    assert keys(q="water", type="call") == ["wells"]
    assert keys(q="water", topic="land") == ["river"]
    assert keys(q="water", topic="water", type="call", section="pacific") == ["wells"]
    assert keys(q="water", section="nowhere") == []
    assert keys(q="water", type="nothing") == []
    assert keys(q="water", topic="nothing") == []


@pytest.mark.usefixtures("water")
def test_facets_count_pages() -> None:
    answer = queries.search(SearchRequest(q="water", language="en"))
    assert answer.total == 3
    assert answer.facets == {
        "language": {"en": 2, "km": 1, "th": 1},
        "section": {"kh": 1, "network": 1, "pacific": 1},
        "type": {"call": 1, "standard": 1, "story": 1},
        "topic": {"water": 2, "land": 1},
    }


@pytest.mark.usefixtures("water")
def test_each_facet_is_under_the_other_filters() -> None:
    answer = queries.search(SearchRequest(q="water", within="en", type="story"))
    assert answer.total == 1
    assert answer.facets == {
        "language": {"en": 1, "km": 1},
        "section": {"kh": 1},
        "type": {"call": 1, "story": 1},
        "topic": {"land": 1, "water": 1},
    }


@pytest.mark.usefixtures("water")
def test_without_words_the_newest_are_listed_and_filters_work() -> None:
    SearchEntry.objects.filter(key="wells").update(published=timezone.now())
    SearchEntry.objects.filter(key="guide").update(published=timezone.now() - timedelta(days=3000))
    shown = [key for key in keys(page_size=50) if key in {"wells", "river", "other", "guide"}]
    assert shown[0] == "wells"
    assert shown[-1] == "guide"
    answer = queries.search(SearchRequest(type="story"))
    assert sorted(hit.entry.key for hit in answer.hits) == ["other", "river"]
    assert answer.facets["section"] == {"kh": 2}


def test_results_come_in_pages() -> None:
    make_entries(Text(f"p{n}", "en", f"Report {n}", body="dams") for n in range(7))
    request = SearchRequest(q="dams", page_size=3)
    parts = [queries.search(replace(request, page=page)) for page in (1, 2, 3, 4, 10**9)]
    assert [len(part.hits) for part in parts] == [3, 3, 1, 0, 0]
    assert {(part.total, part.pages) for part in parts} == {(7, 3)}
    assert len({hit.entry.key for part in parts for hit in part.hits}) == 7


def test_fresh_pages_come_first_but_only_a_little() -> None:
    old, new = datetime(2012, 1, 1, tzinfo=UTC), timezone.now()
    make_entries(
        [
            Text("old", "en", "Fishing", body="a ban", published=old),
            Text("new", "en", "Fishing", body="a ban", published=new),
            Text("old-title", "en", "Dams", body="a river", published=old),
            Text("new-text", "en", "River", body="a river without dams", published=new),
            *(Text(f"other-{n}", "en", "Schools", body="teachers") for n in range(9)),
        ]
    )
    assert keys(q="fishing") == ["new", "old"]
    assert keys(q="dams") == ["old-title", "new-text"]


def test_the_readers_language_is_preferred() -> None:
    texts = [Text("english", "en", body="NGO"), Text("thai", "th", body="NGO")]
    make_entries([*texts, *(Text(f"other-{n}", "en", body="teachers") for n in range(9))])
    assert keys(q="NGO", language="th") == ["thai", "english"]
    assert keys(q="NGO", language="en") == ["english", "thai"]


def test_the_excerpt_is_around_what_was_found() -> None:
    body = "Nothing here. " * 40 + "They built a dam on the river." + " Nothing there." * 40
    make_entry(title="A dam", body=body, summary="In short.")
    (hit,) = queries.search(SearchRequest(q="built river")).hits
    assert [part.text for part in hit.parts if part.found] == ["built", "river"]
    assert hit.excerpt == (
        "…here. "
        + "Nothing here. " * 4
        + "They built a dam on the river."
        + " Nothing there." * 8
        + " Nothing…"
    )


def test_the_excerpt_is_the_summary_when_another_language_matched() -> None:
    make_entries(
        [
            Text("dam", "en", "A dam", body="built of stone"),
            Text("dam", "th", "เขื่อน", summary="โดยสรุป", body="สร้างด้วยหิน"),
        ]
    )
    (hit,) = queries.search(SearchRequest(q="stone", language="th")).hits
    assert hit.parts == (Part("โดยสรุป"),)


def test_the_excerpt_begins_the_text_when_only_the_title_matched() -> None:
    make_entry(title="Zebra", body="word " * 100)
    (hit,) = queries.search(SearchRequest(q="zebra")).hits
    assert hit.excerpt == "word " * 43 + "word…"


def test_the_excerpt_marks_a_word_in_a_script_without_spaces() -> None:
    make_entry("th", body="แรงงานข้ามชาติควรได้ค่าจ้างที่เป็นธรรม")
    (hit,) = queries.search(SearchRequest(q="ค่าจ้าง", language="th")).hits
    assert hit.parts == (Part("แรงงานข้ามชาติควรได้"), Part("ค่าจ้าง", found=True), Part("ที่เป็นธรรม"))


def test_what_has_no_entry_is_not_found_even_if_the_engine_has_it() -> None:
    entry = make_entry(body="hidden zebra")
    entry.delete()
    answer = queries.search(SearchRequest(q="zebra"))
    assert (answer.total, answer.hits) == (0, ())
    assert answer.facets == {"language": {}, "section": {}, "type": {}, "topic": {}}
    assert queries.suggest("untitled", "en") == []


@pytest.mark.embedded
def test_an_excerpt_never_shows_what_was_corrected() -> None:
    entry = make_entry(body="the name of a witness is zebra")
    SearchEntry.objects.filter(pk=entry.pk).update(body="the name is withheld")
    (hit,) = queries.search(SearchRequest(q="zebra")).hits
    assert hit.excerpt == "the name is withheld"


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow_with_results(
    number: int, cambodia: Section, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_entries(
        Text(f"p{n}", language, f"Report {n}", body="dams", section=cambodia)
        for n in range(number)
        for language in ("en", "km", "th")
    )
    with django_assert_num_queries(
        4 + switch_queries()
    ):  # sections, matches, their versions, the texts shown
        answer = queries.search(SearchRequest(q="dams", language="km", page_size=50))
        assert [(hit.section, len(hit.also_in)) for hit in answer.hits] == [("kh", 2)] * number
    with django_assert_num_queries(2):
        assert len(queries.suggest("report", "en")) == min(number, 8)


def test_lists_read_entries(
    cambodia: Section, pacific: Section, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    make_entries(
        [
            Text("a", "en", type="story", section=cambodia, published=day),
            Text("b", "en", type="story", section=pacific, published=day + timedelta(days=1)),
            Text("c", "en", type="story", published=day - timedelta(days=1)),
            Text("d", "en", type="call", section=cambodia, published=day),
            Text("a", "km", type="story", section=cambodia, published=day),
        ]
    )
    with django_assert_num_queries(1):
        stories = [
            (entry.key, entry.section.code if entry.section else None, entry.url, entry.dir)
            for entry in queries.entries(language="en", type="story")
        ]
    assert stories == [
        ("b", "pacific", "/en/b/", "ltr"),
        ("a", "kh", "/en/a/", "ltr"),
        ("c", None, "/en/c/", "ltr"),
    ]
    assert [entry.key for entry in queries.entries(language="en", section=cambodia)] == ["d", "a"]
    assert list(queries.entries(language="ur", type="story")) == []
