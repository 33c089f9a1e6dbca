"""Keeps one section's drafts from the people of the others, on every route of the admin."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from coalition.sections.isolation import may_know, out_of_reach, sees_everything
from coalition.sections.offers import own_tags
from coalition.sections.references import at_work

# Tags of pictures and documents; those of other models are topics, which the public knows.
OF_FILES = {"app_name": "taggit", "model_name": "tag"}
# What routes of the admin call the page they are about.
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
COMPARE = "wagtailadmin_pages:revisions_compare"
FILE_ARGUMENTS: dict[str, Callable[[], type[Model]]] = {
    "image_id": get_image_model,
    "document_id": get_document_model,
}
# Choosers call whatever they choose `pk`.
FILE_CHOOSERS: dict[str, Callable[[], type[Model]]] = {
    "wagtailimages_chooser:chosen": get_image_model,
    "wagtaildocs_chooser:chosen": get_document_model,
}
# Forms that say by a field where pages are to go.
DESTINATIONS = {
    "wagtailadmin_pages:choose_parent": "parent_page",
    "wagtailadmin_pages:copy": "new_parent_page",
    "wagtailadmin_pages:move": "new_parent_page",
    "wagtail_bulk_action": "chooser",
}
TAGS = {"wagtailadmin_tag_autocomplete": {}, "wagtailadmin_tag_model_autocomplete": OF_FILES}
CHOOSE_CHILD = "wagtailadmin_choose_page_child"
CHOOSE_SEVERAL = "wagtailadmin_choose_page_chosen_multiple"
# They list everybody's: titles, authors, files, steps of approval.
FOR_THE_SECRETARIAT = {
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:documents:find",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:images:find",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chosen",
}
# The admin's own pages do without it, and what they refuse it would not.
SHUT = {"wagtailadmin_api:pages:action"}


class SectionIsolationMiddleware:
    """Looks at the address before the view does, so that a new route is covered too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What `process_view` does; and choosers know in the admin whom they show names to."""
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with at_work(request.user):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse what names a page, or a list of them, that the user must not learn of."""
        user, match = request.user, request.resolver_match
        if match is None or not request.path_info.startswith("/admin/"):
            return None
        if match.view_name in SHUT:
            raise Http404("Pages are changed in the editor.")
        if not user.is_authenticated or sees_everything(user):
            return None
        if match.view_name in FOR_THE_SECRETARIAT:
            raise Http404("This list is for the secretariat.")
        if TAGS.get(match.view_name) == match.kwargs:
            return own_tags(request)
        pages = _pages_named(request, match)
        to_link_to = match.view_name in (CHOOSE_CHILD, CHOOSE_SEVERAL)
        refused = pages and out_of_reach(user, pages, to_link_to=to_link_to)
        if refused or not all(may_know(user, file) for file in _files_named(match)):
            refusal: HttpResponse = permission_denied(request)
            return refusal
        return None


def _pages_named(request: HttpRequest, match: ResolverMatch) -> list[int]:
    """The ids of the pages that an address names."""
    if match.view_name == COMPARE:
        named = [match.args[0]]
    elif match.view_name == CHOOSE_SEVERAL:
        named = request.GET.getlist("id")
    else:
        named = [match.kwargs[name] for name in PAGE_ARGUMENTS if name in match.kwargs]
        if name := DESTINATIONS.get(match.view_name):
            named += request.POST.getlist(name)
    return [int(value) for value in named if str(value).isdecimal()]


def _files_named(match: ResolverMatch) -> list[Model]:
    """The pictures and documents that an address names, as far as they exist."""
    named = [(get, match.kwargs.get(name)) for name, get in FILE_ARGUMENTS.items()]
    if get := FILE_CHOOSERS.get(match.view_name):
        named.append((get, match.kwargs.get("pk")))
    return [
        file
        for get, pk in named
        if str(pk).isdecimal() and (file := get()._default_manager.filter(pk=pk).first())
    ]
