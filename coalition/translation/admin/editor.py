"""The translators' editor: a page's segments beside their source, saved and submitted here."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core import languages
from coalition.core.models import CoalitionPage
from coalition.sections.archive import archived_section_of, refusal
from coalition.translation.domain.finishing import (
    SubmissionRefusedError,
    build,
    set_following,
    submit_translation,
    withdraw_translation,
)
from coalition.translation.domain.opening import (
    NotForThisPageError,
    begin,
    open_work,
    original_for,
)
from coalition.translation.domain.saving import Saved, Typed, fingerprint, save_typed
from coalition.translation.work import Segment, Work, named

from .editor_rows import View, grouped, put_in, rows_of, typed_in

COMMENT_LENGTH = 2000


class Desk:
    """One page and the person who works on it. Raises PermissionDenied, Http404."""

    def __init__(self, request: HttpRequest, page_id: int) -> None:
        self.request = request
        self.user = cast(User, request.user)
        found = get_object_or_404(
            Page.objects.filter(depth__gt=1).select_related("locale"), pk=page_id
        )
        if not found.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        page = found.specific
        if not isinstance(page, CoalitionPage):
            raise PermissionDenied
        self.page: CoalitionPage = page
        self.original = original_for(page, self.user)
        self.url = reverse("translation_edit", args=[page.pk])

    @property
    def lock(self) -> str:
        """Why nothing can be changed now; empty where it can."""
        lock = self.page.get_lock()
        return str(lock.get_message(self.user)) if lock and lock.for_user(self.user) else ""

    def work(self) -> Work | None:
        """As it is now."""
        return open_work(self.page, self.original)


def edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET shows the segments; POST saves them and does what its button says."""
    try:
        desk = Desk(request, page_id)
    except NotForThisPageError as refused:
        return _closed(request, page_id, str(refused))
    if request.method != "POST":
        return show(desk, desk.work(), _view(request))
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is not None:
        return action(desk)
    work = desk.work()
    if work is None or not work.translation.enabled or desk.lock:
        messages.error(request, _("Nothing was saved: this page cannot be changed here now."))
        return show(desk, work, _view(request), typed=typed_in(request.POST))
    return _save(desk, work)


def _closed(request: HttpRequest, page_id: int, reason: str) -> HttpResponse:
    """To the page as a whole; what had been typed is shown first, so that it can be copied."""
    typed = [one for one in typed_in(request.POST) if fingerprint(one.text) != one.seen]
    if not typed:
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:edit", page_id)
    context = {"page": Page.objects.get(pk=page_id), "reason": reason, "typed": typed}
    return TemplateResponse(request, "translation/admin/editor_closed.html", context)


def _view(request: HttpRequest) -> View:
    return View.of(request.GET.get("show", ""), request.GET.get("page", ""))


def _save(desk: Desk, work: Work) -> HttpResponse:
    data, typed = desk.request.POST, typed_in(desk.request.POST)
    if "use" in data:
        return show(desk, work, _view(desk.request), typed=typed, use=data["use"])
    saved = save_typed(work=work, typed=typed, user=desk.user)
    if saved.number or not saved.is_clean:
        work = cast(Work, desk.work())
    _tell(desk.request, saved)
    if not saved.is_clean:
        return show(desk, work, _view(desk.request), typed=typed, saved=saved)
    if "submit" in data:
        return _submit(desk, work, typed)
    view = _view(desk.request)
    if "go" in data:
        view = View.of(*data["go"].partition(":")[::2])
    return redirect(desk.url + view.query)


def _tell(request: HttpRequest, saved: Saved) -> None:
    if saved.number:
        text = ngettext(
            "%(count)d translation is saved.", "%(count)d translations are saved.", saved.number
        )
        messages.success(request, text % {"count": saved.number})
    if not saved.is_clean:
        number = len(saved.problems) + len(saved.gone)
        text = ngettext(
            "%(count)d text is not saved yet: what is wrong stands beside it.",
            "%(count)d texts are not saved yet: what is wrong stands beside them.",
            number,
        )
        messages.error(request, text % {"count": number})


