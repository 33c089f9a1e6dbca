"""`visibility_changed` is sent, in the transaction, for all that changes for the public."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from coalition.core.models import CoalitionPage, PageTopic
from coalition.core.visibility import visibility_changed
from search.models import SearchEntry
from tests.factories import (
    TopicFactory,
    call_page,
    campaign_page,
    child_of,
    home_of,
    now,
    open_section,
    root_of,
    standard_page,
    translate,
)

pytestmark = pytest.mark.django_db

Announced = Callable[[], set[str]]


@pytest.fixture
def announced() -> Iterator[Announced]:
    """A function that gives the slugs of the pages announced since it was last called."""
    slugs: set[str] = set()

    def receive(pages: list[Page], **kwargs: object) -> None:
        assert connection.in_atomic_block
        slugs.update(page.slug for page in pages)

    def take() -> set[str]:
        taken = set(slugs)
        slugs.clear()
        return taken

    visibility_changed.connect(receive)
    yield take
    visibility_changed.disconnect(receive)


def found() -> set[str]:
    """Addresses that search knows, those of homes and sections left out."""
    entries = SearchEntry.objects.exclude(type__in=["home", "section"])
    return set(entries.values_list("url", flat=True))


def test_publishing_and_unpublishing(announced: Announced) -> None:
    page = standard_page(slug="about", live=False)
    assert announced() == set()
    page.save_revision().publish()
    assert announced() == {"about"}
    assert found() == {"/en/about/"}
    now(page).unpublish()
    assert announced() == {"about"}
    assert found() == set()


def test_a_page_that_is_born_live(announced: Announced) -> None:
    home_of("en").add_child(instance=type(standard_page(slug="other"))(title="New", slug="new"))
    assert announced() >= {"new"}
    assert "/en/new/" in found()


def test_saving_a_draft_changes_nothing(announced: Announced) -> None:
    page = standard_page(slug="about", title="About us")
    announced()
    page.title = "About the network"
    page.save_revision()
    assert announced() == set()
    assert SearchEntry.objects.get(url="/en/about/").title == "About us"


def test_a_lock_changes_nothing(announced: Announced) -> None:
    page = standard_page(slug="about")
    announced()
    page.locked = True
    page.save(update_fields=["locked"])
    assert announced() == set()


def test_deleting_takes_everything_below_along(announced: Announced) -> None:
    campaign = campaign_page(slug="land")
    call_page(campaign, slug="sign")
    announced()
    campaign.delete()
    assert announced() == {"land", "sign"}
    assert found() == set()


def test_deleting_through_the_plain_page(announced: Announced) -> None:
    page = standard_page(slug="about")
    announced()
    Page.objects.get(pk=page.pk).delete()
    assert announced() == {"about"}


def test_moving_takes_everything_below_along(announced: Announced) -> None:
    section = open_section("kh")
    campaign = campaign_page(slug="land")
    call_page(campaign, slug="sign")
    announced()
    campaign.move(child_of(root_of(section), "campaigns"), pos="last-child")
    assert announced() == {"land", "sign"}
    assert found() == {
        "/en/countries/cambodia/campaigns/land/",
        "/en/countries/cambodia/campaigns/land/sign/",
    }
    assert set(SearchEntry.objects.filter(type="call").values_list("section__code", flat=True)) == {
        "kh"
    }


def test_a_new_slug_moves_everything_below(announced: Announced) -> None:
    campaign = campaign_page(slug="land")
    call_page(campaign, slug="sign")
    announced()
    campaign.slug = "our-land"
    campaign.save_revision().publish()
    assert announced() == {"our-land", "sign"}
    assert found() == {"/en/campaigns/our-land/", "/en/campaigns/our-land/sign/"}


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_restriction_hides_everything_below(announced: Announced, kind: str) -> None:
    campaign = campaign_page(slug="land")
    call_page(campaign, slug="sign")
    announced()
    restriction = PageViewRestriction.objects.create(page=campaign, restriction_type=kind)
    assert announced() == {"land", "sign"}
    assert found() == set()
    restriction.delete()
    assert announced() == {"land", "sign"}
    assert found() == {"/en/campaigns/land/", "/en/campaigns/land/sign/"}


def test_a_restriction_is_not_saved_when_what_follows_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = standard_page()

    def fail(page: Page) -> None:
        raise RuntimeError("search cannot be told")

    monkeypatch.setattr("coalition.core.visibility.announce_tree", fail)
    with pytest.raises(RuntimeError):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert PageViewRestriction.objects.count() == 0


def test_deleting_a_restricted_page() -> None:
    page = standard_page()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.delete()
    assert (PageViewRestriction.objects.count(), found()) == (0, set())


def test_an_alias_is_announced_and_not_found(announced: Announced) -> None:
    page = standard_page(slug="about")
    parent = standard_page(slug="other")
    announced()
    page.create_alias(parent=parent, update_slug="again")
    assert announced() == {"again"}
    page.unpublish()
    assert announced() == {"about", "again"}
    assert found() == {"/en/other/"}


def test_a_copy_is_announced(announced: Announced) -> None:
    page = standard_page(slug="about")
    announced()
    page.copy(update_attrs={"slug": "copy"})
    assert announced() == {"copy"}
    assert found() == {"/en/about/", "/en/copy/"}


def test_a_scheduled_page_goes_live_and_expires_by_the_clock(announced: Announced) -> None:
    page = standard_page(slug="about", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.expire_at = timezone.now() + timedelta(hours=2)
    page.save_revision().publish()
    assert (announced(), found()) == (set(), set())

    revision = page.revisions.get()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert (announced(), found()) == ({"about"}, {"/en/about/"})

    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert now(page).expired
    assert (announced(), found()) == ({"about"}, set())


def test_the_topic_of_a_page_is_renamed_and_deleted(announced: Announced) -> None:
    topic = TopicFactory.create(slug="water")
    page: CoalitionPage = standard_page(slug="about", topics=[topic])
    translate(page, "km")
    entries = SearchEntry.objects.filter(key=str(page.translation_key))
    assert [entry.topics for entry in entries] == [["water"], ["water"]]
    announced()
    topic.name = "Clean water"
    topic.save()
    assert announced() == set()
    topic.slug = "clean-water"
    topic.save()
    assert announced() == {"about"}
    assert SearchEntry.objects.get(page_id=page.pk).topics == ["clean-water"]
    topic.delete()
    assert announced() == {"about"}
    assert SearchEntry.objects.get(page_id=page.pk).topics == []
    assert PageTopic.objects.count() == 0


def test_nothing_is_announced_without_pages(announced: Announced) -> None:
    from coalition.core import visibility

    visibility.announce([])
    assert announced() == set()
