"""An archived section: the public sees nothing of it, its people lose nothing, all comes back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from coalition.core.queries import public_at, public_pages
from coalition.core.visibility import visibility_changed
from coalition.jobs.models import OutboxItem
from coalition.plugins.pages import installed_types
from coalition.sections.models import Section
from coalition.sections.queries import sections_for_reader
from coalition.translation.domain.starting import TranslationRefusedError, start_translation
from countries.domain.archive import archive_section, bring_back_section, public_pages_of
from countries.domain.provision import provision_section
from home.models import StandardPage
from search import engines
from search.domain import drift
from search.models import SearchEntry
from tests.countries.test_admin import add, edit
from tests.countries.test_workflow import decide, submitted, waits_for
from tests.factories import (
    campaign_page,
    child_of,
    home_of,
    now,
    standard_page,
    story_page,
    translate,
)
from tests.installed import switch_queries
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
ARCHIVED = "The section “Cambodia” is archived"
SAVED = "What you wrote is saved as a draft"


@pytest.fixture
def guide(network: Network) -> StandardPage:
    """A page of Cambodia in both of its languages, and a story that may be related to it."""
    page = standard_page(network.root(network.kh), slug="guide", title="Flood guide")
    translate(page, "km", title="សៀវភៅ")
    story_page(network.root(network.kh), slug="story", title="Flood story")
    return page


def archive(network: Network, **options: Any) -> int:
    return archive_section(section=network.kh, user=network.user("secretariat"), **options)


def pages_and_rights() -> dict[str, list[dict[str, Any]]]:
    """Every row but logs, sessions, jobs, and search, which is compared by what it finds."""
    left_out = {
        "wagtailcore.ModelLogEntry",
        "audit.AuditEntry",
        "jobs.OutboxItem",
        "sections.Section",
        "sessions.Session",
        "search.SearchEntry",
    }
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in left_out
    }


def addresses() -> list[str]:
    """Everything of Cambodia's that readers could open."""
    found = Page.objects.filter(url_path__contains="/cambodia/")
    urls = list(found.values_list("url_path", flat=True))
    feeds = [f"{url}feed/" for url in urls if url.endswith("/cambodia/")]
    return [*urls, *feeds, "/th/countries/cambodia/", "/th/countries/cambodia/guide/"]


def statuses(client: Client) -> dict[str, int]:
    return {url: client.get(url).status_code for url in addresses()}


def test_nothing_of_it_can_be_read(network: Network, guide: StandardPage, client: Client) -> None:
    before = statuses(client)
    assert set(before.values()) == {200, 302}
    assert archive(network) == 9
    assert set(statuses(client).values()) == {404}
    assert bring_back_section(section=network.kh) == 9
    assert statuses(client) == before


def test_no_other_page_speaks_of_it(network: Network, guide: StandardPage, client: Client) -> None:
    elsewhere = standard_page(
        slug="elsewhere",
        body=[{"type": "related_pages", "value": [guide.pk]}],
    )
    campaign = campaign_page(slug="rivers", sections=[network.kh, network.th])
    places = [
        "/en/",
        "/km/",
        "/en/countries/",
        "/en/stories/",
        "/en/search/?q=flood",
        "/en/search/",
        "/km/search/?q=flood",
        "/en/feed/",
        "/sitemap.xml",
        "/api/v1/search?q=flood",
        "/api/v1/search?section=kh",
        "/api/v1/search/suggest?q=flood",
        elsewhere.url_path,
        campaign.url_path,
    ]

    def speaking() -> list[str]:
        contents = {url: client.get(url).content.decode().lower() for url in places}
        words = ("cambodia", "flood guide", "flood story")
        return [url for url, text in contents.items() if any(word in text for word in words)]

    engines.current().rebuild()
    assert set(places) - set(speaking()) == set()
    archive(network)
    # Even with an engine that was not told yet.
    assert speaking() == []
    assert [link.code for link in sections_for_reader(language="en")] == ["th"]
    bring_back_section(section=network.kh)
    assert set(places) - set(speaking()) == set()


