"""`search_index` and what `doctor` says about search."""

import threading
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from wagtail.models import Page

from home.models import HomePage, StandardPage
from search import analysis, doctor, engines
from search.domain import drift, queries
from search.domain.queries import SearchRequest
from search.models import SearchEntry
from search.tick import search_types
from tests.factories import standard_page, story_page
from tests.search.factories import Text, make_entries

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output."""
    out = StringIO()
    try:
        call_command("search_index", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def page() -> Page:
    """A live page; entries and engine agree."""
    home = HomePage.objects.get(locale__language_code="en")
    page = StandardPage(title="Zebra", locale=home.locale)
    home.add_child(instance=page)
    drift.rebuild()
    return page


@pytest.mark.usefixtures("page")
def test_nothing_differs() -> None:
    count = SearchEntry.objects.count()
    assert run("verify") == (0, f"Nothing differs; {count} pages are as they should be.\n")
    assert doctor.problems() == []


def test_status(page: Page) -> None:
    code, output = run("status")
    name = "sqlite" if connection.vendor == "sqlite" else "database (degraded)"
    lines = output.splitlines()
    assert code == 0
    assert lines[0] == f"Engine: {name}."
    assert "th: 1 entries." in lines
    assert lines[-1] == "The engine differs from the entries in 0 pages."


def test_a_page_without_entry(page: Page) -> None:
    SearchEntry.objects.filter(page=page).delete()
    code, output = run("verify")
    assert code == 1
    assert output.splitlines()[0] == f"Public pages without an entry: 1 (page ids {page.pk})."
    assert doctor.problems()[0] == (
        "Search does not know 1 public pages. Run “manage.py search_index rebuild”."
    )
    before = SearchEntry.objects.count()
    assert run("rebuild", "--dry-run")[1] == output
    assert SearchEntry.objects.count() == before


def test_an_entry_that_differs_from_its_page(page: Page) -> None:
    StandardPage.objects.filter(pk=page.pk).update(title="Giraffe")
    assert run("verify") == (1, f"Entries that differ from their page: 1 (page ids {page.pk}).\n")


def test_an_entry_of_a_page_that_is_not_public(page: Page) -> None:
    StandardPage.objects.filter(pk=page.pk).update(live=False)
    code, output = run("verify")
    assert (code, output) == (
        1,
        f"Entries of pages that are not public: 1 (page ids {page.pk}).\n",
    )
    assert doctor.problems() == [
        "Search still shows 1 pages that are not public. Run “manage.py search_index rebuild”."
    ]


@pytest.mark.embedded
def test_an_engine_that_lags_behind(page: Page) -> None:
    other = HomePage.objects.get(locale__language_code="th")
    SearchEntry.objects.filter(page=page).update(digest="changed")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE rowid = %s", [other.pk])
        cursor.execute("INSERT INTO search_text (rowid, title) VALUES (999999, 'gone')")
    code, output = run("verify")
    assert code == 1
    assert output.splitlines() == [
        f"Entries that differ from their page: 1 (page ids {page.pk}).",
        f"Entries that the engine lacks: 1 (page ids {other.pk}).",
        f"Entries of which the engine has an old text: 1 (page ids {page.pk}).",
        "Pages that the engine has and that have no entry: 1 (page ids 999999).",
    ]
    assert doctor.problems() == [
        (
            "The search engine sqlite differs from the pages in 3 of them. Jobs that are still due "
            "may mend this; if they do not: Run “manage.py search_index rebuild”."
        )
    ]
    assert run("rebuild")[0] == 0
    assert run("verify")[0] == 0


@pytest.mark.embedded
def test_another_analysis_is_drift(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    assert len(engines.current().drift().outdated) == SearchEntry.objects.count()
    drift.rebuild()
    assert engines.current().drift().count == 0


@pytest.mark.embedded
def test_a_lost_table_is_named_and_comes_back(page: Page) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_text")
    (problem,) = doctor.problems()
    assert problem == (
        "The full-text table of the database does not answer: no such table: search_text. "
        "Run “manage.py search_index rebuild”."
    )
    assert run("verify") == (1, f"{problem}\n")
    count = SearchEntry.objects.count()
    assert run("rebuild") == (0, f"The index was rebuilt; {count} entries are in it.\n")
    assert [hit.entry.pk for hit in queries.search(SearchRequest(q="zebra")).hits] == [page.pk]


def test_rebuilding_mends_everything(page: Page) -> None:
    SearchEntry.objects.filter(language="th").delete()
    StandardPage.objects.filter(pk=page.pk).update(live=False)
    HomePage.objects.filter(locale__language_code="km").update(title="Giraffe")
    assert run("rebuild")[0] == 0
    assert run("verify")[0] == 0
    assert not SearchEntry.objects.filter(page=page).exists()
    assert SearchEntry.objects.get(page__locale__language_code="km").title == "Giraffe"


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_searching_goes_on_during_a_rebuild() -> None:
    make_entries(Text(f"p{n}", "en", f"Report {n}", body="dams " * 20) for n in range(600))
    totals: set[int] = set()
    failures: list[Exception] = []
    done = threading.Event()

    def keep_searching() -> None:
        try:
            while not done.is_set():
                totals.add(queries.search(SearchRequest(q="dams")).total)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connections.close_all()

    reader = threading.Thread(target=keep_searching)
    reader.start()
    try:
        for _ in range(3):
            engines.current().rebuild()
    finally:
        done.set()
        reader.join()
    assert (failures, totals) == ([], {600})


def test_entries_follow_page_types_that_go_and_come_back() -> None:
    kept, gone = standard_page(title="Kept"), story_page(title="Gone")
    SearchEntry.objects.filter(page=gone).update(type="of-a-plugin-that-is-gone")
    ContentType.objects.create(app_label="gone", model="page")
    Page.objects.filter(pk=gone.pk).update(content_type=ContentType.objects.get(app_label="gone"))
    assert search_types() == 1
    assert list(SearchEntry.objects.filter(page__in=[kept, gone])) == [kept.search_entry]
    assert search_types() == 0
    Page.objects.filter(pk=gone.pk).update(
        content_type=ContentType.objects.get_for_model(type(gone))
    )
    assert search_types() == 1
    assert SearchEntry.objects.get(page=gone).type == "story"
    assert search_types() == 0


def test_a_page_whose_type_is_gone_is_not_there(client: Client) -> None:
    page = standard_page(title="Gone", slug="gone")
    assert client.get("/en/gone/").status_code == 200
    kind = ContentType.objects.create(app_label="gone", model="page")
    Page.objects.filter(pk=page.pk).update(content_type=kind)
    assert client.get("/en/gone/").status_code == 404
    assert b"/gone/" not in client.get("/sitemap.xml").content
