"""What the admin's home says of approval. Each row leads to the page where the text is read."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from coalition.approval.admin.shown import Item, items
from coalition.approval.domain.deputies import decides
from coalition.approval.queries import decided_by, submitted_by, waiting_ids, with_details
from coalition.core.dashboard import MOST, ListPanel, Row, on_day
from coalition.sections.isolation import in_charge


class WhatWaits(ListPanel):
    """What somebody may decide."""

    name = "what_waits"
    order = 115
    heading = gettext_lazy("What waits for you")
    empty = gettext_lazy("Nothing waits for you.")

    def concerns(self, user: AbstractUser) -> bool:
        """Those who decide something."""
        return decides(user)

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """As in the list: what is urgent, then what has waited longest."""
        ids = [pk for pk, _kind in waiting_ids(user)]
        found = with_details(TaskState.objects.filter(pk__in=ids[:MOST])).in_bulk()
        states = [found[pk] for pk in ids[:MOST] if pk in found]
        return len(ids), rows_of(states, user)

    def more(self, user: AbstractUser) -> str:
        """“Waiting for me”."""
        return reverse("approval:index")


class MySubmissions(ListPanel):
    """What somebody has submitted: who has it now, and what was sent back."""

    name = "my_submissions"
    order = 120
    heading = gettext_lazy("What you have submitted")
    empty = gettext_lazy("Nothing of yours waits for approval.")

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """The latest first."""
        return _first(submitted_by(user), user)


class DecidedLately(ListPanel):
    """What somebody has decided."""

    name = "decided_lately"
    order = 170
    heading = gettext_lazy("Decided lately")
    empty = gettext_lazy("You have not decided anything yet.")

    def concerns(self, user: AbstractUser) -> bool:
        """Those who decide something."""
        return decides(user)

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """The latest first."""
        return _first(decided_by(user), user)

    def more(self, user: AbstractUser) -> str:
        """“Waiting for me”, where they stand below."""
        return reverse("approval:index")


def _first(states: QuerySet[TaskState], user: AbstractUser) -> tuple[int, list[Row]]:
    """How many there are, and rows of the first; not of pages that somebody has lost since."""
    pages = Page.objects.filter(in_charge(user))
    states = states.filter(workflow_state__submission__page__in=pages)
    return states.count(), rows_of(states[:MOST], user)


def rows_of(states: Sequence[TaskState] | QuerySet[TaskState], user: AbstractUser) -> list[Row]:
    """Rows for these task states, which come with their details."""
    found = list(states)
    shown = items(found, user)
    return [
        Row(item.title, item.url, _note(item), state.workflow_state.submission.language)
        for state, item in zip(found, shown, strict=True)
    ]


def _note(item: Item) -> str:
    day = on_day(timezone.localtime(item.finished_at or item.submitted_at).date())
    urgent = _("Urgent") if item.urgent else ""
    outcome = item.outcome if item.finished_at else ""
    return " · ".join(filter(None, (urgent, item.section, item.step, outcome, day)))
