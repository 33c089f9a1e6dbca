"""Keeps what stands in an archived section from going public by way of the admin.

Rights stay as they are: people see and edit their drafts. What they had typed when the section was
archived is saved as a draft, whichever button they pressed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from wagtail.models import GroupApprovalTask, Page

from coalition.sections.archive import archived_section_of, is_archived_for, refusal, saved_as_draft
from coalition.sections.models import Section

ADD = "wagtailadmin_pages:add"
EDIT = "wagtailadmin_pages:edit"
CHOOSE_TYPE = "wagtailadmin_pages:add_subpage"
COPY = "wagtailadmin_pages:copy"
MOVE = ("wagtailadmin_pages:move_confirm", "wagtailadmin_pages:move")
DECIDE = (
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
)
TOWARDS_THE_PUBLIC = (
    "action-publish",
    "action-submit",
    "action-restart-workflow",
    "action-workflow-action",
)
"""What the editor posts for everything but saving a draft."""


class ArchivedSectionMiddleware:
    """Looks at the address before the view does: what adds, approves or publishes, and where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but what `process_view` does."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse with words, or let a draft be saved in place of what was asked for."""
        match = request.resolver_match
        # Whose session it is may be asked in the admin alone: public answers are cached.
        if match is None or not request.path_info.startswith("/admin/"):
            return None
        if not request.user.is_authenticated:
            return None
        page = _page_aimed_at(request, match)
        section = archived_section_of(page) if page else None
        if page is None or section is None:
            return None
        if request.method == "POST" and match.view_name in (ADD, EDIT):
            _save_only(request, section)
            return None
        if match.view_name == EDIT:
            # Parts of the editor that are fetched after an automatic save come without a page.
            if "_w_hydrate_create_view" not in request.GET:
                messages.warning(request, refusal(section))
            return None
        return _refuse(request, page, section)


def _page_aimed_at(request: HttpRequest, match: ResolverMatch) -> Page | None:
    """The page that would gain something by this request: the editor's, the place of a new one."""
    name, named = match.view_name, match.kwargs
    if name in (ADD, CHOOSE_TYPE):
        pk = named["parent_page_id"]
    elif name == EDIT or name in DECIDE:
        pk = named["page_id"]
    elif name == COPY and request.method == "POST":
        pk = request.POST.get("new_parent_page")
    elif name in MOVE:
        pk = named.get("destination_id") or request.POST.get("new_parent_page")
    else:
        return None
    page: Page | None = Page.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
    return page


def _save_only(request: HttpRequest, section: Section) -> None:
    """Let the view see a request to save the draft; `tell` says so when that is done."""
    if not any(name in request.POST for name in TOWARDS_THE_PUBLIC):
        return
    data = request.POST.copy()
    for name in TOWARDS_THE_PUBLIC:
        data.pop(name, None)
    request.POST = data  # type: ignore[assignment]
    request.only_saved_for = section  # type: ignore[attr-defined]


def tell(request: HttpRequest, page: Page) -> None:
    """After a page was saved: that it was only saved, where more had been asked for."""
    if section := getattr(request, "only_saved_for", None):
        messages.warning(request, saved_as_draft(section))


def _refuse(request: HttpRequest, page: Page, section: Section) -> HttpResponse:
    messages.error(request, refusal(section))
    url = reverse("wagtailadmin_explore", args=[page.pk])
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # What the admin's dialogues understand.
        return JsonResponse({"step": "success", "redirect": url})
    return redirect(url)


def offer_no_decisions() -> None:
    """Called once, when the hooks are read: steps of archived sections' pages wait.

    Wagtail asks the step, and nothing that could be told of the page's section.
    """
    original = GroupApprovalTask.get_actions

    @wraps(original)
    def get_actions(self: Any, obj: Any, user: Any) -> list[Any]:
        if isinstance(obj, Page) and is_archived_for(user, obj):
            return []
        return list(original(self, obj, user))

    GroupApprovalTask.get_actions = get_actions
