"""The admin's part of sections: the secretariat's list of them, and what the log tells of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from countries.admin.viewset import SectionsViewSet
from countries.domain import history


@hooks.register("register_admin_viewset")
def sections() -> SectionsViewSet:
    """“Sections”, in the secretariat's menu alone."""
    return SectionsViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of a section."""
    for action, label, message in (
        (history.OPENED, _("Open section"), _("Opened")),
        (history.LANGUAGES_ADDED, _("Add languages"), _("Languages added")),
        (history.APPROVAL_CHANGED, _("Change approval"), _("Who approves was changed")),
        (history.PROVISIONED, _("Complete section"), _("Made, step by step")),
        (history.ARCHIVED, _("Archive section"), _("Archived: hidden from the public")),
        (history.BROUGHT_BACK, _("Bring section back"), _("Brought back: public again")),
        (history.REPAIRED, _("Repair section"), _("Rights, collection and approval repaired")),
    ):
        actions.register_action(action, label, message)
