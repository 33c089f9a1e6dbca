"""Somebody lost their phone: two of the secretariat vouch for them, then they set up another."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RecoveryState(models.TextChoices):
    """What has become of it."""

    ASKED = "asked", _("Waiting for two confirmations")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Expired")


class Recovery(models.Model):
    """Asked by the person with their password alone, or opened for them by the secretariat."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recoveries"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=RecoveryState.choices, default=RecoveryState.ASKED
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RecoveryState.values), name="recovery_state_known"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state=RecoveryState.ASKED),
                name="recovery_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def expires_at(self) -> datetime:
        """After that it has to be asked for again."""
        return self.asked_at + timedelta(hours=settings.RECOVERY_HOURS)

    @property
    def state_now(self) -> RecoveryState:
        """Expired from the moment on, not only when `tick` has noticed."""
        state = RecoveryState(self.state)
        late = state == RecoveryState.ASKED and self.expires_at <= timezone.now()
        return RecoveryState.EXPIRED if late else state


class RecoveryConfirmation(models.Model):
    """One of the secretariat knows that it is them. Two different people are needed."""

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recovery", "by"], name="recovery_confirmed_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.recovery}: {self.by}"
