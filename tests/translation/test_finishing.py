"""From segments to approval: what is refused, what is frozen, and that the public sees nothing."""

from typing import Any

import pytest
from wagtail.models import Page, PageLogEntry, TaskState
from wagtail_localize.models import Translation

from coalition.core.models.page import UNSEEN
from coalition.sections.models import Section, SectionStatus
from coalition.translation.domain.finishing import (
    SubmissionRefusedError,
    submit_translation,
    withdraw_translation,
)
from coalition.translation.domain.saving import Typed, fingerprint, save_typed
from coalition.translation.models import TranslatedRevision, TranslationState
from coalition.translation.segments import hash_of
from home.models import StandardPage
from tests.factories import now, stored_picture
from tests.network import Network

from .desk import BODY, KHMER, change, desk, started, work_on

pytestmark = pytest.mark.usefixtures("demo")
SEEN = sorted(
    field.attname
    for field in StandardPage._meta.concrete_fields
    if field.name not in UNSEEN or field.name == "draft_title"
)


def fill(network: Network, page: Page, texts: dict[str, str] = KHMER) -> None:
    work = work_on(network, page)
    typed = [
        Typed(segment.key, texts[segment.source], fingerprint(segment.text))
        for segment in work.segments
        if segment.source in texts
    ]
    assert save_typed(work=work, typed=typed, user=network.user("translator-km")).is_clean


def submit(network: Network, page: Page, name: str = "translator-km", **extra: str) -> Any:
    return submit_translation(page=page, user=network.user(name), **extra)


def row(page: Page) -> dict[str, Any]:
    found = StandardPage.objects.filter(pk=page.pk).values(*SEEN).get()
    return {name: str(value) for name, value in found.items()}


