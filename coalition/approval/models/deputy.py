"""Who decides in somebody's place for a while."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Reads of deputies."""

    def on(self, day: date) -> "DeputyQuerySet":
        """Those who stand in for somebody on that day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)


class Deputy(models.Model):
    """From one day to another, both included, `deputy` decides what `approver` may."""

    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="deputies",
        verbose_name=_("absent person"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="deputy_of",
        verbose_name=_("deputy"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # When it was ended before its last day.
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="deputy_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("deputy")), name="deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} ← {self.approver}"
