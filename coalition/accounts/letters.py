"""Letters by mail: in the language of who gets them, and owed until they are sent.

A letter is a template `letters/<name>.txt`: its subject in the first line, an empty one, its text.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from coalition.accounts.models import User
from coalition.core import languages
from coalition.sections.models import SectionGroup


def write(*, to: Iterable[User], letter: str, **context: Any) -> int:
    """Owe a letter to each of these people who has an address; how many that are.

    `context` is JSON: ids, titles, paths. It is written to the outbox, in this transaction.
    """
    from coalition.accounts.tasks import send_letter

    written = 0
    for user in to:
        if user.is_active and user.email:
            send_letter.enqueue(user.pk, letter, context)
            written += 1
    return written


def send(*, address: str, language: str, letter: str, context: dict[str, Any]) -> None:
    """Hand one letter over to the mail server, in `language`."""
    with translation.override(language):
        values = {"base_url": settings.BASE_URL, "site_name": settings.WAGTAIL_SITE_NAME, **context}
        text = render_to_string(f"letters/{letter}.txt", values)
    subject, _empty, body = text.strip().partition("\n")
    EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[address]).send()


def language_of(user: User) -> str:
    """What they chose in their account, else the language they translate, else their section's."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is not None and languages.is_known(profile.preferred_language):
        return str(profile.preferred_language)
    for group in _groups_of(user):
        if code := group.language or (group.section.default_language if group.section else ""):
            return code
    return settings.LANGUAGE_CODE


def _groups_of(user: User) -> QuerySet[SectionGroup]:
    rows = SectionGroup.objects.filter(group__user=user).select_related("section")
    return rows.order_by("-language", "pk")
