"""Two who open the same link at the same moment make one account."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from coalition.accounts.domain import invitations
from coalition.accounts.models import User
from coalition.sections.models import Role
from countries.domain.groups import ensure_group
from countries.domain.rights import ensure_secretariat
from tests.factories import SectionFactory, UserFactory


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_account() -> None:
    secretary = UserFactory.create(username="secretary")
    secretary.groups.add(ensure_secretariat())
    role = ensure_group(Role.EDITORS, SectionFactory.create()).section_group
    invitation = invitations.invite(
        by=secretary, pseudonym="Moon", email="a@example.org", language="en", roles=[role]
    )
    start, made = Barrier(2), []

    def accept(name: str) -> None:
        start.wait()
        made.append(
            invitations.accept(
                token=invitation.token, username=name, password="x", keep_address=False
            )
        )
        connection.close()

    both = [Thread(target=accept, args=[name]) for name in ("moon", "sun")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(user is None for user in made) == [False, True]
    assert User.objects.filter(username__in=["moon", "sun"]).count() == 1