def _submit(desk: Desk, work: Work, typed: Sequence[Typed]) -> HttpResponse:
    data = desk.request.POST
    try:
        submit_translation(
            page=desk.page,
            user=desk.user,
            comment=data.get("comment", "")[:COMMENT_LENGTH].strip(),
            seen=data.get("version", ""),
        )
    except SubmissionRefusedError as refused:
        messages.error(desk.request, _("It was not submitted. Your translations are saved."))
        return show(
            desk,
            cast(Work, desk.work()),
            _view(desk.request),
            typed=typed,
            saved=Saved(),
            refused=refused,
        )
    messages.success(desk.request, _("The translation waits for approval now."))
    return redirect("wagtailadmin_explore", desk.page.get_parent().pk)


def _begin(desk: Desk) -> HttpResponse:
    if not desk.lock:
        begin(page=desk.page, original=desk.original)
    return redirect(desk.url)


def _withdraw(desk: Desk) -> HttpResponse:
    if withdraw_translation(page=desk.page, user=desk.user):
        messages.success(desk.request, _("It does not wait for approval any more."))
    else:
        messages.error(
            desk.request,
            _("Nothing was taken back: nothing waits, or it was submitted by somebody else."),
        )
    return redirect(desk.url)


def _follow(desk: Desk, follows: bool) -> HttpResponse:
    work = desk.work()
    if work and not desk.lock:
        set_following(work=work, user=desk.user, follows=follows)
    return redirect(desk.url)


ACTIONS: dict[str, Callable[[Desk], HttpResponse]] = {
    "begin": _begin,
    "withdraw": _withdraw,
    "stop": lambda desk: _follow(desk, follows=False),
    "resume": lambda desk: _follow(desk, follows=True),
}


def show(
    desk: Desk,
    work: Work | None,
    view: View,
    *,
    typed: Sequence[Typed] = (),
    saved: Saved | None = None,
    use: str = "",
    refused: SubmissionRefusedError | None = None,
) -> HttpResponse:
    """The editor's page; with what was typed, where something has to be looked at again."""
    context: dict[str, Any] = {"page": desk.page, "original": desk.original, "work": work}
    if work is None:
        return TemplateResponse(desk.request, "translation/admin/editor_begin.html", context)
    shown = _posted(work, typed) or view.page(work)
    rows = rows_of(work, shown, desk.user, typed, saved)
    put_in(rows, use)
    archived, state = archived_section_of(desk.page), desk.page.current_workflow_state
    context |= {
        "groups": grouped(rows),
        "gone": saved.gone if saved else [],
        "refused": refused,
        "refused_names": named(refused.segments) if refused else [],
        "comment": desk.request.POST.get("comment", ""),
        "view": view,
        "number": min(view.number, view.pages(work)),
        "numbers": range(1, view.pages(work) + 1),
        "left": len(work.left),
        "done": len(work.segments) - len(work.left),
        "lock": desk.lock,
        "archived": refusal(archived) if archived else "",
        "waits": desk.page.workflow_in_progress,
        "may_withdraw": bool(state and state.user_can_cancel(desk.user)),
        "is_open": work.translation.enabled and not desk.lock,
        "source_language": _language(desk.original),
        "target_language": _language(desk.page),
    }
    return TemplateResponse(desk.request, "translation/admin/editor.html", context)


def _posted(work: Work, typed: Sequence[Typed]) -> list[Segment]:
    """The segments of the form that came back, whatever page or filter it was made for."""
    keys = {one.key for one in typed}
    return [segment for segment in work.segments if segment.key in keys]


def _language(page: Page) -> dict[str, str]:
    code = page.locale.language_code
    return {
        "name": languages.autonym(code),
        "lang": languages.html_lang(code),
        "dir": languages.direction(code),
    }


def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page as it would be with what is saved, through Wagtail's preview."""
    try:
        desk = Desk(request, page_id)
    except NotForThisPageError as refused:
        messages.error(request, str(refused))
        return redirect("wagtailadmin_pages:edit", page_id)
    work = desk.work()
    if work is None:
        return redirect(desk.url)
    draft = build(work)
    response: HttpResponse = draft.make_preview_request(request, draft.default_preview_mode)
    return response
