"""A lost phone: two of the secretariat, each with their own second factor, and never oneself."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from coalition.accounts.domain import recovery
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Recovery, User
from coalition.accounts.tasks import send_letter
from coalition.accounts.tick import recoveries_expired
from coalition.audit.models import AuditEntry
from coalition.jobs.models import OutboxItem
from countries.domain.rights import ensure_secretariat
from tests.accounts.signed_in import with_second_factor
from tests.factories import UserFactory
from tests.network import Network

PASSWORD = "correct horse"
LOGIN, CODE, LOST = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/lost-phone/"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def lost(network: Network) -> User:
    """An editor with a phone they lost, and two more of the secretariat."""
    user = network.user("editor-kh")
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    for name in ("second", "third"):
        UserFactory.create(username=name, email=f"{name}@example.org").groups.add(
            ensure_secretariat()
        )
    return user


def with_password_alone(user: User) -> Client:
    client = Client()
    answer = client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert answer["Location"] == CODE
    return client


def decide(network: Network, name: str, asked: Recovery, action: str = "confirm") -> Any:
    client = with_second_factor(network.user(name))
    return client.post(f"/admin/people/lost-phones/{asked.pk}/", {"action": action}, follow=True)


def factors(user: User) -> int:
    return Authenticator.objects.filter(user=user).count()


def test_it_is_asked_with_the_password_alone_and_twice_is_once(lost: User) -> None:
    client = with_password_alone(lost)
    assert LOST in client.get(CODE).content.decode()
    assert client.get(LOST).status_code == 200
    assert Recovery.objects.count() == 0
    for _ in range(2):
        assert "The secretariat was asked" in client.post(LOST).content.decode()
    asked = Recovery.objects.get()
    assert (asked.user, factors(lost)) == (lost, 2)
    assert "_auth_user_id" not in client.session
    letters = OutboxItem.objects.filter(task_path__endswith="send_letter")
    assert {item.args[1] for item in letters} == {"recovery_asked"}
    assert letters.count() == 2
    send_letter.func(*letters[0].args)
    assert f"/admin/people/lost-phones/{asked.pk}/" in mail.outbox[0].body


def test_who_has_not_signed_in_asks_nothing(lost: User, client: Client) -> None:
    assert client.post(LOST)["Location"] == LOGIN
    assert Recovery.objects.count() == 0


def test_two_of_the_secretariat_confirm(network: Network, lost: User) -> None:
    User.objects.filter(pk=lost.pk).update(email="lost@example.org")
    inside = with_second_factor(network.user("editor-kh"))
    assert inside.get("/admin/").status_code == 200
    asked = recovery.ask(user=network.user("editor-kh"), by=network.user("secretariat"))
    answer = decide(network, "secretariat", asked)
    assert "Another of the secretariat has to confirm" in answer.content.decode()
    assert factors(lost) == 2
    decide(network, "second", asked)
    assert factors(lost) == 0
    assert Recovery.objects.get().state == "done"
    assert inside.get("/admin/")["Location"].startswith(LOGIN)
    client = Client()
    client.post(LOGIN, {"login": "editor-kh", "password": PASSWORD})
    assert client.get("/admin/")["Location"] == "/accounts/2fa/?next=%2Fadmin%2F"
    names = [item.args[1] for item in OutboxItem.objects.filter(task_path__endswith="letter")]
    assert names.count("recovered") == 1
    told = AuditEntry.objects.filter(action__contains="recover", name="editor-kh").order_by("pk")
    assert list(told.values_list("action", "actor")) == [
        ("accounts.recovery_asked", "secretariat"),
        ("accounts.recovery_confirmed", "secretariat"),
        ("accounts.recovery_confirmed", "second"),
        ("accounts.recovered", "second"),
    ]


def test_one_of_the_secretariat_is_not_two(network: Network, lost: User) -> None:
    asked = recovery.ask(user=lost, by=lost)
    decide(network, "second", asked)
    answer = decide(network, "second", asked)
    assert "You have confirmed it already." in answer.content.decode()
    assert factors(lost) == 2
    row = asked.confirmations.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.confirmations.create(by=row.by)


def test_who_left_the_secretariat_meanwhile_does_not_count(network: Network, lost: User) -> None:
    asked = recovery.ask(user=lost, by=lost)
    decide(network, "second", asked)
    network.user("second").groups.clear()
    decide(network, "third", asked)
    assert factors(lost) == 2
    decide(network, "secretariat", asked)
    assert factors(lost) == 0


def test_nobody_confirms_for_themselves(network: Network, lost: User) -> None:
    secretary = network.user("second")
    TOTP.activate(secretary, generate_totp_secret())
    asked = recovery.ask(user=secretary, by=secretary)
    for action in ("confirm", "refuse"):
        answer = decide(network, "second", asked, action)
        assert "Nobody decides about their own phone." in answer.content.decode()
    decide(network, "third", asked)
    assert factors(secretary) == 1


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "superuser"])
def test_nobody_else_decides(network: Network, lost: User, name: str) -> None:
    asked = recovery.ask(user=lost, by=lost)
    decide(network, name, asked)
    assert asked.confirmations.count() == 0
    with pytest.raises(RefusedError):
        recovery.confirm(recovery=asked, by=network.user(name), used_second_factor=True)
    with pytest.raises(RefusedError):
        recovery.ask(user=network.user("editor-th"), by=network.user("focal-kh"))


def test_without_their_own_second_factor_they_are_sent_to_it(
    network: Network, lost: User, demo: None
) -> None:
    asked = recovery.ask(user=lost, by=lost)
    answer = network.client("second").post(f"/admin/people/lost-phones/{asked.pk}/")
    assert answer["Location"].startswith("/accounts/2fa/")
    with pytest.raises(RefusedError, match="Use your own second factor first"):
        recovery.confirm(recovery=asked, by=network.user("second"), used_second_factor=False)
    assert asked.confirmations.count() == 0


def test_after_three_days_it_has_to_be_asked_again(network: Network, lost: User) -> None:
    asked = recovery.ask(user=lost, by=lost)
    decide(network, "second", asked)
    Recovery.objects.update(asked_at=timezone.now() - timedelta(hours=72))
    answer = decide(network, "third", asked)
    assert "It has to be asked for again." in answer.content.decode()
    assert factors(lost) == 2
    assert (recoveries_expired(), recoveries_expired()) == (1, 0)
    again = recovery.ask(user=lost, by=lost)
    assert (again.pk == asked.pk, again.confirmations.count()) == (False, 0)


def test_one_refuses_and_it_is_over(network: Network, lost: User) -> None:
    asked = recovery.ask(user=lost, by=lost)
    decide(network, "second", asked)
    decide(network, "third", asked, "refuse")
    decide(network, "secretariat", asked)
    assert (Recovery.objects.get().state, factors(lost)) == ("refused", 2)


def test_the_secretariat_opens_it_by_a_post(network: Network, lost: User) -> None:
    client, url = with_second_factor(network.user("second")), f"/admin/people/{lost.pk}/lost-phone/"
    client.get(url)
    assert Recovery.objects.count() == 0
    client.post(url)
    with_second_factor(network.user("focal-kh")).post(f"/admin/people/{lost.pk}/lost-phone/")
    assert Recovery.objects.get().user == lost
    assert "editor-kh" in client.get("/admin/people/lost-phones/").content.decode()


def test_a_code_that_was_used_is_refused(network: Network, lost: User) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=lost).delete()
    TOTP.activate(lost, secret)
    first, second = with_password_alone(lost), with_password_alone(lost)
    code = code_of(secret)
    assert first.post(CODE, {"code": code})["Location"] == "/admin/"
    answer = second.post(CODE, {"code": code})
    assert answer.status_code == 200
    assert "Incorrect code." in answer.content.decode()
    assert "_auth_user_id" not in second.session
    failed = AuditEntry.objects.filter(action="accounts.factor_failed", name="editor-kh")
    assert failed.count() == 1


def test_a_recovery_code_opens_once_and_is_told_of(network: Network, lost: User) -> None:
    authenticator = Authenticator.objects.get(user=lost, type="recovery_codes")
    code = RecoveryCodes(authenticator).get_unused_codes()[0]
    assert with_password_alone(lost).post(CODE, {"code": code})["Location"] == "/admin/"
    assert with_password_alone(lost).post(CODE, {"code": code}).status_code == 200
    used = AuditEntry.objects.filter(action="accounts.recovery_code_used", actor="editor-kh")
    assert used.count() == 1


def test_too_many_codes_are_answered_with_429(network: Network, lost: User) -> None:
    client = with_password_alone(lost)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_setting_one_up_makes_recovery_codes(
    network: Network, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(LOGIN, {"login": "editor-th", "password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    # allauth tells of it after the commit.
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    user = network.user("editor-th")
    kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    assert set(kinds) == {"totp", "recovery_codes"}
    added = AuditEntry.objects.filter(action="accounts.factor_added", actor="editor-th")
    assert {entry.data["type"] for entry in added} == {"totp", "recovery_codes"}
