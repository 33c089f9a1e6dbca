"""What is wrong with a line is said by its number; the rest goes in, nothing halfway."""

from typing import Any

import pytest
from wagtail.models import Page

from campaigns.models import CallForActionPage
from coalition.core.models import PageKey, Topic
from coalition.sections.models import Section
from home.models import StandardPage
from tests.factories import standard_page
from tests.interchange.lines import line, outcomes, paragraph, refusal, run
from tests.interchange.test_types import CALL, CAMPAIGN, STORY

pytestmark = pytest.mark.django_db
FIVE = "first five"


def test_every_bad_line_is_reported_and_the_rest_goes_in(kh: Section) -> None:
    reports = run(
        line("one"),
        "{not json",
        line("two", "xx"),
        line("three", type="poem"),
        line("four", body=[paragraph("a<script>x()</script>")]),
        line("one"),
        line("five", "th", section="kh"),
        line("six", section="zz"),
        line("seven", parent="nowhere"),
        "é".encode("latin-1"),
        line("eight", "km", section="kh"),
    )
    assert [(report.number, report.outcome.value) for report in reports] == [
        (1, "created"),
        (2, "refused"),
        (3, "refused"),
        (4, "refused"),
        (5, "created"),
        (6, "refused"),
        (7, "refused"),
        (8, "refused"),
        (9, "refused"),
        (10, "refused"),
        (11, "created"),
    ]
    messages = {report.number: report.message for report in reports}
    assert messages[2].startswith("this is not JSON (Expecting property name")
    assert messages[3].startswith("language: unknown language 'xx'; there are en, ar,")
    assert messages[4].startswith("unknown type “poem”; there are call, campaign,")
    assert messages[5] == "taken out of the text: <script>"
    assert messages[6] == "key “one” in en stands in an earlier line"
    assert messages[7] == (
        "section kh does not use th; it uses en, km. Add it with provision_section"
    )
    assert messages[8] == "there is no section “zz”; open it with provision_section"
    assert messages[9] == "parent “nowhere” has no page in en, here or in the file"
    assert messages[10] == "byte 1 is not UTF-8; save the file in that encoding"
    assert sorted(StandardPage.objects.values_list("slug", flat=True)) == ["eight", "four", "one"]
    assert str(StandardPage.objects.get(slug="four").body[0].value) == "<p>a</p>"


def test_a_script_is_taken_out_on_every_run_and_changes_nothing() -> None:
    given = line(body=[paragraph("a<script>x()</script>")], live=True)
    assert outcomes(given, given | {"language": "km"}) == ["created", "created"]
    report = run(given)[0]
    assert (report.outcome, report.message) == ("unchanged", "taken out of the text: <script>")


def test_the_same_key_may_stand_once_in_each_language() -> None:
    assert outcomes(line(), line(language="km"), line(language="km")) == [
        "created",
        "created",
        "refused",
    ]


def test_after_a_bad_line_the_same_key_may_come_again() -> None:
    assert outcomes(line(title=""), line()) == ["refused", "created"]


def test_a_parent_may_come_later_in_the_file() -> None:
    given = [line("c", parent="b"), line("b", parent="a"), line("a"), line("d", parent="x")]
    assert outcomes(*given) == ["created", "created", "created", "refused"]
    assert Page.objects.filter(url_path="/en/a/b/c/").exists()


def test_pages_that_are_each_others_parent_are_refused() -> None:
    assert (
        outcomes(line("a", parent="b"), line("b", parent="a"), line("c", parent="c"))
        == ["refused"] * 3
    )


def test_a_bad_line_that_waits_for_its_parent_is_told_why() -> None:
    reports = run(line("child", parent="late", body=[{"type": "poem"}]), line("late"))
    assert reports[0].message.startswith("body, block 1: unknown type 'poem'; there are heading")


def test_a_parent_in_another_language_is_no_parent() -> None:
    assert refusal(line("a", "km"), line("b", parent="a")) == (
        "parent “a” has no page in en, here or in the file"
    )


def test_a_parent_of_another_section_is_refused(kh: Section, th: Section) -> None:
    run(line("kh-guide", section="kh"))
    assert refusal(line("a", section="th", parent="kh-guide")) == (
        "parent “kh-guide” belongs to section kh, not to th"
    )
    assert refusal(line("a", parent="kh-guide"), section="th") == (
        "parent “kh-guide” belongs to section kh, not to th"
    )
    assert outcomes(line("a", parent="kh-guide")) == ["created"]
    assert StandardPage.objects.get(slug="a").section == kh


def test_a_key_of_another_section_is_refused(kh: Section, th: Section) -> None:
    run(line("guide", section="kh"))
    assert refusal(line("guide", section="th")) == (
        "key “guide” belongs to section kh, not to section th"
    )
    assert refusal(line("guide")) == "key “guide” belongs to section kh, not to the network"


