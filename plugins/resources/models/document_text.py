"""What a document says, so that it can be searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of reading a document."""

    READ = "read", _("read")
    EMPTY = "empty", _("there is no text in it")
    UNREADABLE = "unreadable", _("it cannot be read")


class DocumentText(models.Model):
    """The text of one document as it was when its file had the hash `file_hash`."""

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

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return self.text[:60]
