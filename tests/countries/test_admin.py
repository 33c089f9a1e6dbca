"""What people may do with pages in the admin, as its own views answer them."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import StandardPage
from search.models import SearchEntry
from tests.factories import child_of, now, standard_page, story_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
REFUSED = 302


def form(title: str = "Our guide", **extra: Any) -> dict[str, Any]:
    """What the editor posts for a page of text."""
    return nested_form_data(
        {
            "title": title,
            "slug": "our-guide",
            "summary": "",
            "body": streamfield([("heading", "Begin here")]),
            "topics": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **extra,
        }
    )


def add(client: Client, parent: Page, **extra: Any) -> HttpResponse:
    return client.post(f"/admin/pages/add/home/standardpage/{parent.pk}/", form(**extra))


def edit(client: Client, page: Page, **extra: Any) -> HttpResponse:
    return client.post(f"/admin/pages/{page.pk}/edit/", form(**extra))


def refused(response: HttpResponse) -> bool:
    """Whether the admin sent somebody away with “you do not have permission”."""
    return (response.status_code, response.headers.get("Location")) == (REFUSED, "/admin/")


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "translator-km", "translator-all-km"])
def test_people_of_a_section_write_there(network: Network, name: str) -> None:
    root = network.root(network.kh, "km")
    add(network.client(name), root)
    page = StandardPage.objects.child_of(root).get()
    assert (page.live, page.section, page.slug) == (False, network.kh, "our-guide")
    edit(network.client(name), page, title="Better guide")
    assert now(page).get_latest_revision_as_object().title == "Better guide"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("editor-kh", "th en"),
        ("focal-kh", "th th"),
        ("translator-km", "kh en"),
        ("translator-all-km", "kh en"),
        ("reader-km", "kh km"),
        ("campaigner", "kh en"),
        ("campaigner-kh", "kh en"),
    ],
)
def test_nobody_writes_elsewhere(network: Network, name: str, place: str) -> None:
    code, language = place.split()
    root = network.root(network.kh if code == "kh" else network.th, language)
    assert refused(add(network.client(name), root))
    assert not StandardPage.objects.exists()


def test_an_editor_cannot_touch_thailands_pages(network: Network) -> None:
    page = standard_page(network.root(network.th), title="Theirs", live=True)
    client = network.client("editor-kh")
    own = network.root(network.kh)
    log = PageLogEntry.objects.count()
    at = f"/admin/pages/{page.pk}"
    answers = {
        "edit": client.post(f"{at}/edit/", form(title="Taken over")),
        "publish": client.post(f"{at}/edit/", form(**{"action-publish": "1"})),
        "unpublish": client.post(f"{at}/unpublish/"),
        "delete": client.post(f"{at}/delete/"),
        "move": client.post(f"{at}/move/{own.pk}/confirm/"),
        "copy": client.post(
            f"{at}/copy/",
            {"new_title": "x", "new_slug": "x", "new_parent_page": own.pk, "alias": "on"},
        ),
        "history": client.get(f"{at}/history/"),
        "revert": client.get(f"{at}/revisions/{page.latest_revision.pk}/revert/"),
        "draft": client.get(f"{at}/view_draft/"),
        "privacy": client.post(f"{at}/privacy/", {"restriction_type": "login"}),
        "lock": client.post(f"{at}/lock/"),
        "translate": client.get(f"/admin/translate/{page.pk}/"),
        "explorer": client.get(f"{at}/"),
    }
    assert {what for what, answer in answers.items() if not refused(answer)} == set()
    assert (now(page).title, now(page).live, now(page).locked) == ("Theirs", True, False)
    assert PageLogEntry.objects.count() == log
    assert not own.get_children().filter(slug="x").exists()


def test_the_explorer_shows_an_editor_their_section_alone(network: Network) -> None:
    client = network.client("editor-kh")
    lists = Page.objects.get(url_path="/en/countries/")
    content = client.get(f"/admin/pages/{lists.pk}/").content.decode()
    assert "Cambodia" in content
    assert "Thailand" not in content


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "translator-km"])
def test_nobody_of_a_section_publishes(network: Network, name: str) -> None:
    root = network.root(network.kh, "km")
    client = network.client(name)
    add(client, root, **{"action-publish": "1"})
    page = StandardPage.objects.child_of(root).get()
    assert page.live is False
    edit(client, page, **{"action-publish": "1"})
    assert now(page).live is False
    assert "action-publish" not in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_a_section_cannot_take_its_own_live_pages_down(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    client = network.client("focal-kh")
    assert refused(client.post(f"/admin/pages/{page.pk}/unpublish/"))
    assert refused(client.post(f"/admin/pages/{page.pk}/delete/"))
    assert now(page).live is True


def test_an_editor_deletes_and_moves_their_drafts_within_the_section(network: Network) -> None:
    root = network.root(network.kh)
    draft, guide = (standard_page(root, live=False, title=title) for title in ("Draft", "Guide"))
    client = network.client("editor-kh")
    client.post(f"/admin/pages/{draft.pk}/move/{guide.pk}/confirm/")
    assert now(draft).get_parent().specific == guide
    elsewhere = network.root(network.th)
    assert refused(client.post(f"/admin/pages/{draft.pk}/move/{elsewhere.pk}/confirm/"))
    client.post(f"/admin/pages/{draft.pk}/delete/")
    assert not Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("place", ["km", "th"])
def test_a_page_is_not_moved_into_another_language_or_section(network: Network, place: str) -> None:
    page = standard_page(network.root(network.kh), live=False)
    goal = network.root(network.kh, "km") if place == "km" else network.root(network.th)
    network.client("editor-kh").post(f"/admin/pages/{page.pk}/move/{goal.pk}/confirm/")
    assert now(page).get_parent().specific == network.root(network.kh)


def copied(network: Network, name: str, page: Page, goal: Page, **extra: str) -> Page | None:
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": goal.pk, **extra}
    network.client(name).post(f"/admin/pages/{page.pk}/copy/", data)
    return goal.get_children().filter(slug="copy").first()


def test_a_copy_belongs_where_it_stands(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    copy = copied(network, "editor-kh", page, network.root(network.kh, "km"))
    assert copy is not None
    assert (copy.live, copy.locale.language_code) == (False, "km")
    assert copied(network, "editor-kh", page, network.root(network.th)) is None


def test_an_alias_stays_in_its_language(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    goal = network.root(network.kh, "km")
    assert copied(network, "secretariat", page, goal, alias="on") is None


def test_an_alias_does_not_publish_past_the_secretariat(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    data = {
        "new_title": "Alias",
        "new_slug": "alias",
        "new_parent_page": page.get_parent().pk,
        "alias": "on",
    }
    url = f"/admin/pages/{page.pk}/copy/"
    answer = network.client("focal-kh").post(url, data, follow=True)
    assert "An alias would be public at once." in answer.content.decode()
    assert not Page.objects.filter(slug="alias").exists()
    network.client("secretariat").post(url, data)
    assert Page.objects.get(slug="alias").live is True


def test_a_copy_is_a_draft(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    network.client("editor-kh").post(f"/admin/pages/{page.pk}/copy/", data)
    assert Page.objects.get(slug="copy").live is False


@pytest.mark.parametrize("parent", ["", "x", "999999"])
def test_a_copy_needs_a_place(network: Network, parent: str) -> None:
    page = standard_page(network.root(network.kh))
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent}
    answer = network.client("editor-kh").post(f"/admin/pages/{page.pk}/copy/", data)
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/copy/"


def test_campaigners_write_campaigns_and_calls(network: Network) -> None:
    campaigns = child_of(network.root(network.kh), "campaigns")
    for name in ("campaigner-kh", "focal-kh"):
        answer = network.client(name).get(f"/admin/pages/{campaigns.pk}/add_subpage/")
        assert "campaigns/campaignpage" in answer.content.decode() or answer.status_code == 302
    url = f"/admin/pages/add/campaigns/campaignpage/{campaigns.pk}/"
    assert network.client("campaigner-kh").get(url).status_code == 200
    assert refused(network.client("campaigner").get(url))
    stories = child_of(network.root(network.kh), "stories")
    url = f"/admin/pages/add/campaigns/successstorypage/{stories.pk}/"
    assert refused(network.client("campaigner-kh").get(url))
    assert network.client("editor-kh").get(url).status_code == 200


def test_a_second_reader_corrects_but_adds_nothing(network: Network) -> None:
    page = translate(standard_page(network.root(network.kh)), "km", live=False)
    client = network.client("reader-km")
    edit(client, page, title="Corrected")
    assert now(page).get_latest_revision_as_object().title == "Corrected"
    assert refused(add(client, network.root(network.kh, "km")))
    english = standard_page(network.root(network.kh), live=False)
    assert refused(client.get(f"/admin/pages/{english.pk}/edit/"))


def test_the_secretariat_publishes_everywhere(network: Network) -> None:
    client = network.client("secretariat")
    add(client, network.root(network.th, "th"), **{"action-publish": "1"})
    page = StandardPage.objects.get()
    assert page.live is True
    assert SearchEntry.objects.get(page=page).section == network.th


@pytest.mark.parametrize(
    "url",
    [
        "collections/",
        "workflows/list/",
        "workflows/tasks/index/",
        "snippets/core/topic/",
        "sites/",
        "images/",
        "documents/",
        "reports/site-history/",
        "reports/page-types-usage/",
    ],
)
def test_the_secretariat_keeps_the_rest(network: Network, url: str) -> None:
    assert network.client("secretariat").get(f"/admin/{url}").status_code == 200
    kept_by_all = url in ("images/", "documents/", "reports/site-history/")
    answer = network.client("focal-kh").get(f"/admin/{url}")
    assert (answer.status_code == 200) is kept_by_all


def test_people_without_a_group_stay_outside(network: Network) -> None:
    answer = network.client("nobody").get("/admin/")
    assert answer.status_code == REFUSED
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_pictures_and_documents_stay_in_their_section(network: Network) -> None:
    content = network.client("editor-kh").get("/admin/images/add/").content.decode()
    assert network.client("editor-kh").get("/admin/documents/add/").status_code == 200
    assert f'value="{network.th.collection.pk}"' not in content
    assert refused(network.client("campaigner").get("/admin/images/add/"))


def test_a_story_of_the_section_is_its_editors(network: Network) -> None:
    story = story_page(network.root(network.kh), live=False)
    url = f"/admin/pages/{story.pk}/edit/"
    assert network.client("editor-kh").get(url).status_code == 200
    assert refused(network.client("editor-th").get(url))
