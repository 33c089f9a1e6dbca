"""A second run changes nothing; a changed line changes its page and nothing else."""

from typing import Any

import pytest
from wagtail.models import Locale, Page, PageLogEntry, Revision

from campaigns.models import PersonShown, SuccessStoryPage
from coalition.core.models import PageKey
from coalition.sections.models import Section
from home.models import StandardPage
from tests.factories import child_of, home_of, make_page, root_of, standard_page
from tests.interchange.lines import line, outcomes, paragraph, run
from tests.interchange.test_types import STORY

TEXTS = [paragraph("one"), paragraph("two"), {"type": "heading", "value": "Three"}]
pytestmark = pytest.mark.django_db


def about() -> StandardPage:
    return StandardPage.objects.get(slug="about", locale__language_code="en")


def ids() -> dict[str, str]:
    """Text of each block -> its id."""
    return {str(block.value): block.id for block in about().body}


def written_rows() -> tuple[int, int, Any]:
    times = Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at")
    return Revision.objects.count(), PageLogEntry.objects.count(), list(times)


@pytest.mark.parametrize("live", [True, False, None])
def test_a_second_run_writes_nothing(live: bool | None) -> None:
    given = [
        line(body=TEXTS, tags=["privacy"], live=live, first_published="2026-01-02"),
        line(language="km", body=TEXTS, live=live),
    ]
    assert outcomes(*given) == ["created", "created"]
    before, kept = written_rows(), ids()
    assert outcomes(*given) == ["unchanged", "unchanged"]
    assert (written_rows(), ids()) == (before, kept)


def test_a_second_run_with_publish_writes_nothing() -> None:
    given = [line(body=TEXTS), line(language="th")]
    assert outcomes(*given, publish=True) == ["created", "created"]
    before = written_rows()
    assert outcomes(*given, publish=True) == ["unchanged", "unchanged"]
    assert outcomes(*given) == ["unchanged", "unchanged"]
    assert written_rows() == before


def test_a_changed_line_changes_its_page_alone() -> None:
    run(line(body=TEXTS), line("other"), line(language="km"), publish=True)
    others = list(Revision.objects.exclude(object_id=about().pk).values_list("pk", flat=True))
    given = [line(body=TEXTS, title="New"), line("other"), line(language="km")]
    assert outcomes(*given, publish=True) == ["changed", "unchanged", "unchanged"]
    assert about().title == "New"
    assert (
        list(Revision.objects.exclude(object_id=about().pk).values_list("pk", flat=True)) == others
    )


def test_a_changed_draft_is_changed_once() -> None:
    run(line(body=TEXTS))
    given = line(body=[*TEXTS, paragraph("four")])
    assert outcomes(given) == ["changed"]
    before = written_rows()
    assert outcomes(given) == ["unchanged"]
    assert written_rows() == before
    assert outcomes(given, publish=True) == ["changed"]
    assert len(about().body) == 4


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ([paragraph("new"), *TEXTS], {"<p>one</p>", "<p>two</p>", "Three"}),
        (list(reversed(TEXTS)), {"<p>one</p>", "<p>two</p>", "Three"}),
        (TEXTS[1:], {"<p>two</p>", "Three"}),
        ([TEXTS[0], paragraph("changed"), TEXTS[2]], {"<p>one</p>", "Three"}),
    ],
    ids=["inserted", "reordered", "removed", "changed"],
)
def test_unchanged_blocks_keep_their_ids(body: list[Any], kept: set[str]) -> None:
    run(line(body=TEXTS), publish=True)
    before = ids()
    assert outcomes(line(body=body), publish=True) == ["changed"]
    after = ids()
    assert {text: after[text] for text in kept} == {text: before[text] for text in kept}
    assert len(set(after.values())) == len(body)


def test_a_changed_block_keeps_its_id_among_its_type() -> None:
    run(line(body=TEXTS), publish=True)
    before = ids()
    run(line(body=[TEXTS[0], paragraph("changed"), TEXTS[2]]), publish=True)
    assert ids()["<p>changed</p>"] == before["<p>two</p>"]


