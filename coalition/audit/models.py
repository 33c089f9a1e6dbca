"""One row for each thing that was done. The database refuses to change or delete it.

Nothing here points to another table, so that a row outlives whatever it tells of.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to what, and when. People are named by their pseudonyms alone."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor = models.CharField(_("person"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=255, db_index=True)
    kind = models.CharField(max_length=200, blank=True)
    object_id = models.CharField(max_length=255, blank=True)
    name = models.TextField(_("name"), blank=True)
    section = models.CharField(_("section"), max_length=50, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.name}"
