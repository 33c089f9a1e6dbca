"""A page's section is that of the nearest section root, wherever it is made, moved or copied."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from coalition.core.models import CoalitionPage
from coalition.sections.models import Section, section_of
from tests.factories import (
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


@pytest.fixture
def cambodia() -> Section:
    return open_section("kh", languages=["en", "km"])


@pytest.fixture
def thailand() -> Section:
    return open_section("th", languages=["en", "th"], slug="thailand")


def test_the_network_s_own_pages_have_none() -> None:
    assert section_of(home_of("en")) is None
    assert standard_page().section is None


def test_pages_below_a_section_root_have_its_section(cambodia: Section) -> None:
    root = root_of(cambodia)
    page = standard_page(standard_page(root))
    assert [root.section, child_of(root, "stories").section, page.section] == [cambodia] * 3
    assert section_of(Page.objects.get(pk=page.pk)) == cambodia


def test_a_translation_has_the_section_of_its_original(cambodia: Section) -> None:
    page = standard_page(root_of(cambodia))
    assert translate(page, "km").section == cambodia


def test_a_page_that_moves_takes_everything_below_it_along(
    cambodia: Section, thailand: Section
) -> None:
    campaign = campaign_page(root_of(cambodia))
    call = call_page(campaign)
    campaign.move(child_of(root_of(thailand), "campaigns"), pos="last-child")
    assert [now(campaign).section, now(call).section] == [thailand, thailand]
    assert now(call).url_path.startswith("/en/countries/thailand/campaigns/")
    now(campaign).move(child_of(home_of("en"), "campaigns"), pos="last-child")
    assert [now(campaign).section, now(call).section] == [None, None]


def test_a_page_that_moves_inside_its_section_stays_there(cambodia: Section) -> None:
    page = standard_page(root_of(cambodia))
    page.move(standard_page(root_of(cambodia)), pos="last-child")
    assert now(page).section == cambodia


def test_a_move_of_the_plain_page_counts_as_well(cambodia: Section) -> None:
    """The admin moves `Page` objects, not those of the page's own type."""
    page = standard_page()
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=root_of(cambodia).pk), pos="last-child")
    assert now(page).section == cambodia


def test_a_copy_has_the_section_of_its_place(cambodia: Section, thailand: Section) -> None:
    page = standard_page(root_of(cambodia), title="Guide", slug="guide")
    below = standard_page(page, title="Below", slug="below")
    copy = page.copy(to=root_of(thailand), recursive=True)
    assert now(copy).section == thailand
    assert child_of(copy, "below").section == thailand
    assert [now(page).section, now(below).section] == [cambodia, cambodia]


def test_a_copy_s_revisions_publish_where_it_stands(cambodia: Section, thailand: Section) -> None:
    page = standard_page(root_of(cambodia))
    copy = page.copy(to=root_of(thailand), copy_revisions=True, keep_live=False)
    copy.get_latest_revision().publish()
    assert (now(copy).section, now(copy).live) == (thailand, True)


def test_an_alias_has_the_section_of_its_place(cambodia: Section, thailand: Section) -> None:
    page = standard_page(root_of(cambodia), title="Guide")
    alias = page.create_alias(parent=root_of(thailand))
    page.title = "A better guide"
    page.save_revision().publish()
    assert (now(alias).section, now(alias).title) == (thailand, "A better guide")


def test_a_draft_from_before_a_move_is_published_where_the_page_is_now(
    cambodia: Section, thailand: Section
) -> None:
    page = standard_page(root_of(cambodia), title="Guide", slug="guide")
    page.title = "A better guide"
    page.save_revision()
    page.move(root_of(thailand), pos="last-child")
    now(page).get_latest_revision().publish()
    page = now(page)
    assert (page.title, page.section) == ("A better guide", thailand)
    assert page.url_path == "/en/countries/thailand/guide/"


def test_a_scheduled_page_goes_live_where_it_is_then(cambodia: Section, thailand: Section) -> None:
    page = standard_page(root_of(cambodia), live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    now(page).move(root_of(thailand), pos="last-child")
    revision = now(page).get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert (now(page).live, now(page).section) == (True, thailand)


def test_a_section_root_keeps_its_own_section(cambodia: Section) -> None:
    root = root_of(cambodia)
    root.title = "The Kingdom of Cambodia"
    root.save_revision().publish()
    assert now(root).section == cambodia


def test_a_page_is_not_moved_when_what_follows_fails(
    cambodia: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: CoalitionPage = standard_page()

    def fail(page: Page) -> None:
        raise RuntimeError("search cannot be told")

    monkeypatch.setattr("coalition.core.visibility.announce_tree", fail)
    with pytest.raises(RuntimeError):
        page.move(root_of(cambodia), pos="last-child")
    assert now(page).get_parent() == home_of("en").page_ptr


def test_translations_may_be_missing_in_the_other_section(
    cambodia: Section, thailand: Section
) -> None:
    page = standard_page(root_of(cambodia))
    khmer = translate(page, "km")
    page.move(root_of(thailand), pos="last-child")
    assert (now(page).section, now(khmer).section) == (thailand, cambodia)
    assert Locale.objects.get(language_code="km") == now(khmer).locale
