"""Sessions: eight hours at most, ended when told to; sign-in tells nothing and has limits."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coalition.accounts.models import SignIn, User
from coalition.accounts.tick import sign_ins_over
from coalition.audit.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"
LOGIN, OWN = "/accounts/login/", "/accounts/sessions/"


@pytest.fixture
def moon() -> User:
    return UserFactory.create(username="moon", password=PASSWORD)


def sign_in(name: str = "moon", password: str = PASSWORD) -> Client:
    client = Client()
    client.post(LOGIN, {"login": name, "password": password})
    return client


def inside(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def actions() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.filter(action__startswith="accounts.").order_by("pk")
    return list(rows.values_list("action", "actor", "name"))


def test_after_eight_hours_it_is_over_whatever_was_done(moon: User) -> None:
    client = sign_in()
    SignIn.objects.update(at=timezone.now() - timedelta(hours=7, minutes=59))
    assert inside(client)
    SignIn.objects.update(at=timezone.now() - timedelta(hours=8))
    assert not inside(client)
    assert "_auth_user_id" not in client.session
    assert (sign_ins_over(), SignIn.objects.count()) == (1, 0)


def test_a_session_without_its_row_is_nobodys(moon: User) -> None:
    client, other = sign_in(), sign_in()
    row = SignIn.objects.earliest("pk")
    row.delete()
    assert (inside(client), inside(other)) == (False, True)
    stolen = other.session
    stolen["coalition.sign_in"] = SignIn.objects.create(user=UserFactory.create()).key
    stolen.save()
    assert not inside(other)


def test_a_new_password_ends_every_other_session(moon: User) -> None:
    client, other = sign_in(), sign_in()
    new = "seventeen blue kites"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", data)
    assert (inside(client), inside(other)) == (True, False)
    assert SignIn.objects.count() == 1
    moon.set_password("another one")
    moon.save()
    assert not inside(client)


def test_one_sees_and_ends_ones_own(moon: User) -> None:
    client, other, third = sign_in(), sign_in(), sign_in()
    UserFactory.create(username="sun", password=PASSWORD)
    stranger = sign_in("sun")
    content = client.get(OWN).content.decode()
    assert content.count("End this session") == 2
    theirs = SignIn.objects.get(user__username="sun")
    client.post(OWN, {"session": theirs.pk})
    assert inside(stranger)
    client.post(OWN, {"session": SignIn.objects.filter(user=moon).order_by("pk")[1].pk})
    assert [inside(browser) for browser in (client, other, third)] == [True, False, True]
    client.post(OWN, {"session": "others"})
    assert [inside(browser) for browser in (client, third)] == [True, False]
    assert [what for what, _actor, _name in actions()].count("accounts.sessions_ended") == 2


def test_sessions_are_for_those_who_are_signed_in(client: Client) -> None:
    assert client.get(OWN)["Location"] == f"{LOGIN}?next={OWN}"


def test_coming_and_going_is_in_the_trail(moon: User) -> None:
    client = sign_in()
    client.post("/accounts/logout/")
    sign_in(password="wrong")
    sign_in("nobody-of-that-name")
    assert actions() == [
        ("accounts.signed_in", "moon", ""),
        ("accounts.signed_out", "moon", ""),
        ("accounts.sign_in_failed", "", "moon"),
        ("accounts.sign_in_failed", "", ""),
    ]
    assert SignIn.objects.count() == 0
    assert "nobody-of-that-name" not in str(list(AuditEntry.objects.values()))


def test_an_unknown_name_a_wrong_password_and_a_revoked_person_are_answered_alike(
    moon: User,
) -> None:
    UserFactory.create(username="gone", password=PASSWORD, is_active=False)
    answers = []
    for name, password in (("moon", "wrong"), ("none", "wrong"), ("gone", PASSWORD)):
        answer = Client().post(LOGIN, {"login": name, "password": password})
        text = answer.content.decode()
        token = str(answer.context["csrf_token"])
        answers.append((answer.status_code, text.replace(token, "").replace(name, "")))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 200


@pytest.mark.parametrize("name", ["moon", "nobody-of-that-name"])
def test_too_many_attempts_are_answered_with_429_for_every_name(moon: User, name: str) -> None:
    client = Client()
    for _ in range(5):
        assert client.post(LOGIN, {"login": name, "password": "wrong"}).status_code == 200
    answer = client.post(LOGIN, {"login": name, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_one_address_does_not_try_every_name(moon: User) -> None:
    client = Client()
    for number in range(20):
        answer = client.post(LOGIN, {"login": f"name-{number}", "password": "wrong"})
        assert answer.status_code == 200
    assert client.post(LOGIN, {"login": "another", "password": "wrong"}).status_code == 429


def test_no_address_is_kept(moon: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post(LOGIN, {"login": "moon", "password": "wrong"})
    client.post(LOGIN, {"login": "moon", "password": PASSWORD})
    keys = cache.keys("*") if hasattr(cache, "keys") else list(cache._cache)
    kept = [key for key in keys if "rl" in key]
    assert any(":ip:" in key for key in kept)
    everything = f"{keys}{list(AuditEntry.objects.values())}{dict(client.session.items())}"
    assert "203.0.113.77" not in everything


def test_there_is_no_staying_signed_in(client: Client) -> None:
    assert 'name="remember"' not in client.get(LOGIN).content.decode()
