"""The admin wants a second factor, except in the demonstration."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

View = Callable[[HttpRequest], HttpResponse]


class SecondFactorMiddleware:
    """Sends people without a second factor in this session to where they set one up or use it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or answer with a redirect."""
        wanted = request.path_info.startswith("/admin/") and not settings.DEMO
        if wanted and request.user.is_authenticated and not used_second_factor(request):
            return to_second_factor(request)
        return self.get_response(request)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with an authenticator or a passkey."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """To where it is used, for those who have just set one up, else to where that is done."""
    name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_index"
    back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
