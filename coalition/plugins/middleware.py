"""Looks at the address before the view does: a plugin's addresses are there where it is on."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.translation import get_language
from wagtail.models import Page

from coalition.plugins import gate, registry, routes
from coalition.plugins.boundary import failed
from coalition.plugins.viewsets import owner_of_admin
from coalition.sections.archive import section_at
from coalition.sections.models import Section, SectionKind, SectionStatus

EDITORS = {"wagtailadmin_pages:add": "parent_page_id", "wagtailadmin_pages:edit": "page_id"}
ANSWERS = (Http404, PermissionDenied, SuspiciousOperation)
"""What views raise to answer with; no failure."""


class PluginMiddleware:
    """Gives views `request.section`, and editors the blocks of the place they write for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but what `process_view` does."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Raises Http404 where the plugin is off."""
        match = request.resolver_match
        if match is None or not registry.installed():
            return None
        if match.view_name in EDITORS:
            _stand_in_section(kwargs[EDITORS[match.view_name]])
        elif match.namespaces:
            _enter(request, match, kwargs)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Count what a view of a plugin raises; the answer is that of any server error."""
        if isinstance(error, ANSWERS):
            return
        route = getattr(request, "_wagtail_route_for_request", None)
        if slug := getattr(request, "plugin", None):
            failed(slug, "urls", error)
        elif route and (slug := registry.slug_of_model(route.page)):
            failed(slug, "page_types", error)


def _enter(request: HttpRequest, match: ResolverMatch, kwargs: dict[str, Any]) -> None:
    if slug := owner_of_admin(match.namespaces[0]):
        if not gate.is_on_anywhere(slug):
            raise Http404("This plugin is off.")
        request.plugin = slug  # type: ignore[attr-defined]
        return
    owner = routes.owner_of(match.namespaces[0])
    if owner is None:
        return
    slug, kind = owner
    section = None if kind is None else _section(kind, kwargs.pop(routes.SECTION))
    if not gate.is_on(slug, section):
        raise Http404("This plugin is off here.")
    request.plugin = slug  # type: ignore[attr-defined]
    request.section = section  # type: ignore[attr-defined]
    gate.stand_in(section)


def _section(kind: SectionKind, slug: str) -> Section:
    """The open section at that address, if it writes in the active language."""
    sections = Section.objects.filter(kind=kind, slug=slug, status=SectionStatus.OPEN)
    section = sections.prefetch_related("names").first()
    if section is None or get_language() not in section.languages:
        raise Http404("No such section in this language.")
    return section


def _stand_in_section(page_id: Any) -> None:
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        gate.stand_in(section_at(page))