def test_equal_blocks_keep_an_id_each() -> None:
    twice = [paragraph("same"), paragraph("same")]
    run(line(body=twice), publish=True)
    before = [block.id for block in about().body]
    run(line(body=[*twice, paragraph("same")]), publish=True)
    assert [block.id for block in about().body][:2] == before


ANSWERS = [
    {"question": "Who?", "answer": "<p>All.</p>"},
    {"question": "When?", "answer": "<p>Now.</p>"},
]
TABLE = {
    "caption": "Hearings",
    "columns": [{"type": "row_heading", "heading": "Where"}, {"type": "number", "heading": "No."}],
    "rows": [{"values": ["Coast", "3"]}],
}


def answer_ids() -> dict[str, str]:
    (block,) = [block for block in about().body if block.block_type == "accordion"]
    return {item.value["question"]: item.id for item in block.value.bound_blocks}


def test_lists_inside_blocks_go_in_and_keep_their_ids() -> None:
    body = [{"type": "accordion", "value": ANSWERS}, {"type": "table", "value": TABLE}]
    assert outcomes(line(body=body), publish=True) == ["created"]
    before = answer_ids()
    assert outcomes(line(body=body), publish=True) == ["unchanged"]
    assert answer_ids() == before
    new = {"question": "Why?", "answer": "<p>So.</p>"}
    changed = ANSWERS[1] | {"answer": "<p>Tomorrow.</p>"}
    body = [{"type": "accordion", "value": [new, ANSWERS[0], changed]}, body[1]]
    assert outcomes(line(body=body), publish=True) == ["changed"]
    after = answer_ids()
    assert after["Who?"] == before["Who?"]
    assert len(set(after.values())) == 3
    assert outcomes(line(body=body), publish=True) == ["unchanged"]


def test_people_shown_keep_their_rows(kh: Section) -> None:
    given = line(type="story", section="kh", fields=STORY, live=True)
    run(given)
    before = list(PersonShown.objects.order_by("pk").values_list("pk", flat=True))
    changed = STORY | {"people": [STORY["people"][0] | {"description": "a headmaster"}]}
    assert outcomes(given | {"fields": changed}) == ["changed"]
    assert list(PersonShown.objects.values_list("pk", "description")) == [
        (before[0], "a headmaster")
    ]


def test_what_a_line_does_not_say_stays() -> None:
    run(line(body=TEXTS, tags=["privacy"], fields={"summary": "Us"}, live=True))
    assert outcomes(line(title="New")) == ["changed"]
    page = about()
    assert (page.live, page.summary, len(page.body)) == (True, "Us", 3)
    assert [topic.slug for topic in page.topics.all()] == ["privacy"]
    assert outcomes(line(title="New", body=[], tags=[], fields={"summary": None})) == ["changed"]
    page = about()
    assert (page.summary, len(page.body), page.topics.count()) == ("", 0, 0)


def test_live_false_takes_down_and_publish_overrides_it() -> None:
    run(line(live=True))
    assert outcomes(line(live=False)) == ["changed"]
    assert about().live is False
    assert outcomes(line(live=False)) == ["unchanged"]
    assert outcomes(line(live=False), publish=True) == ["changed"]
    assert about().live is True


def test_publishing_a_draft_that_is_as_the_line_says_makes_no_revision() -> None:
    run(line(body=TEXTS))
    before = Revision.objects.count()
    assert outcomes(line(body=TEXTS), publish=True) == ["changed"]
    assert (Revision.objects.count(), about().live) == (before, True)


def test_a_day_that_is_put_right_is_put_right_once() -> None:
    run(line(live=True, first_published="2026-01-02"))
    assert outcomes(line(first_published="2025-01-02")) == ["changed"]
    assert about().first_published_at.date().isoformat() == "2025-01-02"
    assert outcomes(line(first_published="2025-01-02")) == ["unchanged"]


