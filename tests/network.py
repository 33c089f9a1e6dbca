"""Two provisioned countries with people in them, made once for a module of tests."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from coalition.accounts.models import User
from coalition.sections.models import Role, Section
from countries.domain.groups import ensure_group
from countries.domain.provision import provision_section
from countries.domain.rights import ensure_network_group, ensure_secretariat
from countries.models import SectionPage
from tests.factories import UserFactory


@dataclass(frozen=True)
class Network:
    """Cambodia in English and Khmer, Thailand in English and Thai."""

    kh: Section
    th: Section

    def root(self, section: Section, language: str = "en") -> SectionPage:
        return SectionPage.objects.get(section=section, locale__language_code=language)

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def client(self, name: str) -> Client:
        """A browser in which that person is signed in."""
        client = Client()
        client.force_login(self.user(name))
        return client


def join(name: str, group: Group) -> User:
    user = UserFactory.create(username=name)
    user.groups.add(group)
    return user


def build() -> Network:
    kh, th = (
        provision_section(code=code, kind="country", languages_used=languages).section
        for code, languages in (("kh", ["en", "km"]), ("th", ["en", "th"]))
    )
    join("secretariat", ensure_secretariat())
    join("campaigner", ensure_network_group(Role.CAMPAIGNERS))
    join("reader-km", ensure_network_group(Role.READERS, "km"))
    join("translator-all-km", ensure_network_group(Role.TRANSLATORS, "km"))
    for section in (kh, th):
        join(f"focal-{section.code}", ensure_group(Role.FOCAL_POINTS, section))
        join(f"editor-{section.code}", ensure_group(Role.EDITORS, section))
        join(f"campaigner-{section.code}", ensure_group(Role.CAMPAIGNERS, section))
    join("translator-km", ensure_group(Role.TRANSLATORS, kh, "km"))
    UserFactory.create(username="superuser", is_superuser=True)
    UserFactory.create(username="nobody")
    return Network(kh, th)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Network]:
    """The network in a transaction around all tests of a module; each test undoes its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def network(built: Network, db: None) -> Network:
    return Network(Section.objects.get(pk=built.kh.pk), Section.objects.get(pk=built.th.pk))


@pytest.fixture
def demo(settings: object) -> None:
    """The demonstration, which waives the second factor."""
    settings.DEMO = True
