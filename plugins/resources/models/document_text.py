"""What a document says, so that it can be searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of reading a document."""

    WAITING = "waiting"
    READ = "read"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class DocumentText(models.Model):
    """The text of one document as it was when its file had the hash `file_hash`.

    `changed_at` is when it was read, or when somebody was last asked to read it.
    """

    document = models.OneToOneField(
        "core.CoalitionDocument",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="resource_text",
        verbose_name=_("document"),
    )
    file_hash = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return self.text[:60]
