"""Sessions end when they are told to and at the latest after their time, whatever keeps them.

A session names a row of `SignIn`. Without its row, or past its time, nobody is signed in by it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from coalition.accounts.models import SignIn, User

KEY = "coalition.sign_in"


class SignInMiddleware(AuthenticationMiddleware):
    """Django's, but asks for the row too, and only when somebody asks who is there.

    Public pages do not, so they set no cookie and vary by none.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Put the person there."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person(request))  # type: ignore[assignment]


def person(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Who is signed in by this session."""
    user = get_user(request)
    if not user.is_authenticated or _row(request, user.pk):
        return user
    request.session.flush()
    return AnonymousUser()


def begin(request: HttpRequest, user: User) -> None:
    """A session of somebody who has just signed in."""
    request.session[KEY] = SignIn.objects.create(user=user).key


def end_all(user: User, *, but: HttpRequest | None = None) -> int:
    """All sessions of somebody, or all but one. Returns how many there were."""
    rows = SignIn.objects.filter(user=user)
    if but is not None:
        rows = rows.exclude(key=but.session.get(KEY, ""))
    return rows.delete()[0]


def end_one(user: User, pk: int) -> int:
    """One session, if it is theirs."""
    return SignIn.objects.filter(user=user, pk=pk).delete()[0]


def of(user: User) -> QuerySet[SignIn]:
    """The sessions of somebody that have not ended."""
    return SignIn.objects.filter(user=user, at__gt=_oldest())


def forget_old() -> int:
    """Delete rows whose time is over."""
    return SignIn.objects.filter(at__lte=_oldest()).delete()[0]


def _row(request: HttpRequest, user_id: int) -> bool:
    key = request.session.get(KEY, "")
    return SignIn.objects.filter(key=key, user=user_id, at__gt=_oldest()).exists()


def _oldest() -> datetime:
    return timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