def test_the_hour_of_the_first_publication_is_no_change() -> None:
    page = standard_page(title="About", slug="about")
    day = page.first_published_at.date().isoformat()
    key = str(page.translation_key)
    given = line(key, slug="about", title="About", first_published=day)
    assert outcomes(given) == ["unchanged"]
    assert about().first_published_at == page.first_published_at


def test_a_page_made_in_the_admin_is_found_under_its_uuid() -> None:
    page = standard_page(title="About", slug="about")
    key = str(page.translation_key)
    assert outcomes(line(key, slug="about", title="New")) == ["changed"]
    assert about().pk == page.pk
    assert outcomes(line(key, "km", slug="about")) == ["created"]
    assert StandardPage.objects.filter(translation_key=page.translation_key).count() == 2


def test_a_uuid_that_is_new_becomes_the_translation_key() -> None:
    key = "6d2b1a0e-5c5f-4d63-9d3c-0d6a6b0f3a11"
    run(line(key, slug="about"))
    assert str(about().translation_key) == key
    assert PageKey.objects.get(key=key).translation_key == about().translation_key


def test_a_moved_page_stays_where_it_is(kh: Section) -> None:
    run(line("old", section="kh"), line(section="kh", parent="old"), line("new", section="kh"))
    new = StandardPage.objects.get(slug="new")
    about().move(new, "last-child")
    report = run(line(section="kh", parent="old"))[0]
    assert (report.outcome, report.message) == (
        "unchanged",
        "it stays below “New”, not below “old”; move it in the admin",
    )


def test_a_newer_draft_that_is_replaced_is_named() -> None:
    run(line(live=True))
    page = about()
    page.title = "Half written"
    page.save_revision()
    report = run(line(title="From the file"))[0]
    assert (report.outcome, report.message) == (
        "changed",
        "a newer draft of it is now in its history",
    )


def test_an_untouched_page_keeps_its_newer_draft() -> None:
    run(line(live=True))
    page = about()
    page.title = "Half written"
    page.save_revision()
    assert outcomes(line(live=True)) == ["unchanged"]
    assert about().get_latest_revision_as_object().title == "Half written"


def test_what_somebody_has_written_can_be_kept(kh: Section) -> None:
    home = line("home", type="home", title="Our network", live=True)
    assert outcomes(line(live=True), home, keep=True) == ["created", "changed"]
    again = [line(title="New", live=False), home | {"title": "New"}, line("new")]
    assert outcomes(*again, keep=True) == ["unchanged", "unchanged", "created"]
    assert (about().title, about().live) == ("About", True)


def test_a_story_is_only_taken_for_the_same_type(kh: Section) -> None:
    make_page(SuccessStoryPage, child_of(root_of(kh), "stories"), slug="story")
    assert home_of().locale == Locale.objects.get(language_code="en")
    key = PageKey.objects.get(translation_key=SuccessStoryPage.objects.get().translation_key).key
    report = run(line(key, "km", slug="story", section="kh"))[0]
    assert report.message == f"key “{key}” is a story already; use another key"


@pytest.mark.parametrize("first", ["en", "km"])
def test_blocks_of_translations_have_the_ids_of_what_they_translate(first: str) -> None:
    khmer = [paragraph("មួយ"), paragraph("ពីរ"), {"type": "heading", "value": "បី"}]
    lines = [line(body=TEXTS), line(language="km", body=khmer, title="អំពី")]
    run(*sorted(lines, key=lambda line: line["language"] != first), publish=True)
    english, other = (
        StandardPage.objects.get(slug="about", locale__language_code=code) for code in ("en", "km")
    )
    assert [block.id for block in other.body] == [block.id for block in english.body]
    assert [str(block.value) for block in other.body] == ["<p>មួយ</p>", "<p>ពីរ</p>", "បី"]


def test_a_translation_without_a_body_takes_none() -> None:
    run(line(body=TEXTS), line(language="km"))
    assert not StandardPage.objects.get(slug="about", locale__language_code="km").body
