"""An invitation by mail: a link that makes one account, once."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    WAITING = "waiting", _("Waiting")
    USED = "used", _("Used")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_nonce() -> str:
    """What makes the next token of the same invitation another one."""
    return secrets.token_hex(16)


class Invitation(models.Model):
    """Who is invited, by a pseudonym, to which roles. The address is gone once it was used.

    The token of the link stands nowhere: it is worked out anew from the nonce and the secret key
    when the letter is sent, so that neither this table nor the queue of letters gives it away.
    """

    pseudonym = models.CharField(_("pseudonym"), max_length=150)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of the letter"), max_length=10)
    roles = models.ManyToManyField("sections.SectionGroup", related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=InvitationState.choices,
        default=InvitationState.WAITING,
    )
    nonce = models.CharField(max_length=32, default=new_nonce)
    token_digest = models.CharField(max_length=64, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="invitation"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=InvitationState.values), name="invitation_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=InvitationState.WAITING) | models.Q(email=""),
                name="invitation_address_while_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def token(self) -> str:
        """The secret part of the link."""
        return salted_hmac("coalition.invitation", self.nonce, algorithm="sha256").hexdigest()

    def renew(self, *, until: datetime) -> None:
        """Another token, good until then; the one before is void. Unsaved."""
        self.nonce = new_nonce()
        self.token_digest = digest(self.token)
        self.expires_at = until

    @property
    def state_now(self) -> InvitationState:
        """Expired from the moment on, not only when `tick` has noticed."""
        state = InvitationState(self.state)
        late = state == InvitationState.WAITING and self.expires_at <= timezone.now()
        return InvitationState.EXPIRED if late else state
