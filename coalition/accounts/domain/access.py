"""Ending somebody's access: at once, everywhere, for good."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from coalition.accounts import letters, sessions
from coalition.accounts.domain.invitations import withdraw_all
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.domain.roles import check_may_change
from coalition.accounts.models import Recovery, RecoveryState, User
from coalition.accounts.queries import secretariat
from coalition.audit import history, record
from coalition.sections.queries import is_secretariat


@transaction.atomic
def revoke(*, user: User, by: User) -> None:
    """No session, no role, no invitation of theirs, no address is left; the secretariat is told.

    Raises RefusedError.
    """
    if not is_secretariat(by):
        raise RefusedError(_("Only the secretariat revokes access."))
    check_may_change(by, user)
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.is_active:
        raise RefusedError(_("This person's access is revoked already."))
    row.is_active, row.email = False, ""
    row.save(update_fields=["is_active", "email"])
    sessions_ended = sessions.end_all(row)
    Recovery.objects.filter(user=row, state=RecoveryState.ASKED).update(state=RecoveryState.REFUSED)
    withdrawn = withdraw_all(invited_by=row, by=by)
    with LogContext(user=by):
        row.groups.clear()
    data = {"sessions": sessions_ended, "invitations": withdrawn}
    record(action=history.REVOKED, actor=by, subject=row, data=data)
    letters.write(
        to=secretariat(),
        letter="revoked",
        pseudonym=row.username,
        by=by.username,
        at=timezone.now().isoformat(timespec="minutes"),
    )
    user.is_active, user.email = False, ""
