"""Emergency takedown: off the site at once, told to the secretariat, back only by approval."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.signals import page_unpublished
from wagtail.users.models import UserProfile

from coalition.core.models import CoalitionPage
from coalition.jobs.models import OutboxItem
from countries.domain.archive import archive_section, bring_back_section
from countries.domain.bring_back import (
    AT_ONCE,
    BringBackRefusedError,
    bring_back,
    bring_back_next,
)
from countries.domain.takedown import NothingToTakeDownError, take_down
from countries.domain.taken_down import taken_down_at
from countries.models import SectionPage, Takedown, TakenDownPage
from home.models import StandardPage
from search import engines
from search.models import SearchEntry
from tests.bulk import make_pages
from tests.campaigns.test_consent import ENDED, person, story_of
from tests.countries.test_admin import edit, refused
from tests.countries.test_workflow import decide, submitted, waits_for
from tests.factories import child_of, home_of, now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
INDEX = "/admin/takedowns/"
REASON = "A source can be recognised"
MEANT = {"reason": REASON, "confirm": "on"}
STRANGERS = (
    "editor-kh", "translator-km", "translator-all-km", "reader-km", "campaigner", "campaigner-kh",
    "focal-th", "editor-th", "nobody",
)  # fmt: skip


@pytest.fixture
def guide(network: Network) -> StandardPage:
    """A page of Cambodia with one below it, both in English and Khmer."""
    page = standard_page(network.root(network.kh), slug="guide", title="Flood guide")
    translate(page, "km", title="សៀវភៅ")
    translate(standard_page(page, slug="maps", title="Maps"), "km")
    return page


def ask(network: Network, name: str, page: Page, **data: Any) -> HttpResponse:
    return network.client(name).post(f"/admin/takedown/{page.pk}/", data)


def take(network: Network, page: Page, *, below: bool = True, by: str = "focal-kh") -> Takedown:
    return take_down(page=page, below=below, reason=REASON, user=network.user(by))


def run_jobs(django_capture: Any, work: Any) -> Any:
    """Do it, and then what follows the commit."""
    with django_capture(execute=True):
        return work()


def versions(page: Page) -> list[CoalitionPage]:
    found = Page.objects.filter(translation_key=page.translation_key).order_by("path")
    return [version.specific for version in found]


def live(*pages: Page) -> list[bool]:
    return [version.live for page in pages for version in versions(page)]


# Who


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_takes_down(network: Network, guide: StandardPage, name: str) -> None:
    client = network.client(name)
    url = f"/admin/takedown/{guide.pk}/"
    assert "Flood guide" not in client.get(url).content.decode()
    ask(network, name, guide, **MEANT)
    assert live(guide) == [True, True]
    assert not Takedown.objects.exists()
    with pytest.raises(PermissionDenied):
        take(network, guide, by=name)


@pytest.mark.parametrize("name", ["focal-kh", "secretariat", "superuser"])
def test_focal_points_and_the_secretariat_do(
    network: Network, guide: StandardPage, name: str
) -> None:
    answer = ask(network, name, guide, **MEANT)
    assert answer.headers["Location"] == f"/admin/pages/{guide.get_parent().pk}/"
    assert live(guide, child_of(guide, "maps")) == [False, False, True, True]
    done = Takedown.objects.get()
    assert (done.user, done.section, done.reason) == (network.user(name), network.kh, REASON)


@pytest.mark.parametrize("name", ["focal-kh", "secretariat", "editor-kh"])
def test_the_button_is_theirs_alone(network: Network, guide: StandardPage, name: str) -> None:
    shown = network.client(name).get(f"/admin/pages/{guide.get_parent().pk}/").content.decode()
    assert (f"/admin/takedown/{guide.pk}/" in shown) is (name != "editor-kh")


@pytest.mark.parametrize("name", ["focal-kh", "secretariat", "superuser"])
def test_no_home_is_taken_down(network: Network, name: str) -> None:
    assert refused(ask(network, name, home_of(), **MEANT, below="on"))
    assert home_of().live is True


def test_focal_points_do_not_touch_pages_of_the_network(network: Network) -> None:
    page = standard_page()
    assert refused(ask(network, "focal-kh", page, **MEANT))
    ask(network, "secretariat", page, **MEANT)
    assert now(page).live is False
    assert Takedown.objects.get().section is None


# What it takes to be meant


def test_a_get_changes_nothing(network: Network, guide: StandardPage) -> None:
    client = network.client("focal-kh")
    text = client.get(f"/admin/takedown/{guide.pk}/", MEANT).content.decode()
    assert "Readers see this page in: English, Khmer." in text
    assert "2 public pages stand below it" in text
    assert live(guide) == [True, True]
    assert client.put(f"/admin/takedown/{guide.pk}/").status_code == 405


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "This field is required."),
        ({"reason": "  ", "confirm": "on"}, "This field is required."),
        ({"reason": REASON}, "Tick this to say that you mean it."),
        ({"reason": "x" * 2001, "confirm": "on"}, "at most 2000 characters"),
    ],
)
def test_without_reason_or_confirmation_nothing_happens(
    network: Network, guide: StandardPage, data: dict[str, str], said: str
) -> None:
    answer = ask(network, "focal-kh", guide, **data)
    text = answer.content.decode()
    assert said in text
    assert "Nothing was taken down yet" in text
    assert data.get("reason", "") in text
    assert live(guide) == [True, True]
    assert not Takedown.objects.exists()


def test_what_is_not_public_is_not_taken_down(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False)
    answer = ask(network, "focal-kh", page, **MEANT)
    assert "Nothing of this page is public or about to be." in answer.content.decode()
    with pytest.raises(NothingToTakeDownError):
        take(network, page)
    assert not Takedown.objects.exists()


# What it does


def test_all_languages_and_all_below_are_off_the_site(
    network: Network, guide: StandardPage, client: Client
) -> None:
    paths = ["/en/countries/cambodia/guide/", "/km/countries/cambodia/guide/maps/"]
    engines.current().rebuild()
    found = client.get("/api/v1/search?q=flood").json()
    assert [hit["title"] for hit in found["results"]] == ["Flood guide"]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    ask(network, "focal-kh", guide, **MEANT, below="on")
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.get("/vi/countries/cambodia/guide/").status_code == 404
    assert client.get("/api/v1/search?q=flood").json()["results"] == []
    assert not SearchEntry.objects.filter(url__contains="/guide/").exists()
    assert live(guide, child_of(guide, "maps")) == [False] * 4


def test_the_page_alone_leaves_what_is_below(network: Network, guide: StandardPage) -> None:
    assert take(network, guide, below=False).pages.count() == 2
    assert live(child_of(guide, "maps")) == [True, True]


def test_it_reaches_languages_in_which_the_focal_point_has_no_rights(
    network: Network, guide: StandardPage
) -> None:
    user = network.user("focal-kh")
    km = network.root(network.kh, "km")
    user.groups.get().page_permissions.filter(page=km).delete()
    ask(network, "focal-kh", guide, **MEANT)
    assert live(guide) == [False, False]


def test_it_never_reaches_beyond_the_section(network: Network, guide: StandardPage) -> None:
    km = versions(guide)[1]
    km.move(network.root(network.th, "th"), pos="last-child")
    theirs = standard_page(network.root(network.th))
    own = take(network, network.root(network.kh))
    assert own.pages.filter(page__in=[theirs.pk, km.pk]).count() == 0
    assert (now(theirs).live, now(km).live) == (True, True)
    assert set(own.pages.values_list("language", flat=True)) == {"en", "km"}


def test_a_page_of_the_network_takes_no_section_with_it(network: Network) -> None:
    lists = child_of(home_of(), "countries")
    take(network, lists, by="secretariat")
    assert now(lists).live is False
    assert list(SectionPage.objects.values_list("live", flat=True)) == [True] * 4


def test_aliases_in_the_section_go_too(network: Network, guide: StandardPage) -> None:
    parent = standard_page(network.root(network.kh), slug="shelf")
    alias = guide.create_alias(parent=parent, update_slug="copy")
    take(network, guide, below=False)
    assert now(alias).live is False


def test_what_is_under_way_is_called_off(network: Network) -> None:
    page = submitted(network)
    scheduled = standard_page(network.root(network.kh), slug="later")
    scheduled.go_live_at = timezone.now() + timedelta(hours=1)
    scheduled.save_revision().publish()
    take(network, network.root(network.kh))
    assert waits_for(page) is None
    assert now(page).current_workflow_state is None
    assert now(scheduled).scheduled_revision is None
    call_command("publish_scheduled")
    assert (now(page).live, now(scheduled).live) == (False, False)


def test_a_scheduled_page_that_was_never_public_stays_a_draft(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    page.save_revision().publish()
    done = take(network, page)
    assert (now(page).scheduled_revision, now(page).go_live_at) == (None, page.go_live_at)
    assert done.pages.count() == 0
    assert taken_down_at(page) is None


def test_it_is_logged_with_its_reason(network: Network, guide: StandardPage) -> None:
    done = take(network, guide, below=False)
    pages = PageLogEntry.objects.filter(action="sections.taken_down").order_by("pk")
    assert list(pages.values_list("page", "user__username", "data")) == [
        (version.pk, "focal-kh", {"takedown": done.pk, "reason": REASON})
        for version in versions(guide)
    ]
    entry = ModelLogEntry.objects.get(action="sections.taken_down")
    assert entry.data == {"reason": REASON, "pages": 2, "stopped": 0}


def test_the_secretariat_is_told_without_names(
    network: Network, guide: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    secretariat = network.user("secretariat")
    secretariat.email = "office@example.org"
    secretariat.save()
    UserProfile.objects.create(user=secretariat, preferred_language="en")
    done = run_jobs(django_capture_on_commit_callbacks, lambda: take(network, guide))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["office@example.org"], "Emergency takedown: Cambodia")
    assert "4 pages were taken off the site" in letter.body
    assert f"/admin/takedowns/{done.pk}/" in letter.body
    for hidden in (REASON, "Flood guide", "focal-kh", "/guide/"):
        assert hidden not in letter.subject + letter.body


def test_what_fails_at_the_end_undoes_all_of_it(network: Network, guide: StandardPage) -> None:
    before = list(Page.objects.order_by("pk").values())

    def fail(**kwargs: Any) -> None:
        raise RuntimeError("a listener of a plugin")

    page_unpublished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            take(network, guide)
    finally:
        page_unpublished.disconnect(fail)
    assert list(Page.objects.order_by("pk").values()) == before
    assert not Takedown.objects.exists()


# Back again


def test_focal_points_do_not_publish_it_again(network: Network, guide: StandardPage) -> None:
    take(network, guide)
    edit(network.client("focal-kh"), guide, **{"action-publish": "1"})
    assert now(guide).live is False
    edit(network.client("focal-kh"), guide, **{"action-submit": "1"})
    decide(network, "focal-kh", now(guide), "approve")
    assert (now(guide).live, taken_down_at(guide) is None) == (False, False)
    decide(network, "secretariat", now(guide), "approve")
    assert (now(guide).live, taken_down_at(guide)) == (True, None)


@pytest.mark.parametrize("name", ["focal-kh", "focal-th", "editor-kh", "campaigner"])
def test_only_the_secretariat_lists_and_brings_back(
    network: Network, guide: StandardPage, name: str
) -> None:
    done = take(network, guide)
    client = network.client(name)
    for url in (INDEX, f"{INDEX}results/", f"{INDEX}{done.pk}/", f"{INDEX}{done.pk}/bring-back/"):
        assert refused(client.get(url)), url
    assert refused(client.post(f"{INDEX}{done.pk}/bring-back/"))
    with pytest.raises(PermissionDenied):
        bring_back(takedown=done, user=network.user(name))
    assert live(guide) == [False, False]
    assert f'"{INDEX}"' not in client.get("/admin/").content.decode()


def test_what_was_live_comes_back_and_nothing_newer(
    network: Network, guide: StandardPage, django_capture_on_commit_callbacks: Any, client: Client
) -> None:
    revisions = [version.live_revision for version in versions(guide)]
    guide.title = "Not approved"
    guide.save_revision()
    done = take(network, guide)
    now(guide).save_revision()
    secretariat = network.client("secretariat")
    url = f"{INDEX}{done.pk}/bring-back/"
    assert "4 pages are down still" in secretariat.get(url).content.decode()
    assert live(guide) == [False, False]
    run_jobs(django_capture_on_commit_callbacks, lambda: secretariat.post(url))
    assert live(guide, child_of(guide, "maps")) == [True] * 4
    assert [version.live_revision for version in versions(guide)] == revisions
    assert now(guide).title == "Flood guide"
    assert now(guide).has_unpublished_changes is True
    assert client.get("/km/countries/cambodia/guide/").status_code == 200
    assert SearchEntry.objects.filter(url__contains="/guide/").count() == 4
    assert taken_down_at(guide) is None
    assert ModelLogEntry.objects.get(action="sections.taken_back_up").data == {"pages": 4}
    answer = secretariat.get(f"{INDEX}{done.pk}/bring-back/")
    assert answer.headers["Location"] == f"{INDEX}{done.pk}/"


def test_what_has_no_revision_comes_back_as_it_was(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    root = network.root(network.kh)
    (page,) = make_pages(StandardPage, [root], 1, section=network.kh)
    page = now(page)
    page.title = "Draft before"
    page.save_revision()
    done = take(network, page)
    run_jobs(
        django_capture_on_commit_callbacks,
        lambda: bring_back(takedown=done, user=network.user("secretariat")),
    )
    page = now(page)
    assert (page.live, page.title == "Draft before", page.has_unpublished_changes) == (
        True,
        False,
        True,
    )
    assert SearchEntry.objects.filter(page=page).exists()
    assert done.pages.filter(ended_at=None).count() == 0


def test_a_newer_version_in_approval_is_decided_first(
    network: Network, guide: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    done = take(network, guide, below=False)
    edit(network.client("editor-kh"), guide, slug="guide", **{"action-submit": "1"})
    user = network.user("secretariat")
    run_jobs(django_capture_on_commit_callbacks, lambda: bring_back(takedown=done, user=user))
    assert live(guide) == [False, True]
    assert waits_for(guide) == "Section review"
    text = network.client("secretariat").get(f"{INDEX}{done.pk}/").content.decode()
    assert "A newer version waits for approval" in text
    assert "1 of 2 pages are down" in text
    decide(network, "focal-kh", now(guide), "reject")
    run_jobs(django_capture_on_commit_callbacks, lambda: bring_back(takedown=done, user=user))
    assert live(guide) == [True, True]
    assert now(guide).title == "Flood guide"


def test_a_page_published_since_is_left_as_it_is(
    network: Network, guide: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    done = take(network, guide, below=False)
    page = now(guide)
    page.title = "Approved since"
    page.save_revision().publish()
    now(page).unpublish()
    run_jobs(
        django_capture_on_commit_callbacks,
        lambda: bring_back(takedown=done, user=network.user("secretariat")),
    )
    assert live(guide) == [False, True]


def test_a_consent_that_ended_meanwhile_keeps_a_story_down(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    story = story_of(person(), below=network.root(network.kh))
    revision = story.save_revision()
    revision.publish()
    done = take(network, story)
    revision.content["people"][0] |= ENDED
    revision.save(update_fields=["content"])
    run_jobs(
        django_capture_on_commit_callbacks,
        lambda: bring_back(takedown=done, user=network.user("secretariat")),
    )
    assert now(story).live is False
    assert "The consent of" in done.pages.get().problem


def test_many_are_brought_back_in_several_jobs(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    make_pages(StandardPage, [network.root(network.kh)], 60, section=network.kh)
    done = take(network, network.root(network.kh))
    total = done.pages.count()
    assert total > 60
    run_jobs(
        django_capture_on_commit_callbacks,
        lambda: bring_back(takedown=done, user=network.user("secretariat")),
    )
    assert done.pages.exclude(ended_at=None).count() == AT_ONCE
    item = OutboxItem.objects.get(task_path="countries.tasks.bring_back_pages")
    for _time in range(2):
        bring_back_next(**item.kwargs)
    assert done.pages.exclude(ended_at=None).filter(page__live=True).count() == total


def test_a_deleted_page_is_named_as_such(network: Network, guide: StandardPage) -> None:
    done = take(network, child_of(guide, "maps"))
    child_of(guide, "maps").delete()
    text = network.client("secretariat").get(f"{INDEX}{done.pk}/").content.decode()
    assert "Deleted" in text
    assert "1 of 2 pages are down" in text


# Beside an archived section


def test_it_works_in_an_archived_section_and_lasts_beyond(
    network: Network, guide: StandardPage
) -> None:
    archive_section(section=network.kh)
    ask(network, "focal-kh", guide, **MEANT, below="on")
    assert live(guide) == [False, False]
    network.kh.refresh_from_db()
    with pytest.raises(BringBackRefusedError, match="is archived"):
        bring_back(takedown=Takedown.objects.get(), user=network.user("secretariat"))
    bring_back_section(section=network.kh)
    assert live(guide) == [False, False]


# Lists


def test_the_list_filters_pages_and_says_when_it_is_empty(
    network: Network, guide: StandardPage
) -> None:
    client = network.client("secretariat")
    assert "Nothing has been taken down." in client.get(INDEX).content.decode()
    done = take(network, guide)
    for url, there in (
        (INDEX, True),
        (f"{INDEX}?section={network.kh.pk}", True),
        (f"{INDEX}?section={network.th.pk}", False),
        (f"{INDEX}?down=yes", True),
        (f"{INDEX}?down=no", False),
    ):
        text = client.get(url).content.decode()
        assert (REASON in text) is there, url
        assert ("No takedown matches this." in text) is not there, url
    Takedown.objects.bulk_create(Takedown(reason=f"Reason {n}") for n in range(25))
    text = client.get(f"{INDEX}?p=2").content.decode()
    assert REASON in text
    assert f"{INDEX}{done.pk}/" in text


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_takedowns_or_their_pages(
    network: Network, guide: StandardPage
) -> None:
    client = network.client("secretariat")
    done = take(network, guide, below=False)
    few = queries(client, INDEX), queries(client, f"{INDEX}{done.pk}/")
    for number in range(3):
        take(network, standard_page(network.root(network.kh), slug=f"more-{number}"))
    rows = [
        TakenDownPage(takedown=done, page=standard_page(guide), title="x", language="en")
        for _ in range(3)
    ]
    TakenDownPage.objects.bulk_create(rows)
    assert (queries(client, INDEX), queries(client, f"{INDEX}{done.pk}/")) == few


def test_lists_and_the_editor_say_since_when_a_page_is_down(
    network: Network, guide: StandardPage
) -> None:
    client = network.client("editor-kh")
    place = f"/admin/pages/{guide.get_parent().pk}/"
    assert "Taken down on" not in client.get(place).content.decode()
    take(network, guide)
    assert "Taken down on" in client.get(place).content.decode()
    assert (
        "Taken down in an emergency ("
        in client.get(f"/admin/pages/{guide.pk}/edit/").content.decode()
    )


def test_taking_down_many_costs_few_queries_for_each(network: Network) -> None:
    root = network.root(network.kh)

    def cost(number: int) -> int:
        page = standard_page(root)
        make_pages(StandardPage, [page], number, section=network.kh)
        with CaptureQueriesContext(connection) as captured:
            take(network, page)
        return len(captured)

    cost(1)
    few, many = cost(2), cost(12)
    assert (many - few) / 10 == 8


def test_a_page_that_was_published_around_us_is_taken_down_again(
    network: Network, guide: StandardPage
) -> None:
    done = take(network, guide, below=False)
    Page.objects.filter(pk=guide.pk).update(live=True)
    again = take(network, guide, below=False)
    assert again.pages.count() == 1
    assert done.pages.filter(ended_at=None).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenDownPage.objects.create(takedown=done, page=guide, title="x", language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        Takedown.objects.create(reason="")
