"""Submitting in the admin: form, dry run, progress, and who may see it."""

import time

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import Locale, Page

from coalition.sections.models import Section
from coalition.translation.domain.submitting import go_on, submit
from coalition.translation.models import Submission, SubmittedPage
from home.models import StandardPage
from tests.bulk import make_pages
from tests.factories import now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")

CHOSEN = {"scope": "below", "languages": ["km"], "assignee": "", "due_on": ""}


@pytest.fixture
def page(network: Network) -> StandardPage:
    """A page with two below it, one of which is in Khmer already."""
    page = standard_page(network.root(network.kh), title="Handbook")
    standard_page(page, title="Chapter")
    translate(page, "km")
    return page


def url(page: Page) -> str:
    return f"/admin/translation/submit/{page.pk}/"


def post(
    network: Network, page: Page, action: str, name: str = "focal-kh", **data: object
) -> HttpResponse:
    return network.client(name).post(url(page), {**CHOSEN, "action": action, **data})


def test_the_form_says_how_many_pages(network: Network, page: StandardPage) -> None:
    content = network.client("focal-kh").get(url(page)).content.decode()
    assert "Khmer – ខ្មែរ: 2 pages, 1 there already" in content
    assert content.count('name="languages"') == 1


def test_a_dry_run_writes_nothing(network: Network, page: StandardPage) -> None:
    before = Page.objects.count()
    content = post(network, page, "preview").content.decode()
    assert "Nothing has been done yet" in content
    assert "1 draft will be made." in content
    assert "1 page is there already and keeps its text." in content
    assert '<input type="hidden" name="languages" value="km">' in content
    assert (Submission.objects.count(), Page.objects.count()) == (0, before)


def test_back_to_the_form_keeps_what_was_chosen(network: Network, page: StandardPage) -> None:
    content = post(network, page, "change", due_on="2030-01-02").content.decode()
    assert 'value="2030-01-02"' in content
    assert content.count("checked") == 2
    assert not Submission.objects.exists()


def test_confirming_leads_to_the_progress(network: Network, page: StandardPage) -> None:
    translator = network.user("translator-km")
    answer = post(network, page, "confirm", due_on="2030-01-02", assignee=translator.pk)
    submission = Submission.objects.get()
    assert answer.headers["Location"] == f"/admin/translation/submissions/{submission.pk}/"
    assert (submission.root_id, submission.section) == (page.pk, network.kh)
    assert (submission.assignee, str(submission.due_on)) == (translator, "2030-01-02")
    assert submission.pages.count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"languages": []}, "Choose at least one language."),
        ({"languages": ["th"]}, "Select a valid choice"),
        ({"scope": "all"}, "Select a valid choice"),
        ({"due_on": "soon"}, "Enter a valid date."),
        ({"assignee": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_told_and_loses_nothing(
    network: Network, page: StandardPage, data: dict[str, object], said: str
) -> None:
    content = post(network, page, "confirm", **data).content.decode()
    assert said in content
    assert "Nothing was submitted yet" in content
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda n, p: Section.objects.filter(code="kh").update(status="archived"), "is archived"),
        (lambda n, p: Section.objects.filter(code="kh").update(languages=["en"]), "nothing public"),
        (lambda n, p: [c.unpublish() for c in [*p.get_children(), p]], "nothing public"),
    ],
)
def test_what_is_impossible_is_refused_at_once(
    network: Network, page: StandardPage, prepare: object, said: str
) -> None:
    prepare(network, page)  # type: ignore[operator]
    client = network.client("focal-kh")
    answer = client.get(url(page))
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/"
    assert said in client.get("/admin/").content.decode()
    client.post(url(page), {**CHOSEN, "action": "confirm"})
    assert not Submission.objects.exists()


def test_who_may_add_in_no_other_language_is_told_whom_to_ask(
    network: Network, page: StandardPage
) -> None:
    client = network.client("reader-km")
    target = page.get_translation(Locale.objects.get(language_code="km"))
    assert client.get(url(target)).status_code == 302
    assert "Ask a focal point" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("name", ["editor-th", "focal-th", "campaigner", "nobody"])
def test_others_neither_submit_nor_see(network: Network, page: StandardPage, name: str) -> None:
    post(network, page, "confirm", name=name)
    assert not Submission.objects.exists()
    submission = submit(pages=[page], below=True, languages=["km"], user=network.user("focal-kh"))
    client = network.client(name)
    seen = client.get(f"/admin/translation/submissions/{submission.pk}/")
    assert seen.status_code in (302, 403, 404)
    assert "Handbook" not in client.get("/admin/translation/submissions/").content.decode()


