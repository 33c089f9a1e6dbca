"""A session of somebody who signed in: it lasts as long as this row, and never past its time."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_key() -> str:
    """What the session knows its row by."""
    return secrets.token_hex(16)


class SignIn(models.Model):
    """When, and whose. No address, no browser: nothing that would tell where somebody is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    key = models.CharField(max_length=32, unique=True, default=new_key)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        """Whatever is done meanwhile."""
        return self.at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
