"""The queue of a language: what is in it, for whom, and handing it out."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation

from coalition.sections.models import Role, Section
from coalition.translation.domain.assigning import assign
from coalition.translation.domain.memory import remember, segments_by_path
from coalition.translation.domain.starting import start_translation
from coalition.translation.models import SourceText, Submission, TranslationState
from coalition.translation.queue import Filters, Queue
from coalition.translation.tick import read_segments
from countries.domain.groups import ensure_group
from home.models import StandardPage
from tests.bulk import make_pages
from tests.factories import child_of, home_of, now, standard_page, story_page, translate
from tests.network import Network, join

pytestmark = pytest.mark.usefixtures("demo")

URL = "/admin/translation/queue/km/"


def queue(network: Network, name: str, language: str = "km", **filters: Any) -> Queue:
    locale = Locale.objects.get(language_code=language)
    return Queue(locale, network.user(name), Filters(**filters))


def listed(found: Queue) -> dict[str, str]:
    """Title of the original -> kind, in the order of the list."""
    return {row.original.title: row.kind for row in found[0:100]}


def page_in(network: Network, title: str, **fields: Any) -> StandardPage:
    return standard_page(network.root(network.kh), title=title, **fields)


def edit(page: StandardPage, **fields: Any) -> None:
    page = now(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def four(network: Network) -> dict[str, StandardPage]:
    """A page for each kind, one that is up to date and one that nobody may know."""
    pages = {name: page_in(network, name) for name in ("missing", "begun", "stale", "waiting")}
    start_translation(source=pages["begun"], language="km", user=network.user("translator-km"))
    translate(pages["stale"], "km")
    edit(pages["stale"], summary="New.")
    waiting = translate(pages["waiting"], "km", live=False)
    network.kh.workflow.start(waiting, network.user("translator-km"))
    translate(page_in(network, "current"), "km")
    page_in(network, "secret", live=False)
    return pages


@pytest.mark.parametrize(
    "name", ["translator-km", "translator-all-km", "focal-kh", "editor-kh", "secretariat"]
)
def test_everything_that_waits_is_listed(
    network: Network, four: dict[str, StandardPage], name: str
) -> None:
    found = queue(network, name)
    kinds = listed(found)
    assert {title: kinds[title] for title in four} == {title: title for title in four}
    assert "current" not in kinds
    assert "secret" not in kinds
    assert found.counts == {"missing": 1, "begun": 1, "stale": 1, "waiting": 1}
    assert found.count() == 4


def test_second_readers_see_what_they_may_edit(
    network: Network, four: dict[str, StandardPage]
) -> None:
    assert set(listed(queue(network, "reader-km"))) == {"begun", "stale", "waiting"}


@pytest.mark.parametrize("name", ["editor-th", "campaigner-th", "nobody"])
def test_others_have_no_such_queue(
    network: Network, four: dict[str, StandardPage], name: str
) -> None:
    client = network.client(name)
    content = client.get(URL).content.decode()
    assert not any(f">{title}<" in content for title in four)
    before = Page.objects.count()
    rows = [f"original-{four['missing'].pk}"]
    client.post(URL, {"action": "draft", "row": rows, "assignee": "", "due_on": ""})
    assert Page.objects.count() == before


def test_the_other_section_is_not_known(network: Network, four: dict[str, StandardPage]) -> None:
    Section.objects.filter(code="th").update(languages=["en", "th", "km"])
    network.root(network.th).copy_for_translation(Locale.objects.get(language_code="km"))
    standard_page(network.root(network.th), title="Thai")
    assert "Thai" not in listed(queue(network, "translator-km"))
    assert "Thai" not in listed(queue(network, "focal-kh"))
    assert listed(queue(network, "translator-all-km"))["Thai"] == "missing"


def test_pages_of_sections_that_do_not_use_the_language_are_not_missing(
    network: Network, four: dict[str, StandardPage]
) -> None:
    standard_page(network.root(network.th), title="Thai")
    standard_page(title="Of the network")
    kinds = listed(queue(network, "translator-all-km"))
    assert ("Thai" in kinds, kinds["Of the network"]) == (False, "missing")
    assert "Of the network" not in listed(queue(network, "translator-km"))


def test_archived_sections_have_no_work(network: Network, four: dict[str, StandardPage]) -> None:
    Section.objects.filter(code="kh").update(status="archived")
    assert listed(queue(network, "secretariat")) == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "missing"}, {"missing"}),
        ({"kind": "stale"}, {"stale"}),
        ({"assigned": "me"}, {"begun"}),
        ({"assigned": "nobody"}, {"missing", "stale", "waiting"}),
        ({"overdue": True}, {"begun"}),
        ({"section": "kh"}, {"missing", "begun", "stale", "waiting"}),
        ({"section": "network"}, set()),
    ],
)
def test_filters(
    network: Network,
    four: dict[str, StandardPage],
    filters: dict[str, Any],
    expected: set[str],
) -> None:
    begun = four["begun"].get_translation(Locale.objects.get(language_code="km"))
    TranslationState.objects.filter(page=begun).update(
        assignee=network.user("translator-km"), due_on=date(2020, 1, 1)
    )
    assert set(listed(queue(network, "translator-km", **filters))) == expected
    content = network.client("translator-km").get(URL, filters).content.decode()
    assert {title for title in four if f">{title}</a>" in content} == expected


def test_by_type_and_person(network: Network, four: dict[str, StandardPage]) -> None:
    story = story_page(network.root(network.kh), title="A story")
    kind = str(story.content_type_id)
    assert set(listed(queue(network, "translator-km", type=kind))) == {"A story"}
    who = str(network.user("translator-all-km").pk)
    assert listed(queue(network, "translator-km", assigned=who)) == {}


def test_due_comes_first_then_what_has_been_stale_longest(network: Network) -> None:
    pages = [page_in(network, title) for title in ("new", "old", "due", "missing")]
    for age, page in enumerate(pages[:3]):
        target = translate(page, "km")
        edit(page, summary="New.")
        since = timezone.now() - timedelta(days=age)
        due = date(2030, 1, 1) if page.title == "due" else None
        TranslationState.objects.filter(page=target).update(stale_since=since, due_on=due)
    found = queue(network, "translator-km")
    assert list(listed(found)) == ["due", "old", "new", "missing"]
    assert [row.original.title for row in found[2:4]] == ["new", "missing"]
    assert [row.original.title for row in found[3:4]] == ["missing"]
    assert [row.original.title for row in found[0:2]] == ["due", "old"]


def test_a_draft_says_how_much_of_it_is_done(network: Network) -> None:
    page = page_in(network, "Title", summary="Short.")
    start_translation(source=page, language="km", user=network.user("translator-km"))
    (row,) = queue(network, "translator-km")[0:5]
    assert (row.kind, row.done, row.total) == ("begun", 0, 2)
    record = Translation.objects.get(source__object=page.translation_key)
    first = next(iter(segments_by_path(record.source).values()))[0]
    remember(record, [(first, "ចំណងជើង")])
    (row,) = queue(network, "translator-km")[0:5]
    assert (row.done, row.total) == (1, 2)
    content = network.client("translator-km").get(URL).content.decode()
    assert "1 of 2 segments done" in content


def test_a_page_that_nobody_has_read_yet_is_missing_and_is_read_by_and_by(
    network: Network,
) -> None:
    roots = [network.root(network.kh)]
    (page,) = make_pages(StandardPage, roots, 1, section=network.kh)
    old = make_pages(StandardPage, [*roots, network.root(network.kh, "km")], 1, section=network.kh)
    assert not SourceText.objects.filter(page=page.pk).exists()
    assert page.title in listed(queue(network, "translator-km"))
    assert read_segments() >= 3
    assert SourceText.objects.get(page=page.pk).segments
    assert TranslationState.objects.get(page=old[1].pk).segments
    assert read_segments() == 0


def test_assigning(network: Network, four: dict[str, StandardPage]) -> None:
    locale = Locale.objects.get(language_code="km")
    pages = [four[name].get_translation(locale) for name in ("begun", "stale")]
    translator = network.user("translator-km")
    client = network.client("focal-kh")
    rows = {"row": [f"page-{page.pk}" for page in pages], "due_on": "2030-02-01"}
    client.post(URL, {**rows, "action": "assign", "assignee": translator.pk})
    states = TranslationState.objects.filter(page__in=pages)
    assert {(s.assignee, s.due_on) for s in states} == {(translator, None)}
    assert PageLogEntry.objects.filter(action="translation.assign").count() == 2
    client.post(URL, {**rows, "action": "due", "assignee": ""})
    assert {(s.assignee, s.due_on) for s in states.all()} == {(translator, date(2030, 2, 1))}
    stale = TranslationState.objects.get(page=pages[1])
    assert (stale.stale, bool(stale.segments)) == (1, True)
    client.post(URL, {**rows, "action": "assign", "assignee": ""})
    assert {(s.assignee, s.due_on) for s in states.all()} == {(None, date(2030, 2, 1))}


def test_nobody_gets_what_they_may_not_edit(
    network: Network, four: dict[str, StandardPage]
) -> None:
    stranger = network.user("editor-th")
    page = four["stale"].get_translation(Locale.objects.get(language_code="km"))
    assert assign(pages=[page], assignee=stranger, user=network.user("focal-kh")) == [page]
    assert assign(pages=[page], assignee=None, user=stranger) == [page]
    answer = network.client("focal-kh").post(
        URL, {"row": f"page-{page.pk}", "action": "assign", "assignee": stranger.pk}
    )
    assert answer.status_code == 200
    assert "some fields need to be corrected" in answer.content.decode()
    assert TranslationState.objects.get(page=page).assignee is None


def test_only_people_of_the_language_and_place_are_offered(network: Network) -> None:
    join("translator-th", ensure_group(Role.TRANSLATORS, network.th, "th"))
    page_in(network, "Page")
    content = network.client("focal-kh").get(URL).content.decode()
    offered = [
        name for name in ("translator-km", "translator-all-km", "focal-kh") if name in content
    ]
    assert offered == ["translator-km", "translator-all-km", "focal-kh"]
    assert "translator-th" not in content


def test_drafts_are_made_of_chosen_pages(network: Network, four: dict[str, StandardPage]) -> None:
    translator = network.user("translator-km")
    missing = four["missing"]
    answer = network.client("translator-km").post(
        URL,
        {
            "row": [f"original-{missing.pk}", "original-x", "page-99999999999999999999", "junk"],
            "action": "draft",
            "assignee": translator.pk,
            "due_on": "2030-01-01",
        },
    )
    submission = Submission.objects.get()
    assert answer.headers["Location"] == f"/admin/translation/submissions/{submission.pk}/"
    (row,) = submission.pages.all()
    assert (row.page_id, row.language, row.order) == (missing.pk, "km", 0)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"action": "assign"}, "Choose at least one page"),
        ({"action": "draft"}, "Choose pages that are missing"),
        ({"action": "assign", "row": "original"}, "do not exist yet"),
        ({"action": "due", "due_on": "tomorrow"}, "some fields need to be corrected"),
    ],
)
def test_what_cannot_be_done_is_said(
    network: Network, four: dict[str, StandardPage], data: dict[str, str], said: str
) -> None:
    if data.get("row"):
        data = {**data, "row": f"original-{four['missing'].pk}"}
    answer = network.client("translator-km").post(URL, data, follow=True)
    assert said in answer.content.decode()
    assert not Submission.objects.exists()


def test_it_is_empty_at_first_and_leads_to_ones_own_language(network: Network) -> None:
    for name, language in (("translator-km", "km"), ("focal-th", "th"), ("focal-kh", "km")):
        answer = network.client(name).get("/admin/translation/queue/")
        assert answer.headers["Location"] == f"/admin/translation/queue/{language}/"
    client = network.client("translator-km")
    assert "There is nothing to do in this language" in client.get(URL).content.decode()
    assert "Nothing matches this" in client.get(URL, {"kind": "stale"}).content.decode()
    assert client.get("/admin/translation/queue/xx/").status_code == 404
    nobody = network.client("nobody").get("/admin/translation/queue/")
    assert nobody.status_code in (302, 403)


@pytest.mark.parametrize("junk", ["kind=x&section=th&type=z&assigned=q", "p=abc", "p=99"])
def test_addresses_that_make_no_sense_show_the_list(network: Network, junk: str) -> None:
    page_in(network, "Page")
    answer = network.client("translator-km").get(f"{URL}?{junk}")
    assert answer.content.decode().count('name="row"') == 1


def test_the_menu_has_it_for_who_can_do_something_there(network: Network) -> None:
    for name, shown in (("translator-km", True), ("reader-km", True), ("nobody", False)):
        content = network.client(name).get("/admin/").content.decode()
        assert ("/admin/translation/queue/" in content) == shown


def queries(network: Network, name: str) -> int:
    client = network.client(name)
    client.get(URL)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(URL).status_code == 200
    return len(captured)


def grow(network: Network, number: int) -> None:
    for _ in range(number):
        page_in(network, f"missing {_} {number}")
        begun = page_in(network, f"begun {_} {number}")
        start_translation(source=begun, language="km", user=network.user("translator-km"))
        stale = page_in(network, f"stale {_} {number}")
        translate(stale, "km")
        edit(stale, summary="New.")


@pytest.mark.parametrize("name", ["translator-km", "focal-kh", "secretariat"])
def test_the_queries_do_not_grow_with_the_rows(network: Network, name: str) -> None:
    grow(network, 1)
    one = queries(network, name)
    grow(network, 3)
    assert queries(network, name) == one
    assert one <= 40


def test_it_is_quick_with_thousands_of_pages(
    network: Network, record_property: Callable[[str, object], None]
) -> None:
    roots = [network.root(network.kh), network.root(network.kh, "km")]
    made = make_pages(StandardPage, roots, 1500, section=network.kh, length=5)
    make_pages(StandardPage, roots[:1], 2000, section=network.kh, length=5)
    stories = child_of(home_of(), "stories")
    make_pages(StandardPage, [stories], 10, length=5)
    TranslationState.objects.bulk_create(
        TranslationState(page_id=page.pk, stale=1, total=2, stale_since=timezone.now())
        for page in made
        if page.locale_id == roots[1].locale_id
    )
    client = network.client("translator-km")
    client.get(URL)
    began = time.perf_counter()
    content = client.get(URL, {"p": "70"}).content.decode()
    took = time.perf_counter() - began
    record_property("seconds", took)
    assert content.count('name="row"') == 25
    assert took < 2
    found = queue(network, "translator-km")
    assert (found.counts["stale"], found.counts["missing"]) == (1500, 2000)
