"""After a page was moved, unpublished or deleted, by itself or with others: on to its translations.

Wagtail's confirmations have no place for choices, and each route has one of its own; what follows
them all is a page of ours. What was done waits for it in the session.
"""

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core.models import slugs
from coalition.sections.isolation import may_know
from coalition.translation.cascade import DELETE, MOVE, UNPUBLISH, Done, Offers, offers
from coalition.translation.cascade_views import SESSION, tell_left_alone

MOST = 5
"""So many offers wait at once; the oldest makes room."""


def _ask(request: HttpRequest, done: Done) -> HttpResponse | None:
    """Go on to the offer, if there is anything to offer; say what is left alone in any case."""
    found: Offers = offers(done, cast(User, request.user))
    if not found.pages:
        tell_left_alone(request, found.left)
        return None
    token = uuid4().hex[:12]
    waiting = dict(list(request.session.get(SESSION, {}).items())[1 - MOST :])
    request.session[SESSION] = {**waiting, token: done.as_json()}
    return redirect("translation_cascade", token)


def _done(
    request: HttpRequest,
    action: str,
    pages: Sequence[Page],
    *,
    otherwise: str,
    below: bool = False,
    to: int | None = None,
) -> Done:
    """What was done; afterwards it goes on to where Wagtail would, or `otherwise`."""
    return Done(
        action=action,
        keys=[str(page.translation_key) for page in pages],
        pages=[page.pk for page in pages if page.pk],
        below=below,
        to=to,
        next=get_valid_next_url_from_request(request) or otherwise,
    )


@hooks.register("after_delete_page")
def after_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail has said already that it is deleted."""
    parent = Page.objects.filter(path=page.path[: -Page.steplen]).first()
    place = reverse("wagtailadmin_explore", args=[parent.pk]) if parent else ""
    return _ask(request, _done(request, DELETE, [page], otherwise=place))


@hooks.register("after_unpublish_page")
def after_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail says that it is unpublished only if nothing follows."""
    place = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    below = bool(request.POST.get("include_descendants"))
    answer = _ask(request, _done(request, UNPUBLISH, [page], below=below, otherwise=place))
    if answer:
        title = {"title": page.get_admin_display_title()}
        messages.success(request, _("“%(title)s” is unpublished.") % title)
    return answer


@hooks.register("before_move_page")
def before_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Wagtail asks whether the address is free in the page's own language only."""
    if _tell_taken(request, page, destination):
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


@hooks.register("after_move_page")
def after_move(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail has said already that it is moved."""
    to = Page.objects.get(pk=page.pk).get_parent().pk
    place = reverse("wagtailadmin_explore", args=[to])
    return _ask(request, _done(request, MOVE, [page], to=to, otherwise=place))


@hooks.register("before_bulk_action")
def before_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """As `before_move`; all of them move or none does."""
    if action_type != MOVE or action.model is not Page:
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    in_the_way = [page for page in objects if _tell_taken(request, page, destination)]
    return redirect(_after_bulk(request, action)) if in_the_way else None


@hooks.register("after_bulk_action")
def after_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Wagtail says what was done only if nothing follows."""
    if action.model is not Page or action_type not in (MOVE, UNPUBLISH, DELETE) or not objects:
        return None
    fields = action.cleaned_form.cleaned_data
    to = fields["chooser"].pk if action_type == MOVE else None
    below = bool(fields.get("include_descendants"))
    done = _done(
        request, action_type, objects, to=to, below=below, otherwise=_after_bulk(request, action)
    )
    answer = _ask(request, done)
    if answer:
        messages.success(request, _many_done(action_type, len(objects)))
    return answer


def _after_bulk(request: HttpRequest, action: Any) -> str:
    """Where it goes on; without `next` Wagtail names an address that is 404."""
    named = action.next_url != request.path
    return str(action.next_url) if named else reverse("wagtailadmin_home")


def _many_done(action: str, number: int) -> str:
    texts = {
        MOVE: ngettext("%(count)d page was moved.", "%(count)d pages were moved.", number),
        UNPUBLISH: ngettext(
            "%(count)d page was unpublished.", "%(count)d pages were unpublished.", number
        ),
        DELETE: ngettext("%(count)d page was deleted.", "%(count)d pages were deleted.", number),
    }
    return texts[action] % {"count": number}


def _tell_taken(request: HttpRequest, page: Page, destination: Page) -> bool:
    """Whether another page has the address of `page` below `destination`, in any language."""
    other = slugs.taken_by(destination, page.slug, page.translation_key)
    if other is None:
        return False
    if may_know(request.user, other):
        messages.error(request, slugs.taken(other))
    else:
        messages.error(
            request,
            _("In another language a page has the address that “%(title)s” would have there.")
            % {"title": page.get_admin_display_title()},
        )
    return True
