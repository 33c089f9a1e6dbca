"""One's own sessions: when they began, and ending them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.accounts import sessions
from coalition.accounts.models import User
from coalition.audit import history, record


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """GET lists them, POST ends one of them, or all the others."""
    user = cast(User, request.user)
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        if chosen.isdecimal():
            ended = sessions.end_one(user, int(chosen))
        else:
            ended = sessions.end_all(user, but=request)
        if ended:
            record(action=history.SESSIONS_ENDED, actor=user, data={"sessions": ended})
        messages.success(request, _("Sessions ended: %(count)d.") % {"count": ended})
        return redirect("accounts_sessions")
    context = {"sessions": sessions.of(user), "this": request.session.get(sessions.KEY)}
    return render(request, "accounts/sessions.html", context)
