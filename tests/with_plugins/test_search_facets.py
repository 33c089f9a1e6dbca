"""Search narrowed by what plugins know of pages."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.jobs.domain import run_due
from coalition.plugins import domain
from coalition.plugins.models import PluginFailure
from search import engines
from search.domain import index
from search.models import SearchEntry
from search.tasks import refresh_entries
from tests.factories import root_of, standard_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(on_in_kh, th):
    """Two in Cambodia, where the plugin is on, and one in Thailand."""
    made = [
        standard_page(root_of(section), slug=slug, title=f"Zebra {title}")
        for section, slug, title in (
            (on_in_kh, "one", "calm"),
            (on_in_kh, "two", "night"),
            (th, "three", "calm"),
        )
    ]
    engines.current().rebuild()
    return made


def stored(page):
    return SearchEntry.objects.get(pk=page.pk).facets


def api(client, **parameters):
    answer = client.get("/api/v1/search", {"q": "zebra", **parameters}).json()
    return {result["key"]: result["title"] for result in answer["results"]}, answer["facets"]


def titles(client, **parameters):
    return sorted(api(client, **parameters)[0].values())


def words(client, **parameters):
    """How many pages are found by what the plugin adds to their text."""
    return client.get("/api/v1/search", {"q": "demosaurus", **parameters}).json()["total"]


def shown(client, **parameters):
    answer = client.get("/en/search/", {"q": "zebra", **parameters})
    assert answer.status_code == 200
    return answer, {
        facet.name: [(v.label, v.count, v.url, v.active) for v in facet.values]
        for facet in answer.context["facets"]
    }


def test_values_are_kept_with_the_entry_where_the_plugin_is_on(pages):
    one, two, three = pages
    assert stored(one) == {"demo.mood": ["calm"]}
    assert stored(two) == {"demo.mood": ["brave", "loud"]}
    assert stored(three) == {}
    digest = SearchEntry.objects.get(pk=two.pk).digest
    two.title = "Zebra is calm"
    two.save_revision().publish()
    entry = SearchEntry.objects.get(pk=two.pk)
    assert entry.facets == {"demo.mood": ["calm"]}
    assert entry.digest != digest


@pytest.mark.usefixtures("pages")
def test_the_api_narrows_and_counts(client):
    found, facets = api(client)
    assert len(found) == 3
    assert facets["demo.mood"] == {"brave": 1, "calm": 1, "loud": 1}
    assert set(facets) == {"language", "section", "type", "topic", "demo.mood"}
    assert titles(client, **{"demo.mood": "calm"}) == ["Zebra calm"]
    assert titles(client, **{"demo.mood": "loud", "section": "kh"}) == ["Zebra night"]
    assert titles(client, **{"demo.mood": "loud", "section": "th"}) == []
    assert titles(client, **{"demo.mood": "none"}) == []
    assert len(titles(client, **{"demo.other": "calm"})) == 3
    _found, facets = api(client, **{"demo.mood": "calm"})
    assert facets["demo.mood"] == {"brave": 1, "calm": 1, "loud": 1}
    assert facets["section"] == {"kh": 1}


@pytest.mark.usefixtures("pages")
def test_readers_narrow_by_links(client):
    answer, facets = shown(client)
    url = "?q=zebra&demo.mood="
    assert facets["demo.mood"] == [
        ("Brave", 1, f"{url}brave", False),
        ("Calm", 1, f"{url}calm", False),
        ("Loud", 1, f"{url}loud", False),
    ]
    assert "<summary>Mood</summary>" in answer.content.decode()
    answer, facets = shown(client, **{"demo.mood": "calm", "section": "kh"})
    assert answer.context["answer"]["total"] == 1
    assert ("Calm", 1, "?q=zebra&section=kh", True) in facets["demo.mood"]
    assert "?q=zebra&amp;demo.mood=calm" in answer.content.decode()
    # Another search keeps the choice.
    assert '<input type="hidden" name="demo.mood" value="calm">' in answer.content.decode()


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("value", ["\0", "9" * 5000, "' OR 1=1 --", "<b>"])
def test_any_value_has_an_answer(client, value):
    answer, _facets = shown(client, **{"demo.mood": value})
    assert answer.context["messages"] == []
    assert "<b>" not in answer.content.decode()


def test_none_where_results_have_no_values(client, on_in_kh, th):
    standard_page(root_of(th), slug="three", title="Zebra")
    assert "demo.mood" not in api(client)[1]
    assert "demo.mood" not in shown(client)[1]


def test_switching_reads_the_pages_of_others_again(
    client, pages, th, django_capture_on_commit_callbacks
):
    one, _two, three = pages

    def switch(verb, section):
        with django_capture_on_commit_callbacks(execute=True):
            verb(slug="demo", section=section)

    switch(domain.enable, th)
    assert stored(three) == {"demo.mood": ["calm"]}
    assert len(titles(client, **{"demo.mood": "calm"})) == 2
    assert words(client, section="th") == 2
    switch(domain.disable, one.section)
    assert (stored(one), stored(three)) == ({}, {"demo.mood": ["calm"]})
    assert titles(client, **{"demo.mood": "calm"}) == ["Zebra calm"]
    switch(domain.disable, th)
    assert "demo.mood" not in api(client)[1]
    assert words(client) == 0
    # Nothing is known any more of the parameter.
    assert len(titles(client, **{"demo.mood": "calm"})) == 3
    call_command("search_index", "verify")


def test_what_is_still_stored_of_one_that_is_off_is_not_shown(client, pages):
    domain.disable(slug="demo", section=pages[0].section)
    assert stored(pages[0]) == {"demo.mood": ["calm"]}
    assert "demo.mood" not in api(client)[1]
    assert "demo.mood" not in shown(client)[1]


def test_of_many_pages_tick_reads_the_rest(pages, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(index, "AT_ONCE", 1)
    section = SearchEntry.objects.filter(section=pages[0].section_id)
    SearchEntry.objects.update(digest="")
    with django_capture_on_commit_callbacks(execute=True):
        refresh_entries.enqueue(section_id=pages[0].section_id)
    left = section.filter(digest="").count()
    assert 0 < left == section.count() - 1
    run_due(limit=1000, now=timezone.now() + timedelta(seconds=2))
    assert not section.filter(digest="").exists()
    assert SearchEntry.objects.filter(digest="").exists()


@pytest.mark.usefixtures("pages")
def test_facets_cost_no_query_but_that_of_the_switches(client):
    def queries(url):
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return [query["sql"] for query in captured]

    queries("/en/search/?q=zebra")
    plain, narrowed = map(queries, ("/en/search/?q=zebra", "/en/search/?q=zebra&demo.mood=calm"))
    assert len(narrowed) == len(plain)
    assert sum("coalition_plugins_pluginactivation" in sql for sql in narrowed) == 1


def test_one_that_fails_harms_no_other(client, broken_in_kh):
    domain.enable(slug="demo", section=broken_in_kh)
    page = standard_page(root_of(broken_in_kh), slug="one", title="Zebra")
    assert stored(page) == {"demo.mood": ["brave", "loud"]}
    assert PluginFailure.objects.get(plugin="broken", hook="search_facets").count
    SearchEntry.objects.filter(pk=page.pk).update(facets={"broken.mood": ["x"]})
    engines.current().rebuild()
    _answer, facets = shown(client)
    assert facets["broken.mood"] == [("x", 1, "?q=zebra&broken.mood=x", False)]
