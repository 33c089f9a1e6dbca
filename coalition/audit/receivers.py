"""What is copied into the audit trail: every row that Wagtail adds to its logs.

Wagtail makes them one by one, never with `bulk_create`, which would send no signal.
"""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_save
from wagtail.models.audit_log import BaseLogEntry

from coalition.audit import trail


def copy(sender: Any, instance: BaseLogEntry, created: bool, raw: bool, **kwargs: Any) -> None:
    """In the transaction of whoever logged it, so that neither is there without the other."""
    if created and not raw:
        trail.copy_log_entry(instance)


def connect() -> None:
    """To the logs of pages, of everything else, and to those that an app may bring."""
    for model in apps.get_models():
        if issubclass(model, BaseLogEntry):
            post_save.connect(copy, sender=model, dispatch_uid=f"audit-{model._meta.label}")
