"""Jobs of accounts."""

from typing import Any

from django.urls import reverse
from django_tasks import task

from coalition.accounts import letters
from coalition.accounts.models import Invitation, InvitationState, User


@task()
def send_letter(user_id: int, letter: str, context: dict[str, Any]) -> None:
    """Send a letter to somebody who may have lost their account or address meanwhile."""
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is not None:
        language = letters.language_of(user)
        letters.send(address=user.email, language=language, letter=letter, context=context)


@task()
def send_invitation(invitation_id: int) -> None:
    """Send the link of an invitation that is still waiting; sent twice, it is the same link."""
    row = Invitation.objects.filter(pk=invitation_id).first()
    if row is None or row.state_now != InvitationState.WAITING:
        return
    context = {
        "pseudonym": row.pseudonym,
        "path": reverse("accounts_invitation", args=[row.language, row.token]),
        "until": row.expires_at,
    }
    letters.send(address=row.email, language=row.language, letter="invitation", context=context)
