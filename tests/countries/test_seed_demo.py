"""The demonstration: complete in one run, kept by the next, nowhere but where DEMO is on."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate
from wagtail.models import Locale, Page

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.accounts.models import User
from coalition.approval.models import Submission
from coalition.approval.queries import waiting_ids
from coalition.core.models import CoalitionImage, Topic
from coalition.sections.models import Section
from coalition.translation.models import TranslationState
from coalition.translation.queue import Queue
from countries.demo import pictures
from countries.doctor import sections as examine
from home.models import StandardPage
from search.models import SearchEntry
from tests.countries.test_provision import everything
from tests.factories import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
# Role, section or network, language; as the contract names them.
ACCOUNTS = {
    "secretariat": ("secretariat", None, ""),
    "secretariat-2": ("secretariat", None, ""),
    "campaigner": ("campaigners", None, ""),
    "focal-kh": ("focal-points", "kh", ""),
    "editor-kh": ("editors", "kh", ""),
    "translator-km": ("translators", "kh", "km"),
    "reader-km": ("readers", None, "km"),
    "focal-th": ("focal-points", "th", ""),
    "editor-th": ("editors", "th", ""),
}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def test_it_makes_the_network_and_the_next_run_keeps_it() -> None:
    announced = run("--dry-run")
    assert (Section.objects.count(), User.objects.count()) == (0, 0)
    told = run()
    assert announced.splitlines()[0].replace("would be ", "") == told.splitlines()[0]
    kinds = Counter(section.kind for section in Section.objects.all())
    assert kinds == {"country": 12, "network": 2}
    assert Section.objects.get(code="lk").languages == ["si", "ta", "en"]
    keys = {
        model: len(set(model.objects.live().values_list("translation_key", flat=True)))
        for model in (CampaignPage, CallForActionPage, SuccessStoryPage)
    }
    assert keys == {CampaignPage: 3, CallForActionPage: 6, SuccessStoryPage: 12}
    assert examine() == []
    assert Topic.objects.get(slug="privacy").name_in("km") == "ឯកជនភាព"
    assert Topic.objects.get(slug="privacy").name_in("tpi")
    assert SearchEntry.objects.exclude(picture=None).values("language").distinct().count() == 21
    assert Page.objects.live().count() >= 240
    assert CoalitionImage.objects.count() == len(pictures.NAMES)
    before = everything()
    assert "0 made" in run()
    assert everything() == before


def test_the_accounts_are_those_of_the_contract() -> None:
    told = run()
    assert all(f"  {name} " in told for name in ACCOUNTS)
    seats = {}
    for user in User.objects.all():
        group = user.groups.get().section_group
        section = group.section.code if group.section else None
        seats[user.username] = (group.role, section, group.language)
        assert user.check_password("demo")
        assert (user.is_superuser, user.is_staff) == (False, False)
    assert seats == ACCOUNTS
    User.objects.get(username="campaigner").delete()
    told = run()
    assert User.objects.filter(username="campaigner").exists()
    assert "work in progress" not in told


def test_something_waits_for_each() -> None:
    run()
    waiting = {
        user.username: [
            str(Submission.objects.get(workflow_state__task_states=pk))
            for pk, _kind in waiting_ids(user)
        ]
        for user in User.objects.all()
    }
    of_the_secretariat = ["The reading room is closed until Monday", "When an unknown number calls"]
    assert {name: titles for name, titles in waiting.items() if titles} == {
        "focal-kh": ["The borrowed projector"],
        "secretariat": of_the_secretariat,
        "secretariat-2": of_the_secretariat,
        "reader-km": ["កំណត់ហេតុមួយទំព័រ"],
    }
    assert list(Submission.objects.filter(urgent=True).values_list("page__slug", flat=True)) == [
        "reading-room-closed"
    ]
    translator = User.objects.get(username="translator-km")
    queue = Queue(Locale.objects.get(language_code="km"), translator)
    assert {row.page.slug: (row.kind, row.done, row.stale) for row in queue[:10]} == {
        "safer-phone": ("stale", 10, 1),
        "minutes-on-one-page": ("waiting", 5, 1),
        "pictures-of-a-meeting": ("begun", 3, 8),
        "meeting-to-follow": ("missing", 0, 0),
    }
    (stale,) = TranslationState.objects.filter(stale__gt=0, assignee=translator)
    assert (stale.page.slug, stale.due_on) == ("safer-phone", localdate() + timedelta(days=7))
    # Nothing else of what is public is behind.
    assert TranslationState.objects.filter(page__live=True, stale__gt=0).count() == 2


def test_what_people_changed_stays_changed() -> None:
    run()
    edited, taken_down = StandardPage.objects.filter(locale__language_code="en")[:2]
    edited.title = "Edited"
    edited.save_revision().publish()
    taken_down.unpublish()
    user = User.objects.get(username="editor-kh")
    user.set_password("another one")
    user.save()
    user.groups.clear()
    before = everything()
    run()
    assert everything() == before
    assert (now(edited).title, now(taken_down).live) == ("Edited", False)


def test_deleted_pages_come_back() -> None:
    run()
    SuccessStoryPage.objects.filter(locale__language_code="en").first().delete()
    assert "pages: 1 made" in run()


def test_nothing_is_made_where_demo_is_off(settings: Any) -> None:
    settings.DEMO = False
    before = everything()
    with pytest.raises(CommandError, match="only where DEMO is on"):
        run()
    assert everything() == before