def test_a_section_fills_only_a_null(kh: Section, th: Section) -> None:
    assert outcomes(line("a"), line("b", section="th"), section="KH") == ["created", "created"]
    sections = {page.slug: page.section for page in StandardPage.objects.all()}
    assert sections == {"a": kh, "b": th}


def test_a_key_keeps_its_slug() -> None:
    run(line())
    said = "slug “other”: key “about” has “about” already, in every language; write that"
    assert refusal(line(slug="other")) == said
    assert refusal(line(language="km", slug="other")) == said


def test_a_slug_belongs_to_one_key() -> None:
    standard_page(title="By hand", slug="taken")
    assert refusal(line("new", slug="taken")) == (
        "slug: The slug 'taken' is already in use within the parent page at '/en/'."
    )
    assert refusal(line("new", "km", slug="taken")).startswith(
        "slug: Another page has this address already: “By hand” in English."
    )
    assert not PageKey.objects.filter(key="new").exists()


def test_a_key_keeps_its_type(kh: Section) -> None:
    run(line("x"))
    assert refusal(line("x", "km", type="campaign")) == (
        "key “x” is a standard already; use another key"
    )
    assert refusal(line("x", type="campaign")) == "key “x” is a standard already; use another key"


def test_a_provisioned_page_has_one_key(kh: Section) -> None:
    run(line("home", type="home"))
    assert refusal(line("start", type="home")) == (
        "this home has the key “home” already; write that"
    )


def test_a_page_cannot_stand_anywhere(kh: Section) -> None:
    run(line("guide", section="kh"), line("campaign", type="campaign", section="kh"))
    assert refusal(line("s", type="story", section="kh", parent="guide")) == (
        "a story cannot stand below “Guide”"
    )
    assert refusal(line("p", section="kh", parent="campaign")) == (
        "a standard cannot stand below “Campaign”"
    )


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"fields": {"colour": "red"}}, "fields: standard has no colour; it has summary"),
        ({"fields": {"summary": "x" * 301}}, "summary: 301 characters; 300 is the most"),
        ({"fields": {"summary": 5}}, "summary: a text is needed"),
        ({"title": "x" * 256}, "title: Ensure this value has at most 255 characters (it has 256)."),
        ({"body": ["text"]}, "body, block 1: unknown type None; there are heading,"),
        ({"body": [{"type": "poem", "value": ""}]}, "body, block 1: unknown type 'poem'"),
        ({"body": [{"type": ["x"], "value": ""}]}, "body, block 1: unknown type ['x']"),
        ({"body": [{"type": "heading"}]}, "body, block 1: a text is needed"),
        ({"body": [{"type": "heading", "value": " "}]}, "body: block 1, This field is required."),
        ({"body": [paragraph("a"), {"type": "paragraph", "value": 5}]}, "body, block 2: a text"),
        (
            {"body": [{"type": "quote", "value": {"who": "x"}}]},
            "block 1: unknown members who; there are text,",
        ),
        (
            {"body": [{"type": "quote", "value": {"attribution": "x"}}]},
            "body: block 1, text: This field is required.",
        ),
        ({"body": [{"type": "quote", "value": {"text": 5}}]}, "block 1, text: a text is needed"),
        ({"body": [{"type": "heading", "value": "x", "size": 2}]}, "unknown members size"),
        ({"tags": ["…"]}, "tags: no topic can be made from “…”"),
        ({"tags": ["x" * 101]}, "tags: no topic can be made from “xxx"),
    ],
)
def test_a_wrong_value_is_named(members: dict[str, Any], reason: str) -> None:
    topics = Topic.objects.count()
    assert reason in refusal(line() | {"tags": ["new"]} | members)
    assert not StandardPage.objects.exists()
    assert not PageKey.objects.filter(key="about").exists()
    assert Topic.objects.count() == topics


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("call", CALL | {"goal": "many"}, "goal: a whole number is needed"),
        ("call", CALL | {"goal": 1.5}, "goal: a whole number is needed"),
        ("call", CALL | {"goal": True}, "goal: a whole number is needed"),
        ("call", CALL | {"goal": -1}, "goal: Ensure this value is greater than or equal to 0."),
        ("call", CALL | {"goal": 10**30}, "goal: Ensure this value is less than or equal to"),
        ("call", CALL | {"kind": "riot"}, "kind: Value 'riot' is not a valid choice."),
        ("call", CALL | {"opens": "soon"}, "opens: 'soon' is no ISO date (2026-03-01)"),
        ("call", CALL | {"opens": 5}, "opens: 5 is no ISO date"),
        ("call", CALL | {"closes": "2026-02-30"}, "closes: '2026-02-30' is no ISO date"),
        ("call", CALL | {"closes": "2026-02-01"}, "closes: Choose a day on or after the day"),
        ("campaign", CAMPAIGN | {"sections": ["kh", "zz"]}, "sections: there is no section zz"),
        ("campaign", CAMPAIGN | {"sections": "kh"}, "sections: a list is needed"),
        ("campaign", CAMPAIGN | {"sections": [None]}, "sections: a text is needed"),
        ("campaign", CAMPAIGN | {"goal": ["x"]}, "goal: a text is needed"),
        (
            "campaign",
            CAMPAIGN | {"timeline": [{"date": "2026-13-01", "text": "x"}]},
            "timeline, block 1, date: '2026-13-01' is no ISO date",
        ),
        (
            "campaign",
            CAMPAIGN | {"timeline": [{"text": "x"}]},
            "timeline: block 1, date: This field is required.",
        ),
        (
            "campaign",
            CAMPAIGN | {"partners": [{"name": "x", "url": "javascript:x()"}]},
            "partners: block 1, url: Enter a web address",
        ),
        (
            "campaign",
            CAMPAIGN | {"partners": [{"type": "partner", "value": {"name": "x"}}]},
            "partners, block 1: write the value alone, without type and value around it",
        ),
        ("campaign", CAMPAIGN | {"partners": [5]}, "partners, block 1: an object is needed"),
        (
            "story",
            STORY | {"people": [{"description": "a teacher"}]},
            "people, 1: consent_given_on: This field cannot be null.",
        ),
        (
            "story",
            STORY | {"people": [STORY["people"][0] | {"consent_expires_on": "2025-01-01"}]},
            "people, 1: consent_expires_on: Choose a day after the consent was given.",
        ),
        (
            "story",
            STORY | {"people": [STORY["people"][0] | {"by_guardian": "yes"}]},
            "people, 1, by_guardian: true or false is needed",
        ),
        (
            "story",
            STORY | {"people": [STORY["people"][0] | {"name": "Dara"}]},
            "people, 1: unknown members name",
        ),
        ("list", {"lists": "poem"}, "lists: Use one of: call, campaign,"),
        ("list", {}, "lists: "),
    ],
)
def test_a_wrong_field_of_a_type_is_named(
    kh: Section, th: Section, kind: str, fields: dict[str, Any], reason: str
) -> None:
    before = Page.objects.count()
    assert reason in refusal(line("x", type=kind, section="kh", fields=fields))
    assert Page.objects.count() == before


