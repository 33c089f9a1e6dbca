"""Who gets into the admin: a password and a second factor, one door, no sign-up."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from coalition.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"
SET_UP = "/accounts/2fa/?next=%2Fadmin%2F"


@pytest.fixture
def editor() -> User:
    """Somebody who may enter the admin."""
    user = UserFactory.create(username="editor", password=PASSWORD)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, password: str = PASSWORD) -> str:
    """Where signing in with the password leads; empty when it is refused."""
    answer = client.post("/accounts/login/", {"login": "editor", "password": password})
    return answer.get("Location", "")


def test_the_demonstration_waives_it(client: Client, editor: User, settings: Settings) -> None:
    settings.DEMO = True
    assert sign_in(client) == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_password_alone_leads_to_where_it_is_set_up(client: Client, editor: User) -> None:
    assert sign_in(client) == "/admin/"
    for address in ("/admin/", "/admin/pages/", "/admin/api/main/pages/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/2fa/")
    assert client.get("/admin/")["Location"] == SET_UP
    assert client.post("/admin/pages/1/delete/")["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_setting_it_up_and_using_it(client: Client, editor: User) -> None:
    sign_in(client)
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=editor, type="totp").count() == 1

    answer = client.get("/admin/")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    answer = client.post(answer["Location"], {"code": code_of(secret), "next": "/admin/"})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_signing_in_with_it(client: Client, editor: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    assert sign_in(client) == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_session_without_any_record_does_not_count(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get("/admin/")["Location"] == SET_UP


def test_a_wrong_password_is_refused(client: Client, editor: User) -> None:
    assert sign_in(client, "wrong") == ""
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/admin/", "/accounts/login/?next=/admin/"),
        ("/admin/pages/", "/accounts/login/?next=/admin/pages/"),
        ("/admin/login/?next=/admin/pages/", "/accounts/login/?next=/admin/pages/"),
        ("/_util/login/?next=/en/", "/accounts/login/?next=/en/"),
    ],
)
def test_there_is_one_door(client: Client, address: str, to: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, to)


def test_passwords_do_not_open_the_other_doors(client: Client, editor: User) -> None:
    for address in ("/admin/login/", "/_util/login/"):
        client.post(address, {"username": "editor", "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    passwords = {"password1": "a long enough one", "password2": "a long enough one"}
    answer = client.post("/accounts/signup/", {"username": "somebody", **passwords})
    assert answer.templates[0].name == "account/signup_closed.html"
    assert User.objects.count() == 0


def test_the_demonstration_is_refused_elsewhere() -> None:
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("seed_demo")
    assert User.objects.count() == 0


def test_setting_it_up_ends_sessions_that_the_password_alone_has_opened(
    client: Client, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    thief = Client()
    sign_in(thief)
    sign_in(client)
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    code = code_of(client.session["mfa.totp.secret"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert is_mfa_enabled(editor)
    for address in ("/accounts/reauthenticate/", "/accounts/2fa/totp/deactivate/"):
        thief.post(address, {"password": PASSWORD})
    assert is_mfa_enabled(editor)
    assert client.get("/accounts/2fa/").status_code == 200
