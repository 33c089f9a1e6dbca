"""Writing into the audit trail: by whoever did something, and for all that Wagtail logs."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry
from wagtail.models.audit_log import BaseLogEntry

from coalition.audit.models import AuditEntry
from coalition.sections.models import Section, section_of

# What somebody typed may name people, and can never be taken back from here.
FREE_TEXT = frozenset({"comment", "text", "reason"})


def record(
    *,
    action: str,
    actor: AbstractUser | None = None,
    subject: Model | None = None,
    section: Section | str | None = None,
    language: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry, in this transaction. Never hand over an address, an IP or a real name.

    Without an actor it is whoever is at work in the admin, if anybody is. Section and language are
    read from a page where they are not given.
    """
    who = actor or get_active_log_context().user
    if isinstance(subject, Page):
        section = section or _section_of_page(subject)
        language = language or _language_of_page(subject)
    return AuditEntry.objects.create(
        **_named(who),
        action=action,
        kind=subject._meta.label_lower if subject else "",
        object_id=str(subject.pk) if subject else "",
        name=str(subject) if subject else "",
        section=section.code if isinstance(section, Section) else section or "",
        language=language,
        data=data or {},
    )


def copy_log_entry(entry: BaseLogEntry) -> AuditEntry:
    """The same, of a row of Wagtail's own log."""
    kind, page = entry.content_type, _page_of(entry)
    return AuditEntry.objects.create(
        **_named(entry.user),
        at=entry.timestamp,
        action=entry.action,
        kind=f"{kind.app_label}.{kind.model}" if kind else "",
        object_id=str(entry.object_id),
        name=entry.label,
        section=_section_of_page(page) if page else _section_of_row(entry),
        language=_language_of_page(page) if page else "",
        data=without_free_text(entry.data or {}),
    )


def without_free_text(value: Any) -> Any:
    """The same JSON without what people typed into it, at any depth."""
    if isinstance(value, dict):
        return {k: without_free_text(v) for k, v in value.items() if k not in FREE_TEXT}
    if isinstance(value, list):
        return [without_free_text(item) for item in value]
    return value


def _named(user: Any) -> dict[str, str]:
    if user is None or user.pk is None:
        return {}
    return {"actor_id": str(user.pk), "actor": user.get_username()}


def _page_of(entry: BaseLogEntry) -> Page | None:
    try:
        return entry.page if isinstance(entry, PageLogEntry) else None
    except ObjectDoesNotExist:
        return None


def _section_of_page(page: Page) -> str:
    try:
        section = section_of(page)
    except ObjectDoesNotExist:
        # The page is being deleted: what is left of it is its log.
        return ""
    return section.code if section else ""


def _language_of_page(page: Page) -> str:
    try:
        return str(page.locale.language_code)
    except ObjectDoesNotExist:
        return ""


def _section_of_row(entry: BaseLogEntry) -> str:
    if entry.content_type is None or entry.content_type.model_class() is not Section:
        return ""
    found = Section.objects.filter(pk=entry.object_id).values_list("code", flat=True)
    return found.first() or ""
