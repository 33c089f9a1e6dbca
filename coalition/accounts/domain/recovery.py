"""Recovering a lost phone: two of the secretariat, neither of them the person, vouch for it."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.accounts import letters, sessions
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Recovery, RecoveryConfirmation, RecoveryState, User
from coalition.accounts.queries import secretariat
from coalition.audit import history, record
from coalition.sections.queries import is_secretariat

NEEDED = 2


@transaction.atomic
def ask(*, user: User, by: User) -> Recovery:
    """Ask for it, or find that it was asked; the secretariat and the person are told once.

    By the person, or by one of the secretariat for them. Raises RefusedError.
    """
    if by.pk != user.pk and not is_secretariat(by):
        raise RefusedError(_("Only the secretariat asks for somebody else."))
    if not user.is_active:
        raise RefusedError(_("This person's access is revoked."))
    User.objects.select_for_update().get(pk=user.pk)
    _expire(user)
    waiting = Recovery.objects.filter(user=user, state=RecoveryState.ASKED).first()
    if waiting is not None:
        return waiting
    recovery = Recovery.objects.create(user=user)
    record(action=history.RECOVERY_ASKED, actor=by, subject=user)
    letters.write(
        to=secretariat().exclude(pk=user.pk),
        letter="recovery_asked",
        pseudonym=user.username,
        recovery=recovery.pk,
    )
    letters.write(to=[user], letter="recovery_asked_of_you", pseudonym=user.username)
    return recovery


def confirm(*, recovery: Recovery, by: User, used_second_factor: bool) -> bool:
    """Vouch for it. Returns whether that was the second time, and the factors are gone now.

    Raises RefusedError.
    """
    if not used_second_factor:
        raise RefusedError(_("Use your own second factor first, in this session."))
    try:
        with transaction.atomic():
            return _confirm(recovery, by)
    except IntegrityError as error:
        raise RefusedError(_("You have confirmed it already. Another person has to.")) from error


def _confirm(recovery: Recovery, by: User) -> bool:
    row = _waiting(recovery, by)
    RecoveryConfirmation.objects.create(recovery=row, by=by)
    record(action=history.RECOVERY_CONFIRMED, actor=by, subject=row.user)
    still_trusted = row.confirmations.filter(by__in=secretariat())
    if still_trusted.count() < NEEDED:
        return False
    Authenticator.objects.filter(user=row.user).delete()
    row.state = RecoveryState.DONE
    row.save()
    ended = sessions.end_all(row.user)
    record(action=history.RECOVERED, subject=row.user, actor=by, data={"sessions": ended})
    letters.write(to=[row.user], letter="recovered", pseudonym=row.user.username)
    return True


@transaction.atomic
def refuse(*, recovery: Recovery, by: User) -> None:
    """It is not them, or they found their phone: one is enough. Raises RefusedError."""
    row = _waiting(recovery, by)
    row.state = RecoveryState.REFUSED
    row.save()
    record(action=history.RECOVERY_REFUSED, actor=by, subject=row.user)


@transaction.atomic
def expire_due() -> int:
    """What nobody confirmed in time has to be asked for again."""
    asked = Recovery.objects.filter(state=RecoveryState.ASKED).select_related("user")
    return sum(_expire(row.user) for row in asked)


def _expire(user: User) -> int:
    rows = Recovery.objects.select_for_update().filter(user=user, state=RecoveryState.ASKED)
    late = [row for row in rows if row.expires_at <= timezone.now()]
    for row in late:
        row.state = RecoveryState.EXPIRED
        row.save()
        record(action=history.RECOVERY_EXPIRED, subject=user)
    return len(late)


def _waiting(recovery: Recovery, by: User) -> Recovery:
    if not secretariat().filter(pk=by.pk).exists():
        raise RefusedError(_("Only the secretariat decides about this."))
    row = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if row.user_id == by.pk:
        raise RefusedError(_("Nobody decides about their own phone."))
    if row.state_now != RecoveryState.ASKED:
        raise RefusedError(_("This is no longer waiting. It has to be asked for again."))
    return row
