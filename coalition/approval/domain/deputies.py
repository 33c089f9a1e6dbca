"""Naming a deputy, and ending it before the last day."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from coalition.approval import history
from coalition.approval.approvers import DECIDING, Approvers, approvers_for, covers
from coalition.approval.errors import ApprovalRefusedError
from coalition.approval.models import Deputy
from coalition.sections.queries import is_secretariat


@transaction.atomic
def name_deputy(*, approver: Any, deputy: Any, starts_on: date, ends_on: date, user: Any) -> Deputy:
    """Let `deputy` decide in the place of `approver` from one day to another.

    Raises ApprovalRefusedError; PermissionDenied unless `user` is the approver or the secretariat.
    """
    if user.pk != approver.pk and not is_secretariat(user):
        raise PermissionDenied
    if approver.pk == deputy.pk:
        raise ApprovalRefusedError(_("Nobody can be their own deputy. Choose somebody else."))
    if ends_on < starts_on:
        raise ApprovalRefusedError(_("The last day comes before the first one."))
    if ends_on < timezone.localdate():
        raise ApprovalRefusedError(_("The last day is over already."))
    if deputy.pk not in possible_deputies(approver):
        raise ApprovalRefusedError(
            _(
                "%(deputy)s does not work in the same section or language as %(approver)s, and "
                "would see texts that are not theirs. Choose somebody who does."
            )
            % {"deputy": deputy.get_username(), "approver": approver.get_username()}
        )
    row = Deputy.objects.create(
        approver=approver, deputy=deputy, starts_on=starts_on, ends_on=ends_on, named_by=user
    )
    _log(row, history.DEPUTY_NAMED, user)
    return row


@transaction.atomic
def end_deputy(*, row: Deputy, user: Any) -> bool:
    """From now on the deputy decides nothing more. False when it was over already."""
    if user.pk != row.approver_id and not is_secretariat(user):
        raise PermissionDenied
    row = Deputy.objects.select_for_update().get(pk=row.pk)
    if row.ended_at is not None or row.ends_on < timezone.localdate():
        return False
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    _log(row, history.DEPUTY_ENDED, user)
    return True


def _log(row: Deputy, action: str, user: Any) -> None:
    data = {
        "approver": row.approver.get_username(),
        "deputy": row.deputy.get_username(),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }
    log(instance=row, action=action, user=user, data=data)


def deciding(approvers: Approvers) -> list[int]:
    """The ids of all who decide anything."""
    return [
        user for user, seats in approvers.seats.items() if any(s.role in DECIDING for s in seats)
    ]


def decides(user: Any) -> bool:
    """Whether somebody decides anything, by themselves or in somebody's place."""
    approvers = approvers_for(user)
    stands_in = any(user.pk in deputies for deputies in approvers.deputies.values())
    return bool(user.is_superuser or stands_in or user.pk in deciding(approvers))


def possible_deputies(approver: Any) -> set[int]:
    """The ids of those who reach by themselves what `approver` decides on, or some of it."""
    approvers = Approvers.load()
    decides = [seat for seat in approvers.seats.get(approver.pk, []) if seat.role in DECIDING]
    return {
        user
        for user, seats in approvers.seats.items()
        if user != approver.pk and any(covers(seat, place) for seat in seats for place in decides)
    }
