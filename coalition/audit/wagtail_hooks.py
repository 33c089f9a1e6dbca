"""The admin's part of the audit trail: the secretariat's list, and the names of actions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coalition.audit import history
from coalition.audit.admin import AuditViewSet
from coalition.sections.queries import is_secretariat

ACTIONS = (
    (history.SIGNED_IN, _("Sign in")),
    (history.SIGN_IN_FAILED, _("Failed sign-in")),
    (history.SIGNED_OUT, _("Sign out")),
    (history.SESSIONS_ENDED, _("End sessions")),
    (history.PASSWORD_CHANGED, _("Change password")),
    (history.FACTOR_ADDED, _("Add second factor")),
    (history.FACTOR_REMOVED, _("Remove second factor")),
    (history.FACTOR_RESET, _("Make new recovery codes")),
    (history.FACTOR_FAILED, _("Failed second factor")),
    (history.RECOVERY_CODE_USED, _("Use recovery code")),
    (history.RECOVERY_ASKED, _("Ask for recovery of a lost phone")),
    (history.RECOVERY_CONFIRMED, _("Confirm recovery of a lost phone")),
    (history.RECOVERY_REFUSED, _("Refuse recovery of a lost phone")),
    (history.RECOVERED, _("Recover a lost phone")),
    (history.RECOVERY_EXPIRED, _("Recovery of a lost phone expired")),
    (history.INVITED, _("Invite")),
    (history.INVITED_AGAIN, _("Send invitation again")),
    (history.INVITATION_USED, _("Use invitation")),
    (history.INVITATION_WITHDRAWN, _("Withdraw invitation")),
    (history.INVITATION_EXPIRED, _("Invitation expired")),
    (history.ROLE_GIVEN, _("Give role")),
    (history.ROLE_TAKEN, _("Take role")),
    (history.REVOKED, _("Revoke access")),
    (history.HANDED_OVER, _("Hand over section")),
    (history.EXPORTED, _("Export audit trail")),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """So that the trail can be filtered by them; the rest are Wagtail's and the apps' own."""
    for action, label in ACTIONS:
        actions.register_action(action, label, label)


@hooks.register("register_admin_viewset")
def viewset() -> AuditViewSet:
    """“Audit trail”, in the secretariat's menu of reports alone."""
    return AuditViewSet()


class AuditMenuItem(MenuItem):
    """Nobody else's menu has it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For the secretariat."""
        return is_secretariat(request.user)


@hooks.register("register_reports_menu_item")
def menu_item() -> AuditMenuItem:
    """Among the reports."""
    return AuditMenuItem(
        _("Audit trail"),
        reverse_lazy("audit:index"),
        name="audit-trail",
        icon_name="history",
        order=2000,
    )
