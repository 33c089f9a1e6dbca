"""Who works on a translation, and until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.translation.models import TranslationState

ASSIGNED = "translation.assign"
DUE = "translation.due"


@transaction.atomic
def assign(*, pages: Sequence[Page], assignee: User | None, user: AbstractUser) -> list[Page]:
    """Give these translations to somebody, or with None to nobody.

    Returns the pages it was not done with: `user` or the assignee may not edit them.
    """
    refused = [
        page
        for page in pages
        if not page.permissions_for_user(user).can_edit()
        or (assignee and not page.permissions_for_user(assignee).can_edit())
    ]
    done = [page for page in pages if page not in refused]
    data = {"assignee": assignee.pk if assignee else None}
    _write(done, user, ASSIGNED, data, assignee=assignee)
    return refused


@transaction.atomic
def set_due_date(*, pages: Sequence[Page], due_on: date | None, user: AbstractUser) -> list[Page]:
    """Say until when these translations are wanted; returns those that `user` may not edit."""
    refused = [page for page in pages if not page.permissions_for_user(user).can_edit()]
    done = [page for page in pages if page not in refused]
    data = {"due_on": due_on.isoformat() if due_on else None}
    _write(done, user, DUE, data, due_on=due_on)
    return refused


def _write(
    pages: Sequence[Page],
    user: AbstractUser,
    action: str,
    data: dict[str, Any],
    **values: Any,
) -> None:
    TranslationState.objects.bulk_create(
        [TranslationState(page_id=page.pk, **values) for page in pages],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=list(values),
    )
    for page in pages:
        log(instance=page, action=action, user=user, data=data)
