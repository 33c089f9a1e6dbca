"""What is still owed: one row for each task until it has run."""

from django.db import models


class OutboxItem(models.Model):
    """A task that somebody enqueued and that has not succeeded yet.

    Written in the transaction of whoever enqueues it, deleted when the task has succeeded. While
    `leased_until` lies ahead a process is running it; when it has passed, that process died.
    """

    task_path = models.CharField(max_length=255)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    result_id = models.CharField(max_length=64)
    queue_name = models.CharField(max_length=32)
    language = models.CharField(max_length=20, help_text="Active where it was enqueued.")
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(
        max_length=500, blank=True, default="", help_text="Class and place, no message."
    )
    failed_at = models.DateTimeField(null=True, help_text="When it was given up.")

    class Meta:
        """Given-up items stay for `doctor`; the index holds only what will still run."""

        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="jobs_due",
                condition=models.Q(failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_path} ({self.pk})"


class Lease(models.Model):
    """The right to do one named thing alone, until a time; a killed holder loses it then."""

    name = models.CharField(max_length=100, primary_key=True)
    held_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
