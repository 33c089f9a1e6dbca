"""Browsers of people who have used their second factor."""

from django.test import Client

from coalition.accounts.models import User


def with_second_factor(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