def test_a_bad_change_leaves_the_page_as_it_was(kh: Section) -> None:
    run(line("x", type="call", section="kh", fields=CALL, live=True, tags=["privacy"]))
    bad = line(
        "x", type="call", section="kh", title="New", tags=["other"], fields={"closes": "2020-01-01"}
    )
    assert outcomes(bad) == ["refused"]
    call = CallForActionPage.objects.get()
    assert (call.title, [topic.slug for topic in call.topics.all()]) == ("X", ["privacy"])
    assert call.get_latest_revision_as_object().title == "X"
    assert not Topic.objects.filter(slug="other").exists()


def test_a_large_page_goes_in() -> None:
    body = [paragraph("word " * 20_000) for _number in range(10)]
    assert outcomes(line(body=body, live=True)) == ["created"]
    assert outcomes(line(body=body, live=True)) == ["unchanged"]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ({"type": "picture", "value": {"image": 1, "alt": "x"}}, "1, image: a text is needed"),
        ({"type": "related_pages", "value": [1]}, "block 1, 1: a text is needed"),
        ({"type": "accordion", "value": {}}, "block 1: a list is needed"),
        ({"type": "accordion", "value": [{"question": "x"}]}, "1, answer: This field is required."),
        ({"type": "callout", "value": {"kind": "poem", "text": "x"}}, "kind: Select a valid"),
        ({"type": "callout", "value": {"kind": ["tip"], "text": "x"}}, "kind: a text is needed"),
        ({"type": "table", "value": "x"}, "Add a column and a row to this table"),
        ({"type": "table", "value": {"rows": 5}}, "Add a column and a row to this table"),
    ],
)
def test_a_wrong_block_is_named(block: dict[str, Any], reason: str) -> None:
    assert reason in refusal(line(body=[block]))


def test_deep_html_is_flattened() -> None:
    body = [{"type": "paragraph", "value": "<div>" * 20_000 + "x"}]
    report = run(line(body=body))[0]
    assert (report.outcome, report.message) == ("created", "taken out of the text: <div>")
    assert str(StandardPage.objects.get().body[0].value) == "x"
