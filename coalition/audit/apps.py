"""The audit trail: what was done, by whom and when, in rows that cannot be changed."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Keeps the trail and shows it to the secretariat."""

    name = "coalition.audit"
    label = "audit"
    verbose_name = "Audit trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to Wagtail's logs."""
        from coalition.audit import receivers

        receivers.connect()
