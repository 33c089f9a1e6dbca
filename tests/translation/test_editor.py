"""The translators' editor, as a browser without script uses it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageLogEntry, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation

from coalition.sections.models import Section, SectionStatus
from coalition.translation.domain.memory import remember
from coalition.translation.domain.starting import start_translation
from coalition.translation.work import Status
from home.models import StandardPage
from tests.blocks.made import TABLE
from tests.countries.test_admin import refused
from tests.factories import home_of, now, standard_page, translate
from tests.installed import switch_queries
from tests.network import Network

from .desk import BODY, KHMER, Desk, change, desk, source_page, started, work_on

pytestmark = pytest.mark.usefixtures("demo")
RICH = 'Two <b>and</b> <a id="a1">more</a>.'


def memory() -> dict[str, str]:
    rows = StringTranslation.objects.select_related("translation_of")
    return {row.translation_of.data: row.data for row in rows}


def test_every_text_of_the_public_page_is_there_in_order(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    assert editor.sources() == list(KHMER)
    assert {editor.status(text) for text in KHMER} == {"Not translated"}
    headings = [part.text for part in editor.soup.select("#segments section > h2")]
    assert headings == ["Title", "Summary", "Heading", "Text", "Quote"]
    words = editor.segment("Five")
    assert words.select_one(".translation-label strong").text == "Who said it"
    source, target = words.select_one(".translation-source .translation-text"), words.textarea
    assert (source["lang"], source["dir"]) == ("en", "ltr")
    assert (target["lang"], target["dir"]) == ("km", "ltr")


def test_what_is_typed_is_kept(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    answer = editor.put(KHMER).post()
    assert answer.status_code == 302
    assert memory() == KHMER
    editor.load()
    assert [editor.field(text) for text in KHMER] == list(KHMER.values())
    assert {editor.status(text) for text in KHMER} == {"Translated"}
    row = StringTranslation.objects.first()
    assert (row.last_translated_by, row.translation_type) == (
        network.user("translator-km"),
        "manual",
    )
    assert (now(draft).title, now(draft).draft_title) == ("Guide", "Guide")


def test_plain_text_is_typed_as_readers_see_it(network: Network) -> None:
    _source, draft = started(network, summary="Fish & rice\nfor < 5")
    editor = desk(network, draft)
    editor.put({"Fish & rice\nfor < 5": "ត្រី & អង្ករ\n< 5"}).post()
    assert memory() == {"Fish &amp; rice<br/>for &lt; 5": "ត្រី &amp; អង្ករ<br/>&lt; 5"}
    assert editor.load().field("Fish & rice\nfor < 5") == "ត្រី & អង្ករ\n< 5"
    assert editor.post().status_code == 302


@pytest.mark.parametrize(
    ("source", "text", "problem"),
    [
        (RICH, 'ពីរ <b>និង <a id="a1">ទៀត</a>។', "<b> is not closed"),
        (RICH, 'ពីរ <u>និង</u> <a id="a1">ទៀត</a>។', "<u> cannot be used here"),
        (RICH, 'ពីរ <b class="x">និង</b> <a id="a1">ទៀត</a>', "<b> has to stand alone"),
        (RICH, 'ពីរ <b>និង <a id="a1">ទៀត</b></a>', "closed before one that stands inside it"),
        (RICH, 'ពីរ</b> <a id="a1">ទៀត</a>', "</b> closes nothing"),
        (RICH, 'ពីរ <a id="a1">ទៀត</a', "A tag is not finished"),
        (RICH, 'ពីរ <!-- x --> <a id="a1">ទៀត</a>', "<!--> cannot be used here"),
        (RICH, "ពីរ <b>និង</b> ទៀត។", 'The link <a id="a1"> is missing'),
        (RICH, '<a id="a1">ពីរ</a> <a id="a1">ទៀត</a>', "as often as in the source"),
        (RICH, '<a id="a1">ពីរ</a> <a id="a2">ទៀត</a>', 'The source has no link <a id="a2">'),
        (RICH, '<a id="a1" href="//x">ពីរ</a>', "<a> cannot be used here"),
        ("Call {name}", "ហៅ", "{name} is missing"),
        ("Call {name}", "ហៅ {name} {name}", "{name} has to stand there as often"),
        ("Call {name}", "ហៅ {name} %(x)s", "%(x)s does not stand in the source"),
        ("Call {name}", "ហៅ {name}\nម្តង", "This text has one line only"),
        ("Call {name}", "ហ" * 200 + "{name}", "room for 200 characters; this has 206"),
        ("Guide", "ម" * 256, "room for 255 characters; this has 256"),
        ("Short.", "<b>ខ្លី</b>", "readers would see <b>"),
        ("Short.", "ខ្លី\x07", "nobody can see: U+0007"),
        ("Short.", "ខ្លី\u202eabc", "nobody can see: U+202E"),
        ("Short.", "Short.", "This is the source text"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_the_rest_is_kept(
    network: Network, source: str, text: str, problem: str
) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    editor.put({"Four": "បួន", source: text})
    editor.read(editor.post())
    assert problem in editor.problems(source)
    assert editor.field(source) == text
    assert memory() == {"Four": "បួន"}
    assert (editor.status("Four"), editor.field("Four")) == ("Translated", "បួន")


def test_places_have_names_and_limits(network: Network) -> None:
    body = [
        {"type": "accordion", "value": [{"question": "Who?", "answer": "<p>All.</p>"}] * 2},
        {"type": "table", "value": TABLE},
        {"type": "statistics", "value": [{"number": "3/4", "label": "boats"}]},
    ]
    source = source_page(network, summary="", body=body)
    source.body = source.body.stream_block.clean(source.body)
    source.save_revision().publish()
    draft = start_translation(source=now(source), language="km", user=network.user("focal-kh"))
    work = work_on(network, draft.specific)
    places = {s.source: (s.place.name, s.place.max_length, s.place.rich) for s in work.segments}
    assert places["Guide"] == ("Title", 255, False)
    assert places["Who?"] == ("Questions and answers – 2 – Question", None, False)
    assert places["All."] == ("Questions and answers – 2 – Answer", None, True)
    assert places["Hearings"] == ("Table", None, False)
    assert places["Coast"] == ("Table", 200, False)
    assert places["none"] == ("Table", 500, False)
    assert places["boats"] == ("Figures – 1 – What it counts", 200, False)


def test_names_are_kept_on_purpose_and_numbers_without_asking(network: Network) -> None:
    quote = BODY[2] | {"value": {"text": "3 / 4", "attribution": "Sokha"}}
    _source, draft = started(network, body=[quote])
    editor = desk(network, draft)
    editor.keep("Sokha").put({"3 / 4": "3 / 4"}).post()
    assert memory() == {"Sokha": "Sokha", "3 / 4": "3 / 4"}
    editor.load()
    assert f"k-{editor.key('Sokha')}" in editor.data
    editor.put({"Sokha": "សុខា"}).post()
    assert memory()["Sokha"] == "សុខា"


def test_an_empty_field_takes_nothing_away(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    editor.put({"Four": "បួន"}).post()
    editor.load().put({"Four": ""})
    editor.read(editor.post())
    assert "cannot take the place" in editor.problems("Four")
    assert memory() == {"Four": "បួន"}


def test_two_at_once_see_each_other(network: Network) -> None:
    _source, draft = started(network)
    mine, theirs = desk(network, draft), desk(network, draft, "focal-kh")
    theirs.put({"Four": "៤", "Five": "៥"}).post()
    mine.put({"Four": "បួន", "Short.": "ខ្លី។"})
    mine.read(mine.post())
    assert memory() == {"Four": "៤", "Five": "៥", "Short.": "ខ្លី។"}
    assert "Somebody else has changed this" in mine.problems("Four")
    assert mine.field("Four") == "បួន"
    assert "៤" in mine.segment("Four").select_one(".translation-target").text
    assert mine.post().status_code == 302
    assert memory() == {"Four": "បួន", "Five": "៥", "Short.": "ខ្លី។"}


def test_the_same_by_both_is_no_conflict(network: Network) -> None:
    _source, draft = started(network)
    mine, theirs = desk(network, draft), desk(network, draft, "focal-kh")
    theirs.put({"Four": "បួន"}).post()
    assert mine.put({"Four": "បួន"}).post().status_code == 302


def translated(network: Network, **fields: Any) -> tuple[StandardPage, StandardPage]:
    """A public page with its public translation, made by segments."""
    source, draft = started(network, **fields)
    desk(network, draft).put(KHMER).post(submit="1")
    now(draft).get_latest_revision().publish()
    return source, now(draft)


def test_one_changed_text_is_stale_and_shows_what_has_changed(network: Network) -> None:
    source, khmer = translated(network)
    change(source, summary="Short and sweet.")
    editor = desk(network, khmer)
    assert editor.status("Short and sweet.") == "The original has changed"
    assert {editor.status(text) for text in KHMER if text != "Short."} == {"Translated"}
    part = editor.segment("Short and sweet.")
    assert [piece.text for piece in part.select("ins")] == ["put in: and sweet"] or [
        piece.text.removeprefix("put in: ").strip() for piece in part.select("ins")
    ] == ["and sweet"]
    assert editor.field("Short and sweet.") == ""
    hint = part.select_one(".translation-hint")
    assert hint.select_one(".translation-text").text == "ខ្លី។"
    editor.put({"Five": "៥"})
    editor.read(editor.post(use=hint.button["value"]))
    assert (editor.field("Short and sweet."), editor.field("Five")) == ("ខ្លី។", "៥")
    assert memory()["Five"] == "ប្រាំ"


def test_one_changed_paragraph_of_several_is_told_apart(network: Network) -> None:
    source, khmer = translated(network)
    text = BODY[1]["value"].replace("Three & four.", "Three & four and five.")
    change(source, body=[BODY[0], BODY[1] | {"value": text}, BODY[2]])
    editor = desk(network, khmer)
    hint = editor.segment("Three &amp; four and five.").select_one(".translation-hint")
    assert hint.select_one(".translation-text").text == "បី &amp; បួន។"
    assert editor.status(RICH) == "Translated"
    assert editor.soup.select("del") == []


def test_opening_follows_the_public_source_and_no_draft(network: Network) -> None:
    source, draft = started(network)
    page = now(source)
    page.summary = "Not yet."
    page.save_revision()
    before = Translation.objects.get().source.last_updated_at
    assert "Short." in desk(network, draft).sources()
    change(source, summary="Now.", title="Guide")
    assert "Now." in desk(network, draft).sources()
    assert Translation.objects.get().source.last_updated_at > before


def test_what_was_typed_for_a_text_that_went_is_shown(network: Network) -> None:
    source, draft = started(network)
    editor = desk(network, draft).put({"Short.": "ខ្លី។", "Four": "បួន"})
    change(source, summary="Longer.")
    editor.read(editor.post())
    assert memory() == {"Four": "បួន"}
    assert "ខ្លី។" in editor.soup.select_one(".help-warning").text


def test_text_written_in_the_page_as_a_whole_is_taken_over(network: Network) -> None:
    source = source_page(network)
    khmer = translate(source, "km", title="មគ្គុទ្ទេសក៍")
    editor = Desk(network.client("translator-km"), khmer)
    answer = editor.client.get(editor.url)
    assert "Translate segment by segment" in answer.content.decode()
    assert not Translation.objects.exists()
    editor.client.post(editor.url, {"action": "begin"})
    editor.load()
    assert (editor.status("Guide"), editor.field("Guide")) == ("Translated", "មគ្គុទ្ទេសក៍")
    assert editor.status("Four") == "Translated" or editor.field("Four") == ""
    assert now(khmer).title == "មគ្គុទ្ទេសក៍"


def test_the_same_words_elsewhere_are_offered(network: Network) -> None:
    _source, draft = started(network)
    desk(network, draft).put({"Four": "បួន", "Five": "ប្រាំ"}).post()
    _other, second = started(network, title="Other", slug="other")
    editor = desk(network, second)
    hints = editor.segment("Four").select(".translation-hint .translation-text")
    assert [hint.text for hint in hints] == ["បួន"]
    assert editor.field("Four") == ""


def test_nothing_of_other_sections_is_offered_but_what_they_say_in_public(
    network: Network,
) -> None:
    Section.objects.filter(code="th").update(languages=["en", "th", "km"])
    network.root(network.th).copy_for_translation(Locale.objects.get(language_code="km"))
    secretariat = network.user("secretariat")
    theirs = standard_page(network.root(network.th), title="Guide", summary="Short.", body=BODY)
    page = start_translation(source=theirs, language="km", user=secretariat)
    desk(network, page, "secretariat").put(KHMER).post(submit="1")
    _source, draft = started(network)

    def offered(name: str) -> list[str]:
        found = desk(network, draft, name).soup.select(".translation-hint .translation-text")
        return [hint.text for hint in found]

    assert (offered("translator-km"), "បួន" in offered("secretariat")) == ([], True)
    now(page.specific).get_latest_revision().publish()
    for root in network.root(network.th, "km").get_ancestors(inclusive=True).exclude(live=True):
        root.specific.save_revision().publish()
    assert "បួន" in offered("translator-km")
    desk(network, page, "secretariat").put({"Four": "សម្ងាត់"}).post()
    assert "សម្ងាត់" in offered("secretariat")
    assert {"សម្ងាត់", "បួន"}.isdisjoint(offered("translator-km"))


@pytest.mark.parametrize("url", ["", "preview/", "po/"])
@pytest.mark.parametrize(
    "name",
    ["focal-th", "editor-th", "campaigner", "campaigner-kh", "campaigner-th", "nobody"],
)
def test_nobody_else_may(network: Network, name: str, url: str) -> None:
    _source, draft = started(network)
    client, address = network.client(name), f"/admin/translation/{draft.pk}/{url}"
    for answer in (client.get(address), client.post(address, {"action": "stop"})):
        assert answer.status_code == 302
        assert "Guide" not in answer.content.decode()
    assert Translation.objects.get().enabled


def test_a_translator_of_another_language_may_not(network: Network) -> None:
    Section.objects.filter(code="kh").update(languages=["en", "km", "th"])
    locale = Locale.objects.get(language_code="th")
    network.root(network.kh).copy_for_translation(locale)
    source = source_page(network)
    thai = start_translation(source=source, language="th", user=network.user("secretariat"))
    for name in ("translator-km", "translator-all-km"):
        assert refused(network.client(name).get(f"/admin/translation/{thai.pk}/"))


@pytest.mark.parametrize("name", ["translator-km", "translator-all-km", "focal-kh", "editor-kh"])
def test_those_who_may_edit_the_page_may(network: Network, name: str) -> None:
    _source, draft = started(network)
    desk(network, draft, name).put({"Four": "បួន"}).post()
    assert memory() == {"Four": "បួន"}


def test_a_source_that_one_may_not_see_is_not_shown(network: Network) -> None:
    source, draft = started(network)
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    answer = network.client("translator-km").get(f"/admin/translation/{draft.pk}/")
    assert answer.headers["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert desk(network, draft, "focal-kh").sources() == list(KHMER)


def test_nothing_typed_is_lost_when_the_source_goes_meanwhile(network: Network) -> None:
    source, draft = started(network)
    editor = desk(network, draft).put({"Four": "បួន"})
    now(source).unpublish()
    answer = editor.post(submit="1")
    assert answer.status_code == 200
    content = answer.content.decode()
    assert ("The original is not public" in content, "បួន" in content) == (True, True)
    assert memory() == {}
    assert now(draft).current_workflow_state is None


def test_an_original_has_nothing_to_translate_from(network: Network) -> None:
    source, draft = started(network)
    client = network.client("focal-kh")
    answer = client.get(f"/admin/translation/{source.pk}/")
    assert answer.headers["Location"] == f"/admin/pages/{source.pk}/edit/"
    now(source).unpublish()
    answer = client.post(f"/admin/translation/{draft.pk}/", {"submit": "1"})
    assert answer.headers["Location"] == f"/admin/pages/{draft.pk}/edit/"
    content = client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert "The original is not public" in content
    assert client.get("/admin/translation/1/").status_code == 404


def test_while_it_waits_only_its_approvers_change_it(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    editor.put(KHMER).post(submit="1")
    editor.load()
    assert editor.segment("Four").textarea.has_attr("readonly")
    editor.put({"Four": "៤"})
    editor.read(editor.post())
    assert (memory()["Four"], editor.field("Four")) == ("បួន", "៤")
    approver = desk(network, draft, "reader-km")
    approver.put({"Four": "៤"}).post()
    assert memory()["Four"] == "៤"


def test_an_archived_section_keeps_what_is_typed_and_submits_nothing(network: Network) -> None:
    _source, draft = started(network)
    Section.objects.filter(code="kh").update(status=SectionStatus.ARCHIVED)
    PageLogEntry.objects.all().delete()
    answer = network.client("translator-km").get(f"/admin/translation/{draft.pk}/")
    # The public does not know the original any more.
    assert answer.headers["Location"] == f"/admin/pages/{draft.pk}/edit/"
    editor = desk(network, draft, "focal-kh")
    assert "is archived" in editor.soup.select_one(".help-warning").text
    editor.put(KHMER)
    editor.read(editor.post(submit="1"))
    assert memory() == KHMER
    assert now(draft).current_workflow_state is None


def test_stopping_and_going_on(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    editor.put({"Four": "បួន"}).post()
    for action, enabled in (("stop", False), ("resume", True)):
        editor.client.post(editor.url, {"action": action})
        assert Translation.objects.get().enabled is enabled
        entry = PageLogEntry.objects.filter(page=draft, action=f"translation.{action}").get()
        assert entry.user == network.user("translator-km")
        if not enabled:
            editor.load().put({"Four": "៤"})
            editor.read(editor.post())
            assert editor.field("Four") == "៤"
    assert memory() == {"Four": "បួន"}


def test_the_preview_shows_what_is_saved(network: Network) -> None:
    _source, draft = started(network)
    editor = desk(network, draft)
    editor.put({"Guide": "មគ្គុទ្ទេសក៍", RICH: KHMER[RICH]}).post()
    content = editor.client.get(f"{editor.url}preview/").content.decode()
    assert "មគ្គុទ្ទេសក៍" in content
    assert '<a href="https://e.org/">ទៀត</a>' in content
    assert "Four" in content
    assert now(draft).title == "Guide"


def long_body(number: int) -> list[dict[str, Any]]:
    return [
        {"type": "heading", "value": f"Part {n}", "id": f"6a1f1d0e-0000-4000-8000-{n:012}"}
        for n in range(1, number + 1)
    ]


def test_long_pages_are_saved_as_they_are_left(network: Network) -> None:
    _source, draft = started(network, summary="", body=long_body(60))
    editor = desk(network, draft)
    assert len(editor.sources()) == 50
    editor.put({"Part 1": "ផ្នែក ១"})
    answer = editor.post(go="all:2")
    assert answer.headers["Location"].endswith("?show=all&page=2")
    assert memory() == {"Part 1": "ផ្នែក ១"}
    second = desk(network, draft, query="?show=all&page=2")
    assert second.sources() == [f"Part {n}" for n in range(50, 61)]
    left = desk(network, draft, query="?show=left&page=1")
    assert ("Part 1" in left.sources(), "Part 2" in left.sources()) == (False, True)
    assert desk(network, draft, query="?show=x&page=99").sources() == second.sources()


def test_a_page_with_something_wrong_is_not_left(network: Network) -> None:
    _source, draft = started(network, summary="", body=long_body(60))
    editor = desk(network, draft).put({"Part 1": "Part 1", "Part 2": "ផ្នែក ២"})
    editor.read(editor.post(go="all:2"))
    assert editor.problems("Part 1")
    assert memory() == {"Part 2": "ផ្នែក ២"}


PINNED = 36


@pytest.mark.parametrize("number", [1, 50])
def test_queries_do_not_grow_with_the_segments(network: Network, number: int) -> None:
    source = standard_page(home_of(), title="Guide", body=long_body(number))
    page = start_translation(source=source, language="km", user=network.user("secretariat"))
    client = network.client("translator-all-km")
    url = f"/admin/translation/{page.pk}/?show=left"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.content.decode().count("<textarea") >= number
    assert len(captured) == PINNED + switch_queries()


def test_the_page_leads_there(network: Network) -> None:
    source, draft = started(network)
    client, url = network.client("focal-kh"), f"/admin/translation/{draft.pk}/"
    for address in (f"/admin/pages/{draft.pk}/edit/", f"/admin/pages/{draft.pk}/"):
        assert url in client.get(address).content.decode()
    content = client.get(f"/admin/pages/{source.pk}/edit/").content.decode()
    assert f"/admin/translation/{source.pk}/" not in content


def test_a_segment_once_translated_stays_so_when_blocks_move(network: Network) -> None:
    source, khmer = translated(network)
    change(source, body=BODY[::-1])
    assert {segment.status for segment in work_on(network, khmer).segments} == {Status.DONE}


def test_what_a_machine_has_translated_waits_for_a_person(network: Network) -> None:
    _source, draft = started(network)
    work = work_on(network, draft)
    four = next(segment for segment in work.segments if segment.source == "Four")
    remember(work.translation, [(four.row, "បួន")], machine="Engine")
    editor = desk(network, draft)
    assert (editor.status("Four"), editor.field("Four")) == ("Translated by a machine", "បួន")
    editor.post()
    assert editor.load().status("Four") == "Translated by a machine"
    editor.keep("Four").post()
    assert editor.load().status("Four") == "Translated"
    row = StringTranslation.objects.get()
    assert (row.data, row.tool_name, row.last_translated_by) == (
        "បួន",
        "",
        network.user("translator-km"),
    )
