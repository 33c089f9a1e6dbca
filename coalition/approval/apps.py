"""Approval: what goes public has been read by those whose word it needs."""

from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    """The steps of the workflows, deputies, reminders and the list of what waits."""

    name = "coalition.approval"
    label = "approval"
    verbose_name = "Approval"
