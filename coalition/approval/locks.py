"""The notice above a text that waits."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class WaitingLock(WorkflowLock):
    """Says what waits, and leads to where it can be withdrawn."""

    def get_message(self, user: Any) -> SafeString | None:
        """For those who may not edit meanwhile."""
        state = self.object.current_workflow_task_state
        if state is None or not self.for_user(user):
            return None
        return format_html(
            '{} <a class="button button-small button-secondary" href="{}">{}</a>',
            _("This text waits for approval and cannot be changed meanwhile."),
            reverse("approval:review", args=[state.pk]),
            _("See where it stands, or withdraw it to go on writing."),
        )
