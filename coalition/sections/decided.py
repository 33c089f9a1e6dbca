"""Somebody else was quicker: a decision on a page that waits for none any more."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

DECISION = ("action-workflow-action", "workflow-action-name", "workflow-action-extra-data")


def save_instead(request: HttpRequest, page: Any) -> None:
    """Before a page is edited: save what was typed as a draft, where Wagtail ends in an error."""
    if "action-workflow-action" not in request.POST or page.current_workflow_task:
        return
    data = request.POST.copy()
    for name in DECISION:
        data.pop(name, None)
    request.POST = data  # type: ignore[assignment]
    messages.warning(
        request,
        _("The page waits for no decision any more. What you have written is saved as a draft."),
    )
