"""“I have lost my phone”, from the page where the second factor is asked for."""

from typing import cast

from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.accounts.domain import recovery
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_phone(request: HttpRequest) -> HttpResponse:
    """GET says what happens, POST asks the secretariat."""
    user = _who(request)
    if user is None:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "accounts/lost_phone.html")
    try:
        asked = recovery.ask(user=user, by=user)
    except RefusedError:
        return redirect("account_login")
    return render(request, "accounts/lost_phone.html", {"asked": asked})


def _who(request: HttpRequest) -> User | None:
    """Who has given their password in this session, and may have given no more."""
    if request.user.is_authenticated:
        return request.user
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return cast(User, stage.login.user) if stage else None
