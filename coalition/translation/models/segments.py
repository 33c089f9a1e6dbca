"""Which segments a public text has, and of which of them its translations are translations.

A segment is named by the path of its field or block and the hash of its string; both come from
wagtail-localize, so that its tables can be joined.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceText(models.Model):
    """The segments of a live page in the language it was written in.

    `segments` is path -> hash of a string -> when it came there (ISO 8601).
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="source_text"
    )
    revision_id = models.BigIntegerField(null=True, help_text="The live revision it was read from.")
    segments = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Source text of page {self.page_id}"


class TranslationState(models.Model):
    """How far a page in another language follows its source, and who works on it.

    `segments` is path -> {"of": hashes of the source's strings, "text": hash of the own text}, as
    the live page has it, and at "" what has no path in the source; empty for a draft that was
    never public.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="translation_state",
    )
    revision_id = models.BigIntegerField(null=True, help_text="The live revision it was read from.")
    segments = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0, help_text="Segments of the source.")
    stale = models.PositiveIntegerField(
        default=0, help_text="Segments that are new or gone in the source since."
    )
    stale_since = models.DateTimeField(null=True, db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)

    def __str__(self) -> str:
        return f"Translation state of page {self.page_id}"


class TranslatedRevision(models.Model):
    """A revision that was made from translated segments: path -> hashes of the source's strings."""

    revision = models.OneToOneField(
        "wagtailcore.Revision",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="translated",
    )
    segments = models.JSONField()

    def __str__(self) -> str:
        return f"Translated revision {self.revision_id}"
