"""Letters go to whom they are owed, in their language."""

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from coalition.accounts import letters
from coalition.jobs.models import OutboxItem
from coalition.sections.models import Role
from countries.domain.groups import ensure_group
from tests.factories import SectionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_letter_is_owed_until_the_commit_and_only_to_whom_has_an_address() -> None:
    people = [
        UserFactory.create(email="a@example.org"),
        UserFactory.create(email=""),
        UserFactory.create(email="b@example.org", is_active=False),
    ]
    assert letters.write(to=people, letter="reminder", pages=[]) == 1
    assert OutboxItem.objects.get().args[0] == people[0].pk
    assert mail.outbox == []


def test_the_language_is_the_chosen_one_else_that_of_the_work() -> None:
    section = SectionFactory.create(languages=["km", "en"])
    user = UserFactory.create()
    assert letters.language_of(user) == "en"
    user.groups.add(ensure_group(Role.EDITORS, section))
    assert letters.language_of(user) == "km"
    user.groups.add(ensure_group(Role.TRANSLATORS, None, "lo"))
    assert letters.language_of(user) == "lo"
    UserProfile.objects.create(user=user, preferred_language="ur")
    user.refresh_from_db()
    assert letters.language_of(user) == "ur"