def test_no_redirect_leads_to_a_hidden_translation(
    network: Network, guide: StandardPage, client: Client
) -> None:
    archive(network)
    assert public_at("countries/cambodia/guide") == {}
    for url in ("/en/countries/cambodia/guide/?asked=km", "/vi/countries/cambodia/guide/"):
        assert client.get(url).status_code == 404


def test_search_follows_before_it_returns(network: Network, guide: StandardPage) -> None:
    assert SearchEntry.objects.filter(section=network.kh).count() > 0
    archive(network)
    assert SearchEntry.objects.filter(section=network.kh).count() == 0
    measured = drift.measure()
    assert (measured.missing, measured.surplus, measured.outdated) == ([], [], [])
    assert (drift.pages_without_entry(), drift.entries_without_page()) == (0, 0)


def test_a_rebuild_of_search_brings_nothing_back(network: Network, guide: StandardPage) -> None:
    archive(network)
    call_command("search_index", "rebuild", verbosity=0)
    assert not SearchEntry.objects.filter(section=network.kh).exists()


def test_search_that_was_left_behind_is_found_as_drift(
    network: Network, guide: StandardPage
) -> None:
    Section.objects.filter(code="kh").update(status="archived")
    assert drift.entries_without_page() == SearchEntry.objects.filter(section=network.kh).count()
    drift.rebuild()
    assert drift.entries_without_page() == 0


def test_bringing_back_restores_exactly_what_was(network: Network, guide: StandardPage) -> None:
    standard_page(network.root(network.kh), live=False, title="Draft")
    before, entries = pages_and_rights(), list(SearchEntry.objects.order_by("pk").values())
    archive(network)
    assert pages_and_rights() == before
    bring_back_section(section=network.kh)
    assert pages_and_rights() == before
    assert list(SearchEntry.objects.order_by("pk").values()) == entries


def test_both_are_done_once(network: Network, guide: StandardPage) -> None:
    assert bring_back_section(section=network.kh) == 0
    assert archive(network) > 0
    jobs, log = OutboxItem.objects.count(), ModelLogEntry.objects.count()
    assert archive(network) == 0
    assert (OutboxItem.objects.count(), ModelLogEntry.objects.count()) == (jobs, log)


def test_the_log_says_who_did_it(network: Network, guide: StandardPage) -> None:
    archive(network)
    bring_back_section(section=network.kh, user=network.user("superuser"))
    entries = ModelLogEntry.objects.filter(
        action__in=["sections.archived", "sections.brought_back"]
    )
    assert list(entries.order_by("pk").values_list("action", "user__username", "data")) == [
        ("sections.archived", "secretariat", {"pages": 9}),
        ("sections.brought_back", "superuser", {"pages": 9}),
    ]


@pytest.fixture
def announced() -> Iterator[list[int]]:
    """Sizes of the chunks that were announced."""
    sizes: list[int] = []

    def receive(pages: list[Page], **kwargs: Any) -> None:
        sizes.append(len(pages))

    visibility_changed.connect(receive)
    yield sizes
    visibility_changed.disconnect(receive)


