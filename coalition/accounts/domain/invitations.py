"""Inviting somebody, and what becomes of the invitation. All of it or nothing, and audited."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.users.models import UserProfile

from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Invitation, InvitationState, User
from coalition.accounts.models.invitation import digest
from coalition.accounts.queries import roles_to_give
from coalition.audit import history, record
from coalition.sections.models import SectionGroup


@transaction.atomic
def invite(
    *, by: User, pseudonym: str, email: str, language: str, roles: Sequence[SectionGroup]
) -> Invitation:
    """Owe a letter with a link that makes an account. Raises RefusedError for roles not theirs."""
    _may_give(by, roles)
    invitation = Invitation(pseudonym=pseudonym, email=email, language=language, invited_by=by)
    invitation.renew(until=timezone.now() + timedelta(days=settings.INVITATION_DAYS))
    invitation.save()
    invitation.roles.set(roles)
    _audit(invitation, history.INVITED, by)
    _send(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> None:
    """Another link in another letter; the old one is void. Raises RefusedError."""
    row = _waiting(invitation)
    _may_give(by, list(row.roles.all()))
    row.invited_by = by
    row.renew(until=timezone.now() + timedelta(days=settings.INVITATION_DAYS))
    row.save()
    _audit(row, history.INVITED_AGAIN, by)
    _send(row)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """The link is void. Raises RefusedError when it was used meanwhile."""
    row = _waiting(invitation)
    _close(row, InvitationState.WITHDRAWN)
    _audit(row, history.INVITATION_WITHDRAWN, by)


@transaction.atomic
def withdraw_all(*, invited_by: User, by: User) -> int:
    """Void all that somebody has sent who must not invite any more."""
    rows = Invitation.objects.select_for_update().filter(
        invited_by=invited_by, state=InvitationState.WAITING
    )
    for row in (waiting := list(rows)):
        _close(row, InvitationState.WITHDRAWN)
        _audit(row, history.INVITATION_WITHDRAWN, by)
    return len(waiting)


@transaction.atomic
def expire_due() -> int:
    """Forget the addresses of invitations whose time is over."""
    rows = Invitation.objects.select_for_update().filter(
        state=InvitationState.WAITING, expires_at__lte=timezone.now()
    )
    for row in (late := list(rows)):
        _close(row, InvitationState.EXPIRED)
        _audit(row, history.INVITATION_EXPIRED, None)
    return len(late)


def find(token: str) -> Invitation | None:
    """The invitation that a link belongs to."""
    return Invitation.objects.filter(token_digest=digest(token)).first()


def is_open(invitation: Invitation) -> bool:
    """Whether the link makes an account: nor may who sent it have lost the right to."""
    if invitation.state_now != InvitationState.WAITING or invitation.invited_by is None:
        return False
    given = set(invitation.roles.values_list("pk", flat=True))
    allowed = roles_to_give(invitation.invited_by).values_list("pk", flat=True)
    return bool(given) and given <= set(allowed)


def accept(*, token: str, username: str, password: str, keep_address: bool) -> User | None:
    """Make the account with its roles; None when the link is void, by now or before.

    Of two at once, the second waits for the first and finds the link used. Raises RefusedError
    when somebody has taken the name since the form was checked.
    """
    try:
        with transaction.atomic():
            return _accept(token, username, password, keep_address)
    except IntegrityError as error:
        raise RefusedError(_("This name is taken. Choose another one.")) from error


def _accept(token: str, username: str, password: str, keep_address: bool) -> User | None:
    row = Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    if row is None or not is_open(row):
        return None
    email = row.email if keep_address else ""
    user = User.objects.create_user(username=username, email=email, password=password)
    with LogContext(user=row.invited_by):
        user.groups.add(*row.roles.values_list("group", flat=True))
    UserProfile.objects.create(user=user, preferred_language=row.language)
    row.user = user
    _close(row, InvitationState.USED)
    _audit(row, history.INVITATION_USED, user)
    return user


def _may_give(by: User, roles: Sequence[SectionGroup]) -> None:
    allowed = set(roles_to_give(by).values_list("pk", flat=True))
    if not roles or not {role.pk for role in roles} <= allowed:
        raise RefusedError(_("You may not give these roles. Ask the secretariat."))


def _waiting(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.state != InvitationState.WAITING:
        raise RefusedError(
            _("This invitation is no longer waiting. Invite the person once more instead.")
        )
    return row


def _close(row: Invitation, state: InvitationState) -> None:
    """Nobody needs the address any more."""
    row.state, row.email = state, ""
    row.save()


def _audit(row: Invitation, action: str, by: User | None) -> None:
    roles = row.roles.select_related("section", "group")
    codes = {role.section.code for role in roles if role.section}
    record(
        action=action,
        actor=by,
        subject=row,
        section=codes.pop() if len(codes) == 1 else None,
        data={"roles": sorted(role.group.name for role in roles)},
    )


def _send(row: Invitation) -> None:
    from coalition.accounts.tasks import send_invitation

    send_invitation.enqueue(row.pk)
