"""Sections are the secretariat's: its menu, its views, nobody else's."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies.base import BasePermissionPolicy

from coalition.sections.queries import is_secretariat


class SecretariatPolicy(BasePermissionPolicy):
    """All or nothing."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whatever it is, the secretariat may do it."""
        return is_secretariat(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """As for each."""
        return is_secretariat(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """As for all sections."""
        return is_secretariat(user)