def test_what_is_translated_waits_as_a_frozen_revision(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    revision = submit(network, draft, comment="Please look at the title.")
    text = revision.as_object()
    assert (text.title, text.summary, text.slug) == ("មគ្គុទ្ទេសក៍", "ខ្លី។", source.slug)
    assert [block.id for block in text.body] == [block["id"] for block in BODY]
    assert str(text.body[1].value) == (
        '<p>ពីរ <b>និង</b> <a href="https://e.org/">ទៀត</a>។</p><p>បី &amp; បួន។</p>'
    )
    made = TranslatedRevision.objects.get(revision=revision)
    assert made.segments["title"] == [hash_of("Guide")]
    assert made.segments["body." + BODY[1]["id"]] == sorted(
        hash_of(text) for text in ('Two <b>and</b> <a id="a1">more</a>.', "Three &amp; four.")
    )
    page = now(draft)
    assert (page.live, page.current_workflow_task_state.task.name) == (False, "Second reader")
    assert page.current_workflow_task_state.revision == revision
    entry = PageLogEntry.objects.get(page=draft, action="translation.submit")
    assert (entry.user, entry.data["comment"]) == (
        network.user("translator-km"),
        "Please look at the title.",
    )


def test_the_approved_translation_is_current(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    submit(network, draft)
    step = TaskState.objects.get(status="in_progress")
    url = f"/admin/pages/workflow/action/{draft.pk}/approve/{step.pk}/"
    network.client("reader-km").post(url, {"comment": ""})
    state = TranslationState.objects.get(page=draft)
    assert (now(draft).live, state.stale, state.total) == (True, 0, 7)
    change(source, summary="Longer.")
    state.refresh_from_db()
    assert state.stale == 1


def test_the_live_page_stays_as_it_is(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    submit(network, draft)
    now(draft).get_latest_revision().publish()
    change(source, title="Guide two")
    before = row(draft)
    assert before["draft_title"] == "មគ្គុទ្ទេសក៍"
    fill(network, draft, {"Guide two": "មគ្គុទ្ទេសក៍ ២"})
    assert row(draft) == before
    revision = submit(network, draft)
    assert row(draft) == before
    assert (now(draft).has_unpublished_changes, now(draft).latest_revision) == (True, revision)
    revision.publish()
    assert (now(draft).title, now(draft).draft_title) == ("មគ្គុទ្ទេសក៍ ២", "មគ្គុទ្ទេសក៍ ២")


def test_missing_segments_are_named(network: Network) -> None:
    _source, draft = started(network)
    fill(network, draft, {k: v for k, v in KHMER.items() if k not in ("Four", "Short.")})
    with pytest.raises(SubmissionRefusedError, match="not translated yet") as refused:
        submit(network, draft)
    assert [segment.name for segment in refused.value.segments] == [
        "Summary: Short.",
        "Quote – Words: Four",
    ]
    assert now(draft).current_workflow_state is None


def test_a_source_that_changed_meanwhile_shows_what_is_new(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    editor = desk(network, draft)
    change(source, summary="Longer.")
    editor.read(editor.post(submit="1", comment="Done."))
    assert "Summary: Longer." in editor.soup.select_one(".help-critical").text
    assert editor.soup.select_one("#comment").text.strip() == "Done."
    assert now(draft).current_workflow_state is None


def test_a_source_that_lost_something_meanwhile_is_looked_at_again(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    editor = desk(network, draft)
    change(source, summary="", body=BODY[:2])
    editor.read(editor.post(submit="1"))
    assert "has changed since you opened" in editor.soup.select_one(".help-critical").text
    assert editor.post(submit="1").status_code == 302
    text = now(draft).get_latest_revision_as_object()
    assert (len(text.body), text.summary) == (2, "Short.")


def test_what_went_from_the_source_goes_from_its_translation(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    submit(network, draft).publish()
    page = now(draft)
    page.seo_title = "សម្រាប់ការស្វែងរក"
    page.save_revision().publish()
    change(source, summary="", body=[])
    text = submit(network, draft).as_object()
    assert (text.summary, len(text.body), text.seo_title) == ("", 0, "សម្រាប់ការស្វែងរក")


def test_a_source_that_is_not_public_any_more(network: Network) -> None:
    source, draft = started(network)
    fill(network, draft)
    now(source).unpublish()
    with pytest.raises(SubmissionRefusedError, match="The original is not public"):
        submit(network, draft)


def test_twice_is_once(network: Network) -> None:
    _source, draft = started(network)
    fill(network, draft)
    submit(network, draft)
    with pytest.raises(SubmissionRefusedError, match="waits for approval already"):
        submit(network, draft)
    assert TaskState.objects.filter(status="in_progress").count() == 1
    assert TranslatedRevision.objects.count() == 1


@pytest.mark.parametrize("name", ["editor-th", "focal-th", "campaigner", "nobody"])
def test_nobody_else_submits(network: Network, name: str) -> None:
    _source, draft = started(network)
    fill(network, draft)
    with pytest.raises(SubmissionRefusedError, match="may not edit"):
        submit(network, draft, name)


def test_locked_archived_or_stopped(network: Network) -> None:
    _source, draft = started(network)
    fill(network, draft)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=network.user("focal-kh"))
    with pytest.raises(SubmissionRefusedError, match="locked by somebody else"):
        submit(network, draft)
    Page.objects.filter(pk=draft.pk).update(locked=False, locked_by=None)
    Translation.objects.update(enabled=False)
    with pytest.raises(SubmissionRefusedError, match="does not follow its original"):
        submit(network, draft)
    Translation.objects.update(enabled=True)
    Section.objects.filter(code="kh").update(status=SectionStatus.ARCHIVED)
    with pytest.raises(SubmissionRefusedError, match="is archived"):
        submit(network, draft)


def test_what_the_page_itself_refuses_is_told(network: Network, media: object) -> None:
    source, draft = started(network)
    fill(network, draft)
    StandardPage.objects.filter(pk=source.pk).update(picture=stored_picture())
    with pytest.raises(SubmissionRefusedError, match="Say in one sentence what the picture tells"):
        submit(network, draft)
    assert now(draft).current_workflow_state is None


@pytest.mark.parametrize(
    ("name", "may"), [("translator-km", True), ("focal-kh", True), ("editor-kh", False)]
)
def test_taking_it_back(network: Network, name: str, may: bool) -> None:
    _source, draft = started(network)
    fill(network, draft)
    revision = submit(network, draft)
    assert withdraw_translation(page=draft, user=network.user(name)) is may
    page = now(draft)
    assert (page.workflow_in_progress, page.latest_revision) == (not may, revision)
    assert withdraw_translation(page=draft, user=network.user(name)) is False


def test_what_was_sent_back_begins_anew(network: Network) -> None:
    _source, draft = started(network)
    fill(network, draft)
    submit(network, draft)
    state = TaskState.objects.get(status="in_progress")
    url = f"/admin/pages/workflow/action/{draft.pk}/reject/{state.pk}/"
    network.client("reader-km").post(url, {"comment": "The title."})
    assert now(draft).current_workflow_state.status == "needs_changes"
    fill(network, draft, {"Guide": "សៀវភៅណែនាំ"})
    revision = submit(network, draft)
    state = TaskState.objects.get(status="in_progress")
    assert (state.task.name, state.revision) == ("Second reader", revision)
