"""The explorer asks the database as often for many pages as for few, whoever looks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PagePermissionTester

from tests.factories import standard_page
from tests.network import Network

MOST = 60


def queries(network: Network, name: str, page: Page) -> int:
    client = network.client(name)
    client.get(f"/admin/pages/{page.pk}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/admin/pages/{page.pk}/").status_code == 200
    return len(captured)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "translator-all-km", "secretariat"])
def test_the_queries_do_not_grow_with_the_pages(network: Network, name: str) -> None:
    guide = standard_page(network.root(network.kh, "km"))
    standard_page(guide)
    standard_page(guide, live=False)
    few = queries(network, name, guide)
    for number in range(6):
        standard_page(guide, live=number % 2 == 0)
    assert queries(network, name, guide) == few < MOST


@pytest.mark.parametrize(
    "name", ["focal-kh", "editor-kh", "campaigner-kh", "secretariat", "nobody"]
)
@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("below", [None, True, False])
def test_what_may_be_deleted_is_what_wagtail_says(
    network: Network, name: str, live: bool, below: bool | None
) -> None:
    page = standard_page(network.root(network.kh), live=live)
    if below is not None:
        standard_page(page, live=below)
    page.refresh_from_db()
    user = network.user(name)
    ours, theirs = page.permissions_for_user(user), PagePermissionTester(user, page)
    assert ours.can_delete() == theirs.can_delete()
    assert ours.can_delete(ignore_bulk=True) == theirs.can_delete(ignore_bulk=True)
