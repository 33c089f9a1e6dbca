"""Consent of the people shown: while it holds the story is public, afterwards nowhere."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.timezone import now as present
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from campaigns.consent import ConsentExpiredError
from campaigns.domain.consent import take_down_expired_stories
from campaigns.models import PersonShown, SuccessStoryPage
from search.models import SearchEntry
from tests.countries.test_admin import form
from tests.factories import home_of, now, story_page, translate
from tests.interchange.lines import line, refusal
from tests.interchange.test_types import STORY
from tests.network import Network

TODAY = localdate()
DAY = timedelta(days=1)
ENDED = {"consent_given_on": "2020-01-01", "consent_expires_on": "2021-01-01"}
WORDS = "The consent of “a teacher” ended on 1 January 2021. Take this person out of the story, or"


def person(expires: date = TODAY + DAY, **fields: Any) -> PersonShown:
    values = {"description": "a teacher", "consent_given_on": date(2020, 1, 1), **fields}
    return PersonShown(consent_expires_on=expires, **values)


def story_of(*people: PersonShown, **fields: Any) -> SuccessStoryPage:
    """A live story; consents that have ended did so after it was published."""
    story = story_page(fields.pop("below", home_of()), **fields)
    for order, shown in enumerate(people):
        shown.page, shown.sort_order = story, order
        shown.save()
    return now(story)


@pytest.mark.django_db
@pytest.mark.parametrize("expires", [TODAY, TODAY - DAY])
def test_a_consent_ends_after_it_was_given(expires: date) -> None:
    shown = person(expires, consent_given_on=TODAY, page=story_of())
    with pytest.raises(ValidationError) as refusal:
        shown.full_clean()
    assert list(refusal.value.message_dict) == ["consent_expires_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        shown.save()
    shown.consent_expires_on = TODAY + DAY
    shown.full_clean()


@pytest.mark.django_db
def test_a_consent_holds_on_its_last_day() -> None:
    story = story_of(person(TODAY), person(TODAY + DAY))
    assert story.expired_people() == []
    assert take_down_expired_stories() == 0
    assert now(story).live is True


@pytest.mark.django_db
def test_an_ended_consent_takes_the_story_down_in_every_language() -> None:
    story = story_of(person(TODAY + DAY))
    other = story_of(person(TODAY + DAY))
    thai = translate(story, "th")
    story.people.update(consent_expires_on=TODAY - DAY)
    assert take_down_expired_stories() == 2
    assert [now(page).live for page in (story, thai, other)] == [False, False, True]
    assert set(SearchEntry.objects.filter(type="story").values_list("page", flat=True)) == {
        other.pk
    }
    assert take_down_expired_stories() == 0
    actions = PageLogEntry.objects.filter(page=story).values_list("action", flat=True)
    assert "campaigns.consent_expired" in actions


@pytest.mark.django_db
def test_tick_does_it() -> None:
    story = story_of(person(TODAY - DAY))
    call_command("tick", stdout=StringIO())
    assert now(story).live is False


@pytest.mark.django_db
def test_the_number_of_people_and_of_stories_does_not_matter() -> None:
    stories = [story_of(person(TODAY - DAY), person(TODAY - DAY)) for _number in range(3)]
    assert take_down_expired_stories() == 3
    assert {now(story).live for story in stories} == {False}


@pytest.mark.django_db
def test_no_way_publishes_a_story_with_an_ended_consent() -> None:
    story = story_of(person(TODAY - DAY), live=False)
    revision = story.save_revision()
    with pytest.raises(ConsentExpiredError), transaction.atomic():
        revision.publish()
    assert now(story).live is False


@pytest.mark.django_db
def test_what_was_to_go_public_later_stays_a_draft_and_holds_up_nothing() -> None:
    ended, held = (story_of(person(expires), live=False) for expires in (TODAY - DAY, TODAY + DAY))
    due = [story.save_revision(approved_go_live_at=present() - DAY) for story in (ended, held)]
    call_command("publish_scheduled", stdout=StringIO())
    assert [now(story).live for story in (ended, held)] == [False, True]
    for revision in due:
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None


@pytest.mark.django_db
def test_the_importer_says_whose_consent_ended() -> None:
    people = [STORY["people"][0] | ENDED]
    given = line(type="story", fields=STORY | {"people": people}, live=True)
    assert refusal(given).startswith(WORDS)
    assert not SuccessStoryPage.objects.exists()


def story_form(*people: dict[str, str], **extra: Any) -> dict[str, Any]:
    rows = [{"by_guardian": "", **ENDED, **row} for row in people]
    return form(
        title="It worked",
        what_changed=rich_text("<p>All of it.</p>"),
        evidence=streamfield([]),
        third_parties=streamfield([]),
        people=inline_formset(rows),
        **extra,
    )


@pytest.fixture
def story(network: Network, demo: None) -> Iterator[SuccessStoryPage]:
    return story_page(network.root(network.kh), title="Story", live=False)


def test_a_draft_may_wait_for_a_consent(network: Network, story: SuccessStoryPage) -> None:
    url = f"/admin/pages/{story.pk}/edit/"
    answer = network.client("editor-kh").post(url, story_form({"description": "a teacher"}))
    assert answer.status_code == 302
    assert len(now(story).get_latest_revision_as_object().expired_people()) == 1


@pytest.mark.parametrize(
    ("name", "action"), [("editor-kh", "action-submit"), ("secretariat", "action-publish")]
)
def test_the_editor_says_whose_consent_ended(
    network: Network, story: SuccessStoryPage, name: str, action: str
) -> None:
    url = f"/admin/pages/{story.pk}/edit/"
    client = network.client(name)
    data = {"description": "a teacher"}
    answer = client.post(url, story_form(data, **{action: "1"}))
    assert WORDS in answer.content.decode()
    assert (now(story).live, now(story).current_workflow_state) == (False, None)
    renewed = data | {"consent_expires_on": str(TODAY)}
    assert client.post(url, story_form(renewed, **{action: "1"})).status_code == 302
    assert now(story).live is (name == "secretariat")


def waiting(network: Network, story: SuccessStoryPage) -> str:
    """Submit a story whose consent has ended since; the address of its approval."""
    story.people.add(person(TODAY - DAY))
    story.save_revision()
    network.kh.workflow.start(story, network.user("editor-kh"))
    return approval_of(story)


def approval_of(story: SuccessStoryPage) -> str:
    state = now(story).current_workflow_task_state
    return f"/admin/pages/workflow/action/{story.pk}/approve/{state.pk}/"


def test_the_last_approval_says_whose_consent_ended_since(
    network: Network, story: SuccessStoryPage
) -> None:
    network.client("focal-kh").post(waiting(network, story), {"comment": ""})
    client = network.client("secretariat")
    answer = client.post(approval_of(story), {"comment": ""}, follow=True)
    assert "The consent of “a teacher” ended on" in answer.content.decode()
    dialogue = {"x-requested-with": "XMLHttpRequest"}
    answer = client.post(approval_of(story), {"comment": ""}, headers=dialogue)
    assert answer.json() == {"step": "success", "redirect": f"/admin/pages/{story.pk}/edit/"}
    assert (now(story).live, now(story).current_workflow_task.name) == (False, "Secretariat")


def test_publishing_several_says_whose_consent_ended(
    network: Network, story: SuccessStoryPage
) -> None:
    waiting(network, story)
    client = network.client("secretariat")
    url = f"/admin/bulk/wagtailcore/page/publish/?id={story.pk}"
    answer = client.post(url, follow=True)
    assert "The consent of “a teacher” ended on" in answer.content.decode()
    assert now(story).live is False


def test_a_rejection_needs_no_consent(network: Network, story: SuccessStoryPage) -> None:
    url = waiting(network, story).replace("approve", "reject")
    network.client("focal-kh").post(url, {"comment": "Ask again."})
    assert now(story).current_workflow_state.status == "needs_changes"


def test_a_story_without_such_people_is_approved(network: Network, story: SuccessStoryPage) -> None:
    story.people.add(person(TODAY))
    story.save_revision()
    state = network.kh.workflow.start(story, network.user("editor-kh"))
    for name in ("focal-kh", "secretariat"):
        network.client(name).post(approval_of(story), {"comment": ""})
    state.refresh_from_db()
    assert (now(story).live, state.status) == (True, "approved")