def test_all_pages_are_announced_in_chunks(
    network: Network, guide: StandardPage, announced: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coalition.core.visibility.CHUNK", 4)
    archive(network)
    assert announced == [4, 4, 1]


def test_other_sections_stay_as_they_are(network: Network, client: Client) -> None:
    page = standard_page(network.root(network.th), title="Ours")
    entries = set(SearchEntry.objects.filter(section=network.th).values_list("pk", flat=True))
    archive(network)
    assert client.get(page.url_path).status_code == 200
    assert set(SearchEntry.objects.filter(section=network.th).values_list("pk", flat=True)) == (
        entries
    )


def test_a_page_that_goes_live_meanwhile_stays_hidden(network: Network, client: Client) -> None:
    page = standard_page(network.root(network.kh), live=False, slug="late")
    archive(network)
    page.save_revision().publish()
    assert now(page).live is True
    assert client.get("/en/countries/cambodia/late/").status_code == 404
    assert not SearchEntry.objects.filter(page=page).exists()
    bring_back_section(section=network.kh)
    assert client.get("/en/countries/cambodia/late/").status_code == 200


def test_the_rule_costs_no_query(network: Network) -> None:
    installed_types()  # remembered by every process
    with CaptureQueriesContext(connection) as captured:
        list(public_pages())
    assert len(captured) == 2 + switch_queries()  # restrictions, pages


# What its people can do


def shown(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "translator-km", "secretariat"])
def test_its_people_see_and_edit_their_drafts(network: Network, name: str) -> None:
    language = "km" if name == "translator-km" else "en"
    page = standard_page(network.root(network.kh, language), live=False, title="Draft")
    archive(network)
    client = network.client(name)
    content = shown(client, f"/admin/pages/{page.pk}/edit/")
    assert ARCHIVED in content
    for button in ("action-publish", "action-submit"):
        assert button not in content
    edit(client, page, title="Better")
    assert now(page).get_latest_revision_as_object().title == "Better"


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "secretariat"])
@pytest.mark.parametrize(
    "action", ["action-publish", "action-submit", "action-restart-workflow", None]
)
def test_archived_while_somebody_edits_their_text_is_saved(
    network: Network, name: str, action: str | None
) -> None:
    page = standard_page(network.root(network.kh), live=False, title="Draft")
    client = network.client(name)
    client.get(f"/admin/pages/{page.pk}/edit/")
    archive(network)
    extra = {action: "1"} if action else {}
    answer = client.post(
        f"/admin/pages/{page.pk}/edit/",
        {**form_data(title="Typed for an hour"), **extra},
        follow=True,
    )
    draft = now(page)
    assert draft.get_latest_revision_as_object().title == "Typed for an hour"
    assert (draft.live, draft.workflow_in_progress) == (False, False)
    content = answer.content.decode()
    assert ARCHIVED in content
    assert (SAVED in content) is (action is not None)


def form_data(**extra: Any) -> dict[str, Any]:
    from tests.countries.test_admin import form

    return form(**extra)


@pytest.mark.parametrize("name", ["editor-kh", "secretariat"])
@pytest.mark.parametrize("action", ["action-publish", "action-submit", None])
def test_archived_while_somebody_writes_a_new_page_it_is_saved(
    network: Network, name: str, action: str | None
) -> None:
    root = network.root(network.kh)
    archive(network)
    add(network.client(name), root, title="New", **({action: "1"} if action else {}))
    page = StandardPage.objects.child_of(root).get()
    assert (page.title, page.live, page.workflow_in_progress) == ("New", False, False)


@pytest.mark.parametrize("name", ["editor-kh", "focal-kh", "secretariat"])
def test_no_page_is_begun_there(network: Network, name: str) -> None:
    root = network.root(network.kh)
    archive(network)
    client = network.client(name)
    for url in (
        f"/admin/pages/{root.pk}/add_subpage/",
        f"/admin/pages/add/home/standardpage/{root.pk}/",
    ):
        answer = client.get(url, follow=True)
        assert ARCHIVED in answer.content.decode()
        assert answer.redirect_chain[0][0] == f"/admin/pages/{root.pk}/"


def test_a_pending_approval_waits_and_goes_on(network: Network) -> None:
    page = submitted(network)
    decide(network, "focal-kh", page, "approve")
    archive(network)
    client = network.client("secretariat")
    assert "/approve/" not in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for action in ("approve", "reject"):
        answer = decide(network, "secretariat", now(page), action)
        assert answer.headers["Location"] == f"/admin/pages/{page.pk}/"
    assert (now(page).live, waits_for(page)) == (False, "Secretariat")
    bring_back_section(section=network.kh)
    decide(network, "secretariat", now(page), "approve")
    assert now(page).live is True
    assert SearchEntry.objects.filter(page=page).exists()


