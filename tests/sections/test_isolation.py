"""What is known of a page in other sections, and what a refusal leaves; all routes: tests/canary.

The word planted in Thailand stands in titles of drafts, in a live page's newer draft, in a page
that waits for approval, in a locked one, in pictures and documents.
"""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from coalition.core.models import CoalitionPage
from tests.factories import standard_page
from tests.network import Network

PLANT = "zebrafish"
# Rights in two languages of a section, in one language of all, on lists of the network.
STRANGERS = ("focal-kh", "translator-all-km", "campaigner")


@pytest.fixture
def planted(network: Network, demo: None, settings: Any, tmp_path: Path) -> dict[str, list[int]]:
    """What to look for, by what routes call it."""
    settings.MEDIA_ROOT = tmp_path
    root, editor = network.root(network.th), network.user("editor-th")
    draft = standard_page(root, live=False, title=f"{PLANT} draft", summary=PLANT)
    live = standard_page(root, title="Open page")
    renamed(live, f"{PLANT} renamed")
    submitted = standard_page(root, live=False, title=f"{PLANT} submitted")
    submitted.save_revision()
    state = network.th.workflow.start(submitted, editor)
    locked = standard_page(root, live=False, title=f"{PLANT} locked", locked=True)
    below = standard_page(draft, live=False, title=f"{PLANT} below")
    collection = network.th.collection
    image = get_image_model().objects.create(
        title=f"{PLANT} picture", file=get_test_image_file(), collection=collection
    )
    document = get_document_model().objects.create(
        title=f"{PLANT} file", file=ContentFile(b"text", "a.txt"), collection=collection
    )
    call_command("update_index", verbosity=0)
    return {
        "revision": [submitted.latest_revision.pk],
        "workflow_state": [state.pk],
        "task_state": [state.current_task_state.pk],
        "task": [state.current_task_state.task_id],
        "workflow": [network.th.workflow.pk],
        "destination": [network.root(network.kh).pk],
        "user": [editor.pk],
        "group": list(editor.groups.values_list("pk", flat=True)),
        "collection": [collection.pk],
        "image": [image.pk],
        "document": [document.pk],
        "page": [page.pk for page in (draft, submitted, live, locked, below)],
    }


def renamed(page: CoalitionPage, title: str) -> None:
    """Give a live page another title in a draft."""
    page.title = title
    page.save_revision()


def text_of(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace")


def client_of(network: Network, name: str) -> Client:
    client = network.client(name)
    client.raise_request_exception = False
    return client


def test_a_page_with_a_newer_title_can_be_linked_to_once_it_is_public(
    network: Network, demo: None
) -> None:
    client = network.client("editor-kh")
    page = standard_page(network.root(network.th), title="Well known")
    url = f"/admin/choose-page/{page.get_parent().pk}/"
    assert "Well known" in text_of(client.get(url))
    renamed(page, f"{PLANT} renamed")
    assert "Well known" not in text_of(client.get(url))
    page.get_latest_revision().publish()
    assert PLANT in text_of(client.get(url))


def test_the_secretariat_sees_all_of_it(network: Network, planted: dict[str, list[int]]) -> None:
    client = client_of(network, "secretariat")
    for url in (
        f"/admin/pages/{planted['page'][0]}/edit/",
        "/admin/reports/page-types-usage/",
        "/admin/api/main/documents/",
        f"/admin/bulk/wagtailcore/page/delete/?id={planted['page'][0]}",
    ):
        assert PLANT in text_of(client.get(url)), url


def test_somebody_without_rights_on_pages_sees_none(network: Network, demo: None) -> None:
    root = network.root(network.th)
    user = network.user("nobody")
    user.groups.add(network.kh.section_groups.first().group)
    user.groups.first().page_permissions.all().delete()
    response = network.client("nobody").get(f"/admin/pages/{root.pk}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_a_refusal_leaves_no_trace_in_the_log(
    network: Network, planted: dict[str, list[int]]
) -> None:
    before = PageLogEntry.objects.count()
    response = network.client("editor-kh").post(
        f"/admin/pages/{planted['page'][0]}/edit/", {"title": "x", "action-publish": "1"}
    )
    assert (response.status_code, PageLogEntry.objects.count()) == (302, before)
