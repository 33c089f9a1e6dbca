"""Copies go public by approval like any other page, aliases not at all without the right to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


@hooks.register("before_copy_page")
def check_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse what Wagtail lets pass: live aliases by people who may not publish.

    An alias in another language would show its text under the wrong name.
    """
    if request.method != "POST":
        return None
    chosen = request.POST.get("new_parent_page", "")
    parent = Page.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if parent is None:
        return _refuse(request, page, _("Choose the page below which the copy is to stand."))
    if "alias" not in request.POST:
        return None
    if parent.depth > 1 and parent.locale_id != page.locale_id:
        return _refuse(
            request,
            page,
            _("An alias stays in its language. Use “Translate” to make the page in another one."),
        )
    if not _may_publish_below(request, parent):
        return _refuse(
            request, page, _("An alias would be public at once. Make a copy and submit it.")
        )
    return None


def _may_publish_below(request: HttpRequest, parent: Page) -> bool:
    return bool(parent.permissions_for_user(request.user).can_publish_subpage())


def _refuse(request: HttpRequest, page: Page, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:copy", page.pk)