def test_a_dialogue_of_the_editor_is_refused_in_its_own_way(network: Network) -> None:
    page = submitted(network)
    archive(network)
    state = page.current_workflow_task_state
    answer = network.client("focal-kh").post(
        f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/",
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json() == {"step": "success", "redirect": f"/admin/pages/{page.pk}/"}
    assert waits_for(page) == "Section review"


def test_approving_with_changes_saves_the_changes_alone(network: Network) -> None:
    page = submitted(network)
    archive(network)
    data = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client = network.client("focal-kh")
    edit(client, page, title="Reviewed", **data)
    assert now(page).get_latest_revision_as_object().title == "Reviewed"
    assert waits_for(page) == "Section review"
    assert SAVED in shown(client, "/admin/")


def test_nothing_is_copied_or_moved_into_it(network: Network) -> None:
    page = standard_page(network.root(network.th), live=False)
    own = network.root(network.kh)
    archive(network)
    client = network.client("secretariat")
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": own.pk}
    answer = client.post(f"/admin/pages/{page.pk}/copy/", data, follow=True)
    assert ARCHIVED in answer.content.decode()
    answer = client.post(f"/admin/pages/{page.pk}/move/{own.pk}/confirm/", follow=True)
    assert ARCHIVED in answer.content.decode()
    client.post(f"/admin/bulk/wagtailcore/page/move/?id={page.pk}", {"chooser": own.pk})
    assert not StandardPage.objects.child_of(own).exists()
    assert now(page).get_parent().specific == network.root(network.th)


def test_several_at_once_are_not_published(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False)
    archive(network)
    network.client("secretariat").post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    assert now(page).live is False


@pytest.mark.parametrize("place", ["en", "km"])
def test_no_translation_is_started_there(network: Network, guide: StandardPage, place: str) -> None:
    page = standard_page(network.root(network.kh, place))
    archive(network)
    with pytest.raises(TranslationRefusedError, match=ARCHIVED):
        start_translation(
            source=page,
            language="km" if place == "en" else "en",
            user=network.user("secretariat"),
        )
    client = network.client("focal-kh")
    answer = client.post(f"/admin/translate/{page.pk}/", {"language": "km"}, follow=True)
    assert "A draft in" not in answer.content.decode()


def test_others_cannot_link_to_it(network: Network, guide: StandardPage) -> None:
    url = f"/admin/choose-page/{network.root(network.kh).pk}/"
    client = network.client("editor-th")
    assert "Flood guide" in client.get(url).content.decode()
    archive(network)
    assert "Flood guide" not in client.get(url).content.decode()


def test_the_network_itself_is_never_archived(network: Network) -> None:
    archive(network)
    client = network.client("secretariat")
    add(client, home_of(), **{"action-publish": "1"})
    assert StandardPage.objects.child_of(home_of()).get().live is True


def test_provisioning_does_not_bring_it_back(network: Network, guide: StandardPage) -> None:
    archive(network)
    result = provision_section(code="kh", kind="country", languages_used=["en", "km", "th"])
    assert result.section.status == "archived"
    assert public_pages_of(network.kh) == 0
    assert child_of(network.root(network.kh, "th"), "stories").live is True


def test_what_is_refused_leaves_no_message_behind(network: Network, client: Client) -> None:
    page = standard_page(network.root(network.kh), live=False)
    archive(network)
    outsider = network.client("editor-th")
    answer = outsider.get(f"/admin/pages/{page.pk}/edit/")
    texts = [str(message) for message in get_messages(answer.wsgi_request)]
    assert not any(ARCHIVED in text for text in texts)
    assert not PageLogEntry.objects.filter(page=page, user__username="editor-th").exists()
