"""Giving and taking roles. The audit trail hears of each from the groups themselves."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import User
from coalition.accounts.queries import people_seen, roles_to_give
from coalition.sections.models import SectionGroup


def check_may_change(by: User, user: User) -> None:
    """Raises RefusedError: nobody changes themselves, and only a superuser one of those."""
    if by.pk == user.pk:
        raise RefusedError(_("Nobody changes their own access. Ask another of the secretariat."))
    if user.is_superuser and not by.is_superuser:
        raise RefusedError(_("Only whoever runs the server changes this account."))
    if not people_seen(by).filter(pk=user.pk).exists():
        raise RefusedError(_("This person does not work in your section."))


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[SectionGroup], by: User) -> tuple[int, int]:
    """Of the roles that `by` may give, these and no others. Returns how many came and went.

    Other roles stay as they are. Raises RefusedError.
    """
    check_may_change(by, user)
    offered = {role.pk: role.group_id for role in roles_to_give(by)}
    wanted = {role.pk for role in roles}
    if not wanted <= offered.keys():
        raise RefusedError(_("You may not give these roles. Ask the secretariat."))
    User.objects.select_for_update().get(pk=user.pk)
    held = set(user.groups.filter(pk__in=offered.values()).values_list("pk", flat=True))
    due = {offered[pk] for pk in wanted}
    if due - held and not user.is_active:
        raise RefusedError(_("This person's access is revoked. Invite them once more instead."))
    with LogContext(user=by):
        user.groups.remove(*held - due)
        user.groups.add(*due - held)
    return len(due - held), len(held - due)
