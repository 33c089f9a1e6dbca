"""What the kit's functions do is there at once, as after a commit."""

import pytest
from coalition_demo.models import DemoPage

from coalition.plugins.testing import make_page, publish, root_of, switch_on

pytestmark = pytest.mark.django_db


def found(client, words):
    answer = client.get("/api/v1/search", {"q": words}).json()
    return [hit["url"] for hit in answer["results"]]


def test_search_follows_what_is_published(client, kh):
    switch_on("demo", kh)
    page = make_page(DemoPage, root_of(kh), title="Rally", remark="zebra")
    assert found(client, "zebra") == [page.url_path]
    changed = publish(page, title="March", remark="giraffe")
    assert (changed.pk, changed.title, changed.live) == (page.pk, "March", True)
    assert found(client, "giraffe") == [page.url_path]
    assert found(client, "zebra") == []
