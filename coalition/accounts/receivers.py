"""What happens to accounts, on whatever way it comes about, is written into the audit trail."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest

from coalition.accounts import sessions
from coalition.accounts.models import SignIn, User
from coalition.audit import history, record


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Somebody came in; their session begins."""
    sessions.begin(request, user)
    record(action=history.SIGNED_IN, actor=user)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Somebody left by themselves."""
    if user is not None:
        SignIn.objects.filter(key=request.session.get(sessions.KEY, "")).delete()
        record(action=history.SIGNED_OUT, actor=user)


@receiver(user_login_failed)
def failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Nobody knows who tried; for whom is told where there is such an account."""
    name = credentials.get("username") or ""
    record(
        action=history.SIGN_IN_FAILED,
        subject=User.objects.filter(username__iexact=name).first() if name else None,
    )


@receiver([password_changed, password_reset, password_set])
def password_is_new(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Every other session of theirs ends with it."""
    sessions.end_all(user, but=request if request.user == user else None)
    record(action=history.PASSWORD_CHANGED, actor=user)


@receiver(authenticator_added)
def factor_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """An app, a passkey, or the recovery codes that come with them.

    Sessions that somebody else has opened before with the password alone could remove it again.
    """
    sessions.end_all(user, but=request)
    record(action=history.FACTOR_ADDED, actor=user, data={"type": authenticator.type})


@receiver(authenticator_removed)
def factor_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """By themselves; by a recovery it is told as such."""
    record(action=history.FACTOR_REMOVED, actor=user, data={"type": authenticator.type})


@receiver(authenticator_reset)
def factor_reset(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """New recovery codes."""
    record(action=history.FACTOR_RESET, actor=user, data={"type": authenticator.type})


@receiver(authenticator_used)
def factor_used(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A recovery code is worth a line; the everyday factor is told by the sign-in."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(action=history.RECOVERY_CODE_USED, actor=user)


@receiver(authentication_failed)
def factor_failed(sender: Any, user: User, **kwargs: Any) -> None:
    """A wrong code after a right password: somebody may know the password."""
    record(action=history.FACTOR_FAILED, subject=user)


@receiver(m2m_changed, sender=User.groups.through)
def roles_changed(
    sender: Any, instance: User | Group, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Every way into a group and out of it, from either side."""
    told = {"post_add": history.ROLE_GIVEN}.get(action)
    if action in ("pre_remove", "pre_clear"):
        told = history.ROLE_TAKEN
    if told is None:
        return
    for user, group in _members(instance, pk_set, all_of_them=told == history.ROLE_TAKEN):
        role = getattr(group, "section_group", None)
        record(
            action=told,
            subject=user,
            section=role.section if role else None,
            language=role.language if role else "",
            data={"role": group.name},
        )


def _members(
    instance: User | Group, pks: set[int] | None, *, all_of_them: bool
) -> list[tuple[User, Group]]:
    """Pairs of person and group; of those that are to be taken, the ones that there are."""
    if isinstance(instance, Group):
        users: QuerySet[User] = instance.user_set.all() if all_of_them else User.objects.all()
        return [(user, instance) for user in (users if pks is None else users.filter(pk__in=pks))]
    groups = instance.groups.all() if all_of_them else Group.objects.all()
    groups = groups.select_related("section_group__section")
    return [(instance, group) for group in (groups if pks is None else groups.filter(pk__in=pks))]
