"""How django-allauth behaves here."""

import hashlib
import hmac
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429, truncate_ip
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

TWO_DAYS = 2 * 24 * 3600


class CoalitionAdapter(DefaultAccountAdapter):
    """No sign-up, answers that tell nothing, limits that keep no address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitations, never by visitors."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Somebody revoked is answered as a wrong password is, and not told apart."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too many attempts are an answer of their own, with 429, not an error in a form."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(respond_429(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_client_ip(self, request: HttpRequest) -> str:
        """A keyed hash instead: limits need to tell addresses apart, not to know them."""
        address = truncate_ip(super().get_client_ip(request))
        key = f"{settings.SECRET_KEY}{_salt_of_today()}".encode()
        return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()


def _salt_of_today() -> str:
    """In the shared cache alone: once it is gone, nobody can work the hashes out anew."""
    name = f"accounts:salt:{timezone.now().date().isoformat()}"
    salt = cache.get_or_set(name, lambda: secrets.token_hex(32), TWO_DAYS)
    return str(salt)
