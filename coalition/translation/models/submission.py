"""What somebody asked to have translated, page by page, so that it can go on after a kill."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageStatus(models.TextChoices):
    """What became of one page in one language."""

    WAITING = "waiting", _("Waiting")
    MADE = "made", _("Draft made")
    THERE = "there", _("Was there already")
    FAILED = "failed", _("Not possible")


class Submission(models.Model):
    """One request: a page, or a tree of them, into some languages."""

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    root = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    section = models.ForeignKey(
        "sections.Section", on_delete=models.CASCADE, null=True, related_name="+"
    )
    languages = models.JSONField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Submission {self.pk}"


class SubmittedPage(models.Model):
    """One page in one language; `reason` says why it could not be done."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    order = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=PageStatus.choices, default=PageStatus.WAITING)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "page", "language"], name="submitted_page_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=PageStatus.values), name="submitted_page_status_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["submission", "order"],
                name="submitted_page_waiting",
                condition=models.Q(status=PageStatus.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"
