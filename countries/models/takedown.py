"""Pages that somebody took off the site in an emergency, and what they were then."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Takedown(models.Model):
    """Who took pages down, when and why. The section is None for pages of the network."""

    section = models.ForeignKey(
        "sections.Section",
        on_delete=models.PROTECT,
        null=True,
        related_name="takedowns",
        verbose_name=_("section"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    reason = models.TextField(_("reason"), max_length=2000)

    # Wagtail would name it to everybody who asks where a page is used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("emergency takedown")
        verbose_name_plural = _("emergency takedowns")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="takedown_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Takedown {self.pk}"


class TakenDownPage(models.Model):
    """A page that was live; `revision` is what was live then, None where none was kept.

    `ended_at` is when it was published again, by whatever way. `problem` is why it could not be
    brought back, in words.
    """

    takedown = models.ForeignKey(Takedown, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=10)
    ended_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(ended_at=None), name="page_taken_down_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
