"""An invitation makes one account with the roles it names, once, and then forgets the address."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from coalition.accounts.domain import invitations
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Invitation, InvitationState, User
from coalition.accounts.tasks import send_invitation
from coalition.accounts.tick import invitations_expired
from coalition.audit.models import AuditEntry
from coalition.jobs.models import OutboxItem
from coalition.sections.models import Section, SectionGroup
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
ADDRESS = "someone@example.org"
PASSWORD = "seventeen blue kites"
NEW = "/admin/people/invitations/new/"


def role(name: str, section: Section | None, language: str = "") -> SectionGroup:
    return SectionGroup.objects.get(role=name, section=section, language=language)


def invited(network: Network, *, by: str = "secretariat", language: str = "en") -> Invitation:
    roles = [role("editors", network.kh), role("translators", network.kh, "km")]
    return invitations.invite(
        by=network.user(by), pseudonym="Moon", email=ADDRESS, language=language, roles=roles
    )


def link(invitation: Invitation) -> str:
    return f"/accounts/invitation/{invitation.language}/{invitation.token}/"


def answer_form(**changes: Any) -> dict[str, Any]:
    return {"username": "moon", "password1": PASSWORD, "password2": PASSWORD, **changes}


def post(network: Network, name: str, roles: list[SectionGroup], **changes: Any) -> Any:
    data = {
        "pseudonym": "Moon",
        "email": ADDRESS,
        "language": "km",
        "roles": [row.pk for row in roles],
        **changes,
    }
    return network.client(name).post(NEW, data)


def now(invitation: Invitation) -> Invitation:
    return Invitation.objects.get(pk=invitation.pk)


def test_the_letter_has_the_link_and_no_table_has_its_token(network: Network) -> None:
    invitation = invited(network, language="km")
    owed = OutboxItem.objects.get(task_path__endswith="send_invitation")
    assert (owed.args, owed.kwargs) == ([invitation.pk], {})
    send_invitation.func(invitation.pk)
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert f"http://localhost:8000{link(invitation)}" in letter.body
    assert "Cambodia" not in letter.body
    stored = str(list(Invitation.objects.values()))
    assert invitation.token not in stored


def test_sent_twice_it_is_the_same_link(network: Network) -> None:
    invitation = invited(network)
    send_invitation.func(invitation.pk)
    send_invitation.func(invitation.pk)
    first, second = mail.outbox
    assert first.body == second.body


def test_reading_the_link_changes_nothing(network: Network, client: Client) -> None:
    invitation, people = invited(network), User.objects.count()
    for _ in range(2):
        answer = client.get(link(invitation))
        assert answer.status_code == 200
        assert 'value="Moon"' in answer.content.decode()
    client.head(link(invitation))
    assert now(invitation).state == InvitationState.WAITING
    assert User.objects.count() == people


def test_the_account_has_the_roles_and_is_led_to_its_second_factor(
    network: Network, client: Client
) -> None:
    invitation = invited(network, language="km")
    answer = client.post(link(invitation), answer_form())
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    user = User.objects.get(username="moon")
    assert {group.name for group in user.groups.all()} == {"kh editors", "kh translators km"}
    assert (user.email, user.is_superuser, user.is_staff) == ("", False, False)
    assert user.wagtail_userprofile.preferred_language == "km"
    row = now(invitation)
    assert (row.state, row.email, row.user) == ("used", "", user)
    assert client.get("/accounts/2fa/").status_code == 200
    given = AuditEntry.objects.filter(action="accounts.role_given", name="moon")
    assert {entry.actor for entry in given} == {"secretariat"}
    assert ADDRESS not in str(list(AuditEntry.objects.values()))


def test_who_wants_letters_keeps_the_address(network: Network, client: Client) -> None:
    client.post(link(invited(network)), answer_form(keep_address="on"))
    assert User.objects.get(username="moon").email == ADDRESS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password2": "another one"}, "The two passwords differ."),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
        ({"username": "moonlight", "password1": "moonlight", "password2": "moonlight"}, "similar"),
        ({"username": "SECRETARIAT"}, "This name is taken."),
        ({"username": "two words"}, "Enter a valid username."),
        ({"username": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_still_works(
    network: Network, client: Client, changes: dict[str, str], said: str
) -> None:
    invitation, people = invited(network), User.objects.count()
    answer = client.post(link(invitation), answer_form(**changes))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert User.objects.count() == people
    assert client.post(link(invitation), answer_form()).status_code == 302


def expired(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def withdrawn(invitation: Invitation) -> None:
    assert invitation.invited_by is not None
    invitations.withdraw(invitation=invitation, by=invitation.invited_by)


def used(invitation: Invitation) -> None:
    Client().post(link(invitation), answer_form(username="sun"))


def inviter_lost_the_right(invitation: Invitation) -> None:
    assert invitation.invited_by is not None
    invitation.invited_by.groups.clear()


@pytest.mark.parametrize(
    ("void", "said"),
    [
        (expired, "Its time is over."),
        (withdrawn, "It was withdrawn."),
        (used, "It was used already"),
        (inviter_lost_the_right, "It was withdrawn."),
    ],
)
def test_a_void_link_says_why_and_makes_nothing(
    network: Network, client: Client, void: Any, said: str
) -> None:
    invitation = invited(network, by="focal-kh")
    void(invitation)
    people = User.objects.count()
    for answer in (client.get(link(invitation)), client.post(link(invitation), answer_form())):
        assert answer.status_code == 410
        assert said in answer.content.decode()
    assert User.objects.count() == people
    assert "_auth_user_id" not in client.session


def test_an_unknown_link_is_answered_in_the_readers_language(
    network: Network, client: Client
) -> None:
    answer = client.get("/accounts/invitation/ur/nonsense/")
    assert (answer.status_code, answer["Content-Language"]) == (410, "ur")
    assert 'dir="rtl"' in answer.content.decode()
    answer = client.get("/accounts/invitation/xx/nonsense/", headers={"Accept-Language": "km-KH"})
    assert (answer.status_code, answer["Content-Language"]) == (410, "km")


def test_sent_again_the_link_before_is_void(network: Network, client: Client) -> None:
    invitation = invited(network)
    before = link(invitation)
    url = f"/admin/people/invitations/{invitation.pk}/again/"
    network.client("secretariat").post(url)
    assert client.get(before).status_code == 410
    assert client.get(link(now(invitation))).status_code == 200


def test_an_expired_one_is_sent_again_until_its_address_is_forgotten(network: Network) -> None:
    invitation = invited(network)
    expired(invitation)
    invitations.send_again(invitation=invitation, by=network.user("secretariat"))
    assert now(invitation).state_now == InvitationState.WAITING
    expired(invitation)
    assert invitations_expired() == 1
    assert invitations_expired() == 0
    row = now(invitation)
    assert (row.state, row.email) == ("expired", "")
    with pytest.raises(RefusedError, match="Invite the person once more"):
        invitations.send_again(invitation=invitation, by=network.user("secretariat"))
    assert AuditEntry.objects.filter(action="accounts.invitation_expired").count() == 1


def test_a_letter_that_is_late_is_not_sent(network: Network) -> None:
    invitation = invited(network)
    withdrawn(invitation)
    send_invitation.func(invitation.pk)
    assert mail.outbox == []


def test_the_database_keeps_no_address_of_an_invitation_that_is_over(network: Network) -> None:
    invitation = invited(network)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(state="used")


def test_the_secretariat_invites_to_everything(network: Network) -> None:
    roles = [role("focal-points", network.th), role("secretariat", None)]
    assert post(network, "secretariat", roles).status_code == 302
    assert set(Invitation.objects.get().roles.all()) == set(roles)


def test_a_focal_point_invites_into_their_section(network: Network) -> None:
    roles = [role("editors", network.kh), role("campaigners", network.kh)]
    roles.append(role("translators", network.kh, "km"))
    assert post(network, "focal-kh", roles).status_code == 302
    assert set(Invitation.objects.get().roles.all()) == set(roles)


@pytest.mark.parametrize(
    "wanted",
    [
        ("focal-points", "kh", ""),
        ("editors", "th", ""),
        ("translators", "th", "th"),
        ("translators", "", "km"),
        ("campaigners", "", ""),
        ("secretariat", "", ""),
    ],
)
def test_a_focal_point_invites_nobody_else(network: Network, wanted: tuple[str, str, str]) -> None:
    name, code, language = wanted
    section = {"kh": network.kh, "th": network.th}.get(code)
    roles = [role("editors", network.kh), role(name, section, language)]
    answer = post(network, "focal-kh", roles)
    assert answer.status_code == 200
    assert "Select a valid choice." in answer.content.decode()
    assert Invitation.objects.count() == 0
    with pytest.raises(RefusedError):
        invitations.invite(
            by=network.user("focal-kh"),
            pseudonym="Moon",
            email=ADDRESS,
            language="km",
            roles=roles,
        )


def test_what_was_typed_stays_when_something_is_wrong(network: Network) -> None:
    answer = post(network, "secretariat", [], email="no address")
    content = answer.content.decode()
    assert "Tick at least one role." in content
    assert "Enter a valid email address." in content
    assert 'value="Moon"' in content
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("name", ["editor-kh", "translator-km", "campaigner", "nobody"])
def test_nobody_else_invites(network: Network, name: str) -> None:
    assert network.client(name).get(NEW).status_code == 302
    assert post(network, name, [role("editors", network.kh)]).status_code == 302
    assert network.client(name).get("/admin/people/invitations/").status_code == 302
    assert Invitation.objects.count() == 0


def test_a_focal_point_sees_and_touches_their_own_sections_invitations(network: Network) -> None:
    theirs = invitations.invite(
        by=network.user("secretariat"),
        pseudonym="Zebrafish",
        email=ADDRESS,
        language="en",
        roles=[role("editors", network.th), role("editors", network.kh)],
    )
    own = invited(network, by="focal-kh")
    client = network.client("focal-kh")
    content = client.get("/admin/people/invitations/").content.decode()
    assert "Moon" in content
    assert "Zebrafish" not in content
    assert ADDRESS not in content
    for what in ("again", "withdraw"):
        assert client.post(f"/admin/people/invitations/{theirs.pk}/{what}/").status_code == 404
    assert now(theirs).token_digest == theirs.token_digest
    client.get(f"/admin/people/invitations/{own.pk}/withdraw/")
    assert now(own).state == InvitationState.WAITING
    client.post(f"/admin/people/invitations/{own.pk}/withdraw/")
    assert now(own).state == InvitationState.WITHDRAWN


def test_the_list_is_narrowed_by_state(network: Network) -> None:
    late, waiting = invited(network), invited(network)
    Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    client = network.client("secretariat")
    for state, row in (("waiting", waiting), ("expired", late)):
        answer = client.get(f"/admin/people/invitations/?state={state}")
        assert list(answer.context["object_list"]) == [row]
    answer = client.get("/admin/people/invitations/?state=used")
    assert "Take the filter away." in answer.content.decode()
