"""What the pages about people share."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.accounts.models import User
from coalition.accounts.queries import keeps_people
from coalition.core import languages
from coalition.sections.models import SectionGroup
from coalition.sections.queries import is_secretariat


class KeepersMixin:
    """For the secretariat and focal points; `secretariat_only` leaves the latter out."""

    request: HttpRequest
    secretariat_only = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied for everybody else."""
        allowed = is_secretariat if self.secretariat_only else keeps_people
        if not allowed(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @property
    def me(self) -> User:
        """Who is at work."""
        return cast(User, self.request.user)


class PeopleView(KeepersMixin, WagtailAdminTemplateMixin, View):
    """A page of its own, below the list of people."""

    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, people, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people:index"), "label": _("People")},
            {"url": "", "label": self.get_page_title()},
        ]

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response


def place_of(role: SectionGroup) -> str:
    """The section that a role is held in, in the reader's language."""
    if role.section is None:
        return _("Whole network")
    return role.section.name_in(get_language() or "en")


def name_of(role: SectionGroup) -> str:
    """What the role is called where its section is known: “Translators: Khmer”."""
    name = role.get_role_display()
    if not role.language:
        return name
    language = languages.language_name(role.language, get_language() or "en")
    return _("%(role)s: %(language)s") % {"role": name, "language": language}


def full_name_of(role: SectionGroup) -> str:
    """The same with its section."""
    return _("%(section)s, %(role)s") % {"section": place_of(role), "role": name_of(role)}
