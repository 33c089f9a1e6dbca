"""What these pages of the admin share."""

from typing import Any, cast

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.accounts.models import User
from coalition.core import languages
from coalition.sections.models import Section
from coalition.sections.queries import is_secretariat
from coalition.translation.people import sections_kept_by


class TranslationView(WagtailAdminTemplateMixin, View):
    """Wagtail's frame with a trail that leads back to the queue."""

    header_icon = "wagtail-localize-language"
    request: HttpRequest

    @property
    def user(self) -> User:
        """Who asks."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, translations, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_queues"), "label": _("Translations")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the links at the top need."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "may_see_coverage": may_see_coverage(self.user)}

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response

    def paged(self, rows: Any, number: int = 25) -> dict[str, Any]:
        """A part of a list as the template wants it."""
        part: PageOfList[Any] = Paginator(rows, number).get_page(self.request.GET.get("p"))
        pages = part.paginator.get_elided_page_range(part.number)
        return {"part": part, "pages": list(pages), "gap": Paginator.ELLIPSIS}


def may_see_coverage(user: User) -> bool:
    """The secretariat, and focal points for the sections they keep."""
    return is_secretariat(user) or sections_kept_by(user).exists()


def language_name(code: str) -> str:
    """What a language is called by who works with it: in their own language, then in itself."""
    name = languages.language_name(code, get_language() or "en")
    own = languages.autonym(code)
    return name if name == own else f"{name} – {own}"


def section_name(section: Section | None) -> str:
    """In the language of who reads; pages of no section are the network's."""
    return section.name_in(get_language() or "en") if section else _("Network")
