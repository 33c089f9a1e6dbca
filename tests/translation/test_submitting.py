"""Submitting in the background: every page ends as something, and none of them twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, Page, PageLogEntry
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from coalition.accounts.models import User
from coalition.jobs.models import OutboxItem
from coalition.sections.models import Section
from coalition.translation.domain.submitting import go_on, submit
from coalition.translation.models import Submission, TranslationState
from coalition.translation.planning import plan
from home.models import StandardPage
from tests.factories import home_of, now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")


def ask(network: Network, *pages: Page, name: str = "focal-kh", **fields: Any) -> Submission:
    wanted = {"below": False, "languages": ["km"], **fields}
    return submit(pages=pages, user=network.user(name), **wanted)


def finish(submission: Submission) -> list[tuple[str, str]]:
    """What became of each page, with the reason."""
    assert go_on(submission.pk) is False
    return list(submission.pages.values_list("status", "reason"))


def in_khmer(page: Page) -> StandardPage | None:
    found = page.get_translation_or_none(Locale.objects.get(language_code="km"))
    return found.specific if found else None


@pytest.fixture
def page(network: Network) -> StandardPage:
    return standard_page(network.root(network.kh), title="Guide", summary="Short.")


def test_a_tree_becomes_drafts_below_each_other(network: Network, page: StandardPage) -> None:
    child = standard_page(page, title="Chapter")
    standard_page(page, title="Secret", live=False)
    submission = ask(network, page, below=True, due_on=date(2030, 1, 1))
    assert list(submission.pages.values_list("page", "language")) == [
        (page.pk, "km"),
        (child.pk, "km"),
    ]
    assert finish(submission) == [("made", ""), ("made", "")]
    parent, draft = in_khmer(page), in_khmer(child)
    assert parent and draft
    assert (draft.get_parent().pk, draft.live, draft.owner) == (
        parent.pk,
        False,
        network.user("focal-kh"),
    )
    state = TranslationState.objects.get(page=draft.pk)
    assert (state.due_on, state.assignee) == (date(2030, 1, 1), None)
    assert Translation.objects.filter(source__object=child.translation_key).count() == 1
    entry = PageLogEntry.objects.get(action="translation.submit")
    assert (entry.page_id, entry.data["below"]) == (page.pk, True)


def test_several_pages_at_once_each_from_its_own_language(
    network: Network, page: StandardPage
) -> None:
    khmer = standard_page(network.root(network.kh, "km"), title="ដើម")
    submission = ask(network, page, khmer, languages=["en", "km"], assignee=None)
    asked = set(submission.pages.values_list("page", "language"))
    assert asked == {(page.pk, "km"), (khmer.pk, "en")}
    assert (submission.root, submission.section) == (None, network.kh)
    assert {status for status, _ in finish(submission)} == {"made"}


def test_asking_for_a_translation_asks_for_its_original(
    network: Network, page: StandardPage
) -> None:
    target = translate(page, "km")
    submission = ask(network, target)
    assert [row.page_id for row in submission.pages.all()] == [page.pk]
    assert finish(submission) == [("there", "")]


def test_what_is_there_keeps_its_text_and_is_remembered(
    network: Network, page: StandardPage
) -> None:
    target = translate(page, "km", title="មគ្គុទ្ទេសក៍")
    user = network.user("translator-km")
    submission = ask(network, page, assignee=user)
    assert finish(submission) == [("there", "")]
    assert now(target).title == "មគ្គុទ្ទេសក៍"
    assert TranslationState.objects.get(page=target.pk).assignee == user
    known = StringTranslation.objects.filter(context__object=page.translation_key)
    assert "មគ្គុទ្ទេសក៍" in set(known.values_list("data", flat=True))


def test_again_makes_no_doubles(network: Network, page: StandardPage) -> None:
    first = ask(network, page)
    finish(first)
    before = Page.objects.count()
    assert finish(first) == [("made", "")]
    assert finish(ask(network, page)) == [("there", "")]
    assert Page.objects.count() == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda n, p: n.user("focal-kh").groups.clear(), "You may not add pages in that language"),
        (lambda n, p: User.objects.filter(username="focal-kh").update(is_active=False), "account"),
        (lambda n, p: p.unpublish(), "not public"),
        (lambda n, p: Section.objects.filter(code="kh").update(languages=["en"]), "not use that"),
        (lambda n, p: Section.objects.filter(code="kh").update(status="archived"), "is archived"),
    ],
)
def test_what_changes_meanwhile_is_told_page_by_page(
    network: Network, page: StandardPage, change: Callable[[Network, Page], object], reason: str
) -> None:
    submission = ask(network, page)
    change(network, page)
    ((status, said),) = finish(submission)
    assert (status, reason in said) == ("failed", True), said
    assert in_khmer(page) is None


def test_a_page_needs_the_one_above_it(network: Network, page: StandardPage) -> None:
    child = standard_page(page, title="Chapter")
    (row,) = finish(ask(network, child))
    assert (row[0], "has to be translated first" in row[1]) == ("failed", True)


def test_a_language_that_nobody_knows_fails_alone(network: Network, page: StandardPage) -> None:
    submission = ask(network, page, languages=["km", "xx", "th"])
    assert [status for status, _ in finish(submission)] == ["made", "failed", "failed"]


def test_a_page_that_cannot_be_read_holds_up_no_other(
    network: Network, page: StandardPage, caplog: pytest.LogCaptureFixture
) -> None:
    broken = standard_page(network.root(network.kh), title="Broken")
    after = standard_page(network.root(network.kh), title="After")
    submission = ask(network, page, broken, after)
    body = '[{"type": "paragraph", "value": 5, "id": "6a1f1d0e-0000-4000-8000-000000000001"}]'
    StandardPage.objects.filter(pk=broken.pk).update(body=body)
    found = finish(submission)
    assert [status for status, _ in found] == ["made", "failed", "made"]
    assert "Something went wrong with this page" in found[1][1]
    assert f"Page {broken.pk} could not be submitted in km" in caplog.text
    assert in_khmer(broken) is None
    for written in (page, after):
        assert Translation.objects.filter(source__object=written.translation_key).exists()


def test_one_letter_when_it_is_finished(network: Network, page: StandardPage) -> None:
    User.objects.filter(username="focal-kh").update(email="focal@example.org")
    submission = ask(network, page)
    finish(submission)
    finish(submission)
    letters = OutboxItem.objects.filter(task_path__endswith="send_letter")
    assert [item.args[1] for item in letters] == ["submission_finished"]


def test_reasons_are_in_the_language_of_who_asked(network: Network, page: StandardPage) -> None:
    UserProfile.objects.create(user=network.user("focal-kh"), preferred_language="km")
    submission = ask(network, page)
    page.unpublish()
    finish(submission)
    with translation.override("km"):
        expected = translation.gettext("The original is not public.")
    assert submission.pages.get().reason == expected


def test_the_dry_run_says_what_then_happens(network: Network, page: StandardPage) -> None:
    there = standard_page(page, title="There")
    new = standard_page(page, title="New")
    orphan = standard_page(standard_page(network.root(network.kh), title="Above"), title="Orphan")
    translate(page, "km")
    translate(there, "km")
    asked = [page, orphan]
    (found,) = plan(asked, below=True, languages=["km"], user=network.user("focal-kh"))
    expected = {
        **dict.fromkeys([p.pk for p in found.made], "made"),
        **dict.fromkeys([p.pk for p in found.there], "there"),
        **dict.fromkeys([p.pk for p in found.orphans], "failed"),
    }
    assert expected == {
        page.pk: "there",
        there.pk: "there",
        new.pk: "made",
        orphan.pk: "failed",
    }
    submission = ask(network, *asked, below=True)
    finish(submission)
    assert dict(submission.pages.values_list("page", "status")) == expected
    last = standard_page(page, title="Last")
    (found,) = plan([last], below=False, languages=["km"], user=network.user("editor-th"))
    assert (found.total, [p.pk for p in found.shut]) == (1, [last.pk])


def test_the_dry_run_costs_as_many_queries_for_many(network: Network) -> None:
    focal = network.user("focal-kh")

    def queries() -> int:
        root = network.root(network.kh)
        with CaptureQueriesContext(connection) as captured:
            plan([root], below=True, languages=["en", "km"], user=focal)
        return len(captured)

    standard_page(network.root(network.kh))
    queries()
    one = queries()
    for _ in range(3):
        standard_page(standard_page(network.root(network.kh)))
    assert queries() == one
    assert one <= 14


def test_of_the_tree_of_the_network_each_section_gets_its_own_languages(network: Network) -> None:
    standard_page(home_of(), title="Of all")
    for section, title in ((network.kh, "Khmer"), (network.th, "Thai")):
        standard_page(network.root(section), title=title)
    submission = ask(network, home_of(), below=True, languages=["km", "th"], name="secretariat")
    asked = {(row.page.title, row.language) for row in submission.pages.select_related("page")}
    named = {pair for pair in asked if pair[0] in ("Of all", "Khmer", "Thai")}
    assert named == {("Of all", "km"), ("Of all", "th"), ("Khmer", "km"), ("Thai", "th")}
    user = network.user("secretariat")
    plans = plan([home_of()], below=True, languages=["km", "th"], user=user)
    assert [len(found.made) for found in plans] == [2, 2]
    assert sum(found.total for found in plans) == submission.pages.count()
    assert [(found.orphans, found.shut) for found in plans] == [([], [])] * 2
