"""Who sees whom, who gives which roles, what a revoked person keeps: nothing."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from coalition.accounts.domain import access, invitations, roles
from coalition.accounts.domain.hand_over import hand_over
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Invitation, User
from coalition.accounts.tasks import send_letter
from coalition.audit.models import AuditEntry
from coalition.jobs.models import OutboxItem
from coalition.sections.models import Section, SectionGroup
from tests.factories import UserFactory, now, standard_page
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
LIST = "/admin/people/"


def role(name: str, section: Section | None, language: str = "") -> SectionGroup:
    return SectionGroup.objects.get(role=name, section=section, language=language)


def names(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def listed(client: Client, query: str = "") -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {user.username for user in answer.context["object_list"]}


def test_the_secretariat_sees_everybody_by_what_they_do(network: Network) -> None:
    client = network.client("secretariat")
    assert listed(client) == set(User.objects.values_list("username", flat=True))
    assert listed(client, "section=kh&role=editors") == {"editor-kh"}
    assert listed(client, "language=km") == {"translator-km", "translator-all-km", "reader-km"}
    assert listed(client, "section=kh&language=km") == {"translator-km"}
    assert listed(client, "state=revoked") == set()
    assert listed(client, "q=translator") == {"translator-km", "translator-all-km"}


def test_a_focal_point_sees_their_own_section(network: Network) -> None:
    network.user("editor-kh").groups.add(role("editors", network.th).group)
    client = network.client("focal-kh")
    own = {"focal-kh", "editor-kh", "campaigner-kh", "translator-km"}
    assert listed(client) == own
    assert listed(client, "section=th") == own
    assert listed(client, "role=editors") == {"editor-kh"}
    content = client.get(f"{LIST}{network.user('editor-kh').pk}/").content.decode()
    assert "Cambodia" in content
    assert "Thailand" not in content + client.get(LIST).content.decode()
    for name in ("editor-th", "secretariat"):
        assert client.get(f"{LIST}{network.user(name).pk}/").status_code == 404


def test_no_real_name_and_no_address_is_shown(network: Network) -> None:
    user = network.user("editor-kh")
    user.first_name, user.last_name, user.email = "Zebra", "Fish", "zebra@example.org"
    user.save()
    client = network.client("secretariat")
    for url in (LIST, f"{LIST}{user.pk}/", "/admin/account/"):
        assert "Zebra" not in client.get(url).content.decode()
        assert "zebra@example.org" not in client.get(url).content.decode()
    assert "first_name" not in network.client("editor-kh").get("/admin/account/").content.decode()


@pytest.mark.parametrize("name", ["editor-kh", "campaigner", "reader-km", "nobody"])
def test_nobody_else_sees_people(network: Network, name: str) -> None:
    client = network.client(name)
    for url in (LIST, f"{LIST}results/", f"{LIST}{network.user('editor-kh').pk}/"):
        assert client.get(url).status_code == 302
    if name != "nobody":
        assert 'href="/admin/people/"' not in client.get("/admin/").content.decode()


def test_the_queries_do_not_grow_with_the_people(network: Network) -> None:
    counted = []
    for number in (1, 3):
        for _ in range(number):
            UserFactory.create().groups.add(role("translators", network.th, "th").group)
        client = network.client("secretariat")
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_roles_are_given_and_taken_and_told(network: Network) -> None:
    user = network.user("editor-kh")
    given = [role("translators", network.kh, "km"), role("campaigners", network.kh)]
    data = {"roles": [row.pk for row in given]}
    network.client("focal-kh").post(f"{LIST}{user.pk}/", data)
    assert names(user) == {"kh translators km", "kh campaigners"}
    told = AuditEntry.objects.filter(name="editor-kh", actor="focal-kh")
    assert {
        (entry.action, entry.data["role"], entry.section, entry.language) for entry in told
    } == {
        ("accounts.role_taken", "kh editors", "kh", ""),
        ("accounts.role_given", "kh translators km", "kh", "km"),
        ("accounts.role_given", "kh campaigners", "kh", ""),
    }


def test_a_focal_point_leaves_the_roles_of_others_alone(network: Network) -> None:
    user = network.user("editor-kh")
    user.groups.add(role("editors", network.th).group, role("focal-points", network.kh).group)
    network.client("focal-kh").post(f"{LIST}{user.pk}/", {"roles": []})
    assert names(user) == {"th editors", "kh focal-points"}


@pytest.mark.parametrize(("name", "code"), [("focal-points", "kh"), ("editors", "th")])
def test_a_focal_point_gives_no_other_roles(network: Network, name: str, code: str) -> None:
    user, section = network.user("editor-kh"), network.kh if code == "kh" else network.th
    answer = network.client("focal-kh").post(
        f"{LIST}{user.pk}/", {"roles": [role(name, section).pk]}
    )
    assert answer.status_code == 200
    assert names(user) == {"kh editors"}
    with pytest.raises(RefusedError):
        roles.set_roles(user=user, roles=[role(name, section)], by=network.user("focal-kh"))
    with pytest.raises(RefusedError):
        roles.set_roles(user=network.user("editor-th"), roles=[], by=network.user("focal-kh"))


def test_nobody_changes_themselves_or_a_superuser(network: Network) -> None:
    secretary, superuser = network.user("secretariat"), network.user("superuser")
    for user in (secretary, superuser):
        network.client("secretariat").post(f"{LIST}{user.pk}/", {"roles": []})
        network.client("secretariat").post(f"{LIST}{user.pk}/revoke/")
    assert names(secretary) == {"network secretariat"}
    assert User.objects.filter(is_active=False).count() == 0


def test_revoked_somebody_is_out_at_once(network: Network) -> None:
    User.objects.filter(username__in=["secretariat", "editor-kh"]).update(email="a@example.org")
    user, other = network.user("focal-kh"), network.user("secretariat")
    sent = invitations.invite(
        by=user,
        pseudonym="Moon",
        email="b@example.org",
        language="en",
        roles=[role("editors", network.kh)],
    )
    inside, client = network.client("focal-kh"), network.client("secretariat")
    assert inside.get("/admin/").status_code == 200
    client.post(f"{LIST}{user.pk}/revoke/")
    user.refresh_from_db()
    assert (user.is_active, user.email, names(user)) == (False, "", set())
    assert inside.get("/admin/")["Location"].startswith("/accounts/login/")
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert inside.get("/admin/")["Location"].startswith("/accounts/login/")
    assert Invitation.objects.get(pk=sent.pk).state == "withdrawn"
    told = AuditEntry.objects.get(action="accounts.revoked")
    assert (told.actor, told.name, told.data) == (
        "secretariat",
        "focal-kh",
        {"sessions": 1, "invitations": 1},
    )
    owed = OutboxItem.objects.get(task_path__endswith="send_letter")
    assert owed.args[0] == other.pk
    send_letter.func(*owed.args)
    assert "Access revoked: focal-kh" in mail.outbox[0].subject


def test_revoking_is_the_secretariats_and_happens_once(network: Network) -> None:
    user = network.user("editor-kh")
    network.client("focal-kh").post(f"{LIST}{user.pk}/revoke/")
    network.client("secretariat").get(f"{LIST}{user.pk}/revoke/")
    assert network.user("editor-kh").is_active
    with pytest.raises(RefusedError):
        access.revoke(user=user, by=network.user("focal-kh"))
    access.revoke(user=user, by=network.user("secretariat"))
    with pytest.raises(RefusedError, match="already"):
        access.revoke(user=user, by=network.user("secretariat"))
    with pytest.raises(RefusedError, match="Invite them once more"):
        roles.set_roles(
            user=user, roles=[role("editors", network.kh)], by=network.user("secretariat")
        )


def test_a_section_is_handed_over_with_all_that_was_left(network: Network) -> None:
    old, new = network.user("focal-kh"), network.user("editor-kh")
    page = standard_page(network.root(network.kh), live=False, owner=old)
    page.save_revision()
    state = network.kh.workflow.start(page, old)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=old)
    elsewhere = standard_page(network.root(network.th), live=False, owner=old)
    url = "/admin/people/hand-over/kh/"
    assert "focal-kh" in network.client("secretariat").get(url).content.decode()
    network.client("secretariat").post(url, {"to": [new.pk]})
    assert names(old) == set()
    assert names(new) == {"kh editors", "kh focal-points"}
    page, elsewhere = now(page), now(elsewhere)
    assert (page.owner, page.locked_by, elsewhere.owner) == (new, new, old)
    state.refresh_from_db()
    assert state.requested_by == new
    told = AuditEntry.objects.get(action="accounts.handed_over")
    assert (told.actor, told.section) == ("secretariat", "kh")
    assert told.data == {
        "from": ["focal-kh"],
        "to": ["editor-kh"],
        "owned": 1,
        "locked": 1,
        "submitted": 1,
    }


def test_handing_over_is_the_secretariats_and_needs_somebody(network: Network) -> None:
    url, new = "/admin/people/hand-over/kh/", network.user("editor-kh")
    assert network.client("focal-kh").post(url, {"to": [new.pk]}).status_code == 302
    with pytest.raises(RefusedError):
        hand_over(section=network.kh, to=[new], by=network.user("focal-kh"))
    answer = network.client("secretariat").post(url, {})
    assert "Tick at least one person." in answer.content.decode()
    access.revoke(user=new, by=network.user("secretariat"))
    answer = network.client("secretariat").post(url, {"to": [new.pk]})
    assert answer.status_code == 200
    assert names(network.user("focal-kh")) == {"kh focal-points"}


def test_wagtails_own_pages_of_users_change_nothing(network: Network) -> None:
    user, client = network.user("nobody"), network.client("secretariat")
    data = {
        "username": "nobody",
        "email": "",
        "first_name": "a",
        "last_name": "b",
        "is_active": "on",
        "is_superuser": "on",
        "password1": "seventeen blue kites",
        "password2": "seventeen blue kites",
        "groups": [role("secretariat", None).group.pk],
    }
    for url in (f"edit/{user.pk}/", f"delete/{user.pk}/"):
        answer = client.post(f"/admin/users/{url}", data)
        assert answer["Location"] == f"/admin/people/{user.pk}/"
    client.post("/admin/users/new/", {**data, "username": "another"})
    for action in ("delete", "assign_role", "set_active_state"):
        client.post(
            f"/admin/bulk/accounts/user/{action}/?id={user.pk}",
            {"role": role("secretariat", None).group.pk, "mark_as_active": "False"},
        )
    assert not User.objects.filter(username="another").exists()
    row = User.objects.get(pk=user.pk)
    assert (row.is_superuser, row.is_active, row.first_name, names(row)) == (False, True, "", set())