@pytest.mark.parametrize("name", ["editor-kh", "focal-kh", "secretariat"])
def test_who_asked_the_sections_focal_points_and_the_secretariat_see_it(
    network: Network, page: StandardPage, name: str
) -> None:
    submission = submit(pages=[page], below=True, languages=["km"], user=network.user("editor-kh"))
    client = network.client(name)
    content = client.get(f"/admin/translation/submissions/{submission.pk}/").content.decode()
    assert "Handbook" in content
    assert "Handbook" in client.get("/admin/translation/submissions/").content.decode()


def test_it_looks_again_until_it_is_finished(network: Network, page: StandardPage) -> None:
    submission = submit(pages=[page], below=True, languages=["km"], user=network.user("focal-kh"))
    client = network.client("focal-kh")
    address = f"/admin/translation/submissions/{submission.pk}/"
    answer = client.get(address)
    assert answer.headers["Refresh"] == "3"
    assert '<progress class="translation-progress" max="2" value="0"' in answer.content.decode()
    go_on(submission.pk)
    answer = client.get(address)
    assert "Refresh" not in answer.headers
    content = answer.content.decode()
    assert 'max="2" value="2"' in content
    assert "Finished: all 2 pages have been gone through." in content


def test_every_page_with_its_reason_by_result(network: Network, page: StandardPage) -> None:
    submission = submit(pages=[page], below=True, languages=["km"], user=network.user("focal-kh"))
    failed = SubmittedPage.objects.get(page__title="Chapter")
    failed.status, failed.reason = "failed", "Because <so>."
    failed.save()
    go_on(submission.pk)
    client = network.client("focal-kh")
    address = f"/admin/translation/submissions/{submission.pk}/"
    content = client.get(address).content.decode()
    assert escape("Because <so>.") in content
    content = client.get(address, {"status": "there"}).content.decode()
    assert ("Handbook" in content, "Chapter" in content) == (True, False)
    assert "no page with this result" in client.get(address, {"status": "made"}).content.decode()
    assert "Chapter" in client.get(address, {"status": "junk"}).content.decode()


def test_a_title_that_is_secret_again_is_not_told(network: Network) -> None:
    thai = standard_page(network.root(network.th), title="Thai page")
    submission = submit(
        pages=[thai], below=False, languages=["km"], user=network.user("translator-all-km")
    )
    client = network.client("translator-all-km")
    address = f"/admin/translation/submissions/{submission.pk}/"
    assert "Thai page" in client.get(address).content.decode()
    thai.unpublish()
    StandardPage.objects.filter(pk=thai.pk).update(title="Thai secret")
    for where in (address, "/admin/translation/submissions/"):
        content = client.get(where).content.decode()
        assert "Thai secret" not in content
    assert "not public any more" in client.get(address).content.decode()


def test_buttons_lead_there(network: Network, page: StandardPage) -> None:
    draft = standard_page(network.root(network.kh), title="Draft", live=False)
    client = network.client("focal-kh")
    content = client.get(f"/admin/pages/{network.root(network.kh).pk}/").content.decode()
    assert url(page) in content
    assert url(draft) not in content
    assert url(page) in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_answer_comes_within_a_second_for_hundreds_of_pages(network: Network) -> None:
    root = network.root(network.kh)
    make_pages(StandardPage, [root], 500, section=network.kh, length=5)
    client = network.client("focal-kh")
    client.get(url(root))
    began = time.perf_counter()
    answer = client.post(url(root), {**CHOSEN, "action": "confirm"})
    took = time.perf_counter() - began
    assert answer.status_code == 302
    assert Submission.objects.get().pages.count() == 503
    assert took < 2  # 1 on a machine of its own: tests/bench/bench_translation.py


def test_queries_do_not_grow_with_the_pages(network: Network) -> None:
    root = network.root(network.kh)
    client = network.client("focal-kh")

    def queries() -> list[int]:
        submission = submit(
            pages=[now(root)], below=True, languages=["km"], user=network.user("focal-kh")
        )
        counted = []
        for address in (
            url(root),
            f"/admin/translation/submissions/{submission.pk}/",
            "/admin/translation/submissions/",
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counted.append(len(captured))
        return counted

    standard_page(root)
    one = queries()
    for _ in range(3):
        standard_page(root)
    assert queries() == one
    assert max(one) <= 50
