"""What waits for approval, beside what Wagtail's workflow keeps of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A text as it was submitted: the revision that is decided on, and nothing newer.

    One for each workflow state; submitting again after changes were asked for writes it anew.
    `page`, `section` and `language` are kept here because Wagtail knows pages by a text only.
    """

    workflow_state = models.OneToOneField(
        "wagtailcore.WorkflowState", on_delete=models.CASCADE, related_name="submission"
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(
        "sections.Section", on_delete=models.CASCADE, null=True, related_name="+"
    )
    language = models.CharField(max_length=10)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    # The source as it was public when its translation was submitted.
    source_revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    urgent = models.BooleanField(_("urgent"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    # When those who decide now were last told of it; null: not yet.
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["page", "-submitted_at"], name="submission_of_page")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(urgent=False) | ~models.Q(reason=""),
                name="urgent_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.revision.object_str)


class Decision(models.Model):
    """What is to be known of a decision, beside what Wagtail's task state says."""

    task_state = models.OneToOneField(
        "wagtailcore.TaskState", on_delete=models.CASCADE, related_name="decision"
    )
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    single_reader = models.BooleanField(default=False)
    own = models.BooleanField(default=False)
    small = models.BooleanField(default=False)

    def __str__(self) -> str:
        return ", ".join(str(mark) for mark in self.marks())

    def marks(self) -> list[str]:
        """In words for people, what is out of the ordinary."""
        return marks_of(
            decided_for=self.decided_for.get_username() if self.decided_for else "",
            single_reader=self.single_reader,
            own=self.own,
            small=self.small,
        )


def marks_of(*, decided_for: str, single_reader: bool, own: bool, small: bool) -> list[str]:
    """In words for people, what is out of the ordinary in a decision."""
    marks = [
        (decided_for, gettext("for %(person)s") % {"person": decided_for}),
        (single_reader, gettext("no second reader of this language")),
        (own, gettext("own text, nobody else could decide")),
        (small, gettext("small correction")),
    ]
    return [words for applies, words in marks if applies]


class Note(models.Model):
    """A remark on a submission, by those who decide or by those who wait."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:50]


class Digest(models.Model):
    """That the secretariat's digest of a day has been written."""

    day = models.DateField(unique=True)
    written_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.day.isoformat()
