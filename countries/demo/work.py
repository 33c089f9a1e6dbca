"""The demonstration's work in progress: something waits for each of its people.

Everything is done as they would do it, with the rights of their accounts.
"""

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.approval.domain.deciding import APPROVE, decide
from coalition.approval.domain.submitting import submit_urgently
from coalition.core.interchange.importer import import_pages
from coalition.core.interchange.reports import LineReport
from coalition.core.models import CoalitionPage, PageKey
from coalition.translation.domain.assigning import assign, set_due_date
from coalition.translation.domain.finishing import submit_translation
from coalition.translation.domain.opening import begin, original_for
from coalition.translation.domain.saving import write
from coalition.translation.domain.starting import start_translation

DATA = Path(__file__).parent
WEEK = timedelta(days=7)


@transaction.atomic
def make() -> list[LineReport]:
    """Pages, texts that wait and translations on their way; what became of the lines."""
    with (DATA / "work_pages.jsonl").open("rb") as file:
        reports = list(import_pages(file))
    key = "kh-guide-safe-phone"
    stale = _page(key, "km")
    begin(page=stale, original=_page(key))
    _change(key, "lock after one minute", "lock after thirty seconds")
    assign(pages=[stale], assignee=_user("translator-km"), user=_user("focal-kh"))
    set_due_date(pages=[stale], due_on=timezone.localdate() + WEEK, user=_user("focal-kh"))
    _translate(_begun("kh-pictures-of-a-meeting"))
    _second_reading("kh-minutes-on-one-page")
    _submit("kh-borrowed-projector", "editor-kh")
    _approve(_submit("th-unknown-number", "editor-th"), "focal-th")
    submit_urgently(
        page=_written("kh-reading-room-closed", "editor-kh"),
        user=_user("editor-kh"),
        reason="People come from three villages and would find the door locked.",
    )
    return reports


@cache
def _khmer() -> dict[str, str]:
    """By English text."""
    found: dict[str, str] = json.loads((DATA / "work_khmer.json").read_text(encoding="utf-8"))
    return found


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _page(key: str, language: str = "en") -> CoalitionPage:
    found: CoalitionPage = Page.objects.get(
        translation_key=PageKey.objects.get(key=key).translation_key,
        locale__language_code=language,
    ).specific
    return found


def _change(key: str, old: str, new: str) -> None:
    """Some words of a public page, by the secretariat."""
    page, secretariat = _page(key), _user("secretariat")
    field = type(page)._meta.get_field("body")
    blocks = page.body.get_prep_value()
    for block in blocks:
        if block["type"] == "paragraph":
            block["value"] = block["value"].replace(old, new)
    page.body = field.to_python(blocks)
    page.save_revision(user=secretariat, log_action=True).publish(user=secretariat)


def _begun(key: str) -> Page:
    """The translation of a page into Khmer, still without a word of Khmer."""
    return start_translation(source=_page(key), language="km", user=_user("translator-km"))


def _translate(page: Page) -> None:
    """As much of it as there is Khmer for."""
    translator = _user("translator-km")
    work = begin(page=page.specific, original=original_for(page, translator))
    texts = [(s.row, _khmer()[s.source]) for s in work.segments if s.source in _khmer()]
    write(work=work, texts=texts, user=translator)


def _second_reading(key: str) -> None:
    """A translation that was approved, and waits again since the original has changed."""
    page = _begun(key)
    _translate(page)
    submit_translation(page=page, user=_user("translator-km"))
    _approve(page, "reader-km")
    _change(key, "After a year", "After six months")
    _translate(_page(key, "km"))
    submit_translation(page=page, user=_user("translator-km"))


def _written(key: str, name: str) -> CoalitionPage:
    """A draft as that person has left it."""
    page = _page(key)
    page.save_revision(user=_user(name), log_action=True)
    return page


def _submit(key: str, name: str) -> CoalitionPage:
    page = _written(key, name)
    page.get_workflow().start(page, _user(name))
    return page


def _approve(page: Page, name: str) -> None:
    state = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
    decide(task_state_id=state.pk, user=_user(name), action=APPROVE)
