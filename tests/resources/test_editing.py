"""Editors make resources below repositories, and lose nothing when something is missing."""

import pytest

from coalition.plugins import domain
from plugins.resources.domain import repositories
from plugins.resources.models import RepositoryPage, ResourcePage
from tests.network import Network, built, demo, network

from .factories import resource_page

__all__ = ["built", "demo", "network"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
FORM = {
    "title": "A report without a file",
    "slug": "report",
    "publisher": "A Press",
    "body-count": "0",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


@pytest.fixture
def repository(network: Network) -> RepositoryPage:
    """Cambodia's in English."""
    domain.enable(slug="resources", section=network.kh)
    repositories.ensure(network.kh.pk)
    return RepositoryPage.objects.child_of(network.root(network.kh)).get()


def test_made_below_repositories_alone(network: Network, repository: RepositoryPage) -> None:
    root = network.root(network.kh)
    client = network.client("editor-kh")
    html = client.get(f"/admin/pages/{root.pk}/add_subpage/").content.decode()
    assert "/add/resources/repositorypage/" in html
    assert ResourcePage not in root.creatable_subpage_models()
    assert repository.creatable_subpage_models() == [ResourcePage]
    domain.disable(slug="resources", section=network.kh)
    html = client.get(f"/admin/pages/{root.pk}/add_subpage/").content.decode()
    assert "/add/resources/repositorypage/" not in html


def test_a_draft_may_wait_for_its_file(network: Network, repository: RepositoryPage) -> None:
    address = f"/admin/pages/add/resources/resourcepage/{repository.pk}/"
    answer = network.client("editor-kh").post(address, FORM)
    page = ResourcePage.objects.get()
    assert answer.status_code == 302
    assert (page.live, page.publisher) == (False, "A Press")


def test_the_form_keeps_what_was_written(network: Network, repository: RepositoryPage) -> None:
    address = f"/admin/pages/add/resources/resourcepage/{repository.pk}/"
    answer = network.client("secretariat").post(address, {**FORM, "action-publish": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Choose a document, or write a link below." in html
    for kept in ("A report without a file", "A Press"):
        assert f'value="{kept}"' in html
    assert not ResourcePage.objects.exists()


def test_a_licence_is_asked_for_where_the_section_asks(
    network: Network, repository: RepositoryPage
) -> None:
    settings = {"page_size": "20", "licence_required": "on"}
    domain.set_settings(slug="resources", section=network.kh, data=settings)
    address = f"/admin/pages/add/resources/resourcepage/{repository.pk}/"
    data = {**FORM, "link": "https://example.org/report", "action-submit": "1"}
    client = network.client("editor-kh")
    answer = client.post(address, data)
    assert answer.status_code == 200
    assert "this section publishes nothing without one" in answer.content.decode()
    assert not ResourcePage.objects.exists()
    assert client.post(address, {**data, "licence": "CC0-1.0"}).status_code == 302
    assert ResourcePage.objects.get().current_workflow_state is not None


def test_rules_that_come_later_leave_public_pages_alone(
    network: Network, repository: RepositoryPage
) -> None:
    page = resource_page(network.root(network.kh), title="Before the rule")
    settings = {"page_size": "20", "licence_required": "on"}
    domain.set_settings(slug="resources", section=network.kh, data=settings)
    page.save_revision().publish()
    assert page.lacking() == {
        "licence": "Choose a licence: this section publishes nothing without one."
    }
