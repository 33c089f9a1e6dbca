"""Approval: what goes public has been read by those whose word it needs."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ApprovalConfig(AppConfig):
    """The steps of the workflows, deputies, reminders and the list of what waits."""

    name = "coalition.approval"
    label = "approval"
    verbose_name = "Approval"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The shared workflows exist after migrating; letters are ours, not Wagtail's."""
        from wagtail.admin import signal_handlers

        from . import receivers  # noqa: F401
        from .domain.workflows import after_migrate

        post_migrate.connect(after_migrate, sender=self)
        # Wagtail's own app connects its mails after this one is ready.
        signal_handlers.register_signal_handlers = lambda: None
