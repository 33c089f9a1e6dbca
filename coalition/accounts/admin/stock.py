"""Wagtail's own pages of users are shut: they would go around the rules of ours.

Whoever may change accounts could make a superuser there, give roles without a limit, delete people
with their history. The addresses stay, because Wagtail links to them, and lead to our pages.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.urls.resolvers import URLPattern
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import UserViewSet


class ClosedUserViewSet(UserViewSet):
    """Wagtail's addresses without Wagtail's views."""

    add_to_settings_menu = False

    def register_search_area(self) -> None:
        """Search finds nobody."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """The same addresses."""
        return [
            path(str(pattern.pattern), to_people, name=pattern.name)
            for pattern in super().get_urlpatterns()
        ]


def to_people(request: HttpRequest, **named: Any) -> HttpResponse:
    """To the person, or to the list; nothing is changed on the way."""
    person = named.get("pk")
    return redirect("people:person", person) if person else redirect("people:index")


def shut_bulk_actions() -> None:
    """They name users by a content type, not by the addresses above."""
    for action in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
        action.check_perm = lambda self, user: False
