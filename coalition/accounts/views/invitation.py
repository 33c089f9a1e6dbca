"""The page that the link of an invitation opens. Reading it changes nothing: scanners do that."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coalition.accounts.domain import invitations
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Invitation, InvitationState, User
from coalition.core import languages

GONE = 410


class AccountForm(forms.ModelForm[User]):
    """A user name and a password, twice."""

    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    keep_address = forms.BooleanField(
        label=gettext_lazy("Keep my address and write to me when something waits for me"),
        required=False,
        help_text=gettext_lazy("Otherwise the site forgets the address now."),
    )

    class Meta:
        model = User
        fields = ["username"]
        labels = {"username": gettext_lazy("User name")}
        help_texts = {
            "username": gettext_lazy(
                "Others see this name. Do not use your real one. Letters, digits and @ . + - _ "
                "without spaces."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
        self.fields["username"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> dict[str, Any]:
        """Twice the same, and hard to guess."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        elif first:
            try:
                validate_password(first, User(username=data.get("username") or ""))
            except ValidationError as error:
                self.add_error("password1", error)
        return data


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """GET shows the form, POST makes the account and leads to where a second factor is set up."""
    asked = request.headers.get("Accept-Language", "")
    code = languages.canonical(language) or languages.best_of(asked, languages.codes())
    translation.activate(code or "en")
    found = invitations.find(token)
    if found is None or not invitations.is_open(found):
        return _gone(request, found)
    form = AccountForm(request.POST or None, initial={"username": _proposed(found)})
    if request.method == "POST" and form.is_valid():
        return _accepted(request, form, token)
    return render(request, "accounts/invitation.html", {"form": form})


def _accepted(request: HttpRequest, form: AccountForm, token: str) -> HttpResponse:
    name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
    try:
        user = invitations.accept(
            token=token,
            username=name,
            password=password,
            keep_address=form.cleaned_data["keep_address"],
        )
    except RefusedError as error:
        form.add_error("username", str(error))
        return render(request, "accounts/invitation.html", {"form": form})
    if user is None:
        return _gone(request, invitations.find(token))
    login = Login(user=user, redirect_url=reverse("mfa_index"))
    response: HttpResponse = perform_password_login(request, {"username": name}, login)
    return response


def _gone(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """Why the link does not work, and what to do about it."""
    state = found.state_now if found else None
    if state == InvitationState.WAITING:
        # Who sent it may not invite any more.
        state = InvitationState.WITHDRAWN
    context = {"state": str(state) if state else "unknown"}
    return render(request, "accounts/invitation_gone.html", context, status=GONE)


def _proposed(found: Invitation) -> str:
    return "-".join(found.pseudonym.split())
