"""Who holds what, counted in rows: few for everybody, `publish` for the secretariat alone."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Locale, Page, Workflow

from coalition.accounts.models import User
from coalition.core import languages
from coalition.sections.models import Role, Section
from countries.domain.groups import ensure_group
from countries.domain.provision import provision_section
from countries.models import SectionPage
from tests.factories import UserFactory
from tests.network import Network

MOST_ROWS = 100


def rows_of(user: User) -> int:
    return GroupPagePermission.objects.filter(group__user=user).count()


def test_only_the_secretariat_publishes(network: Network) -> None:
    holders = GroupPagePermission.objects.filter(permission__codename="publish_page")
    assert list(holders.values_list("group__name", "page__depth")) == [("network secretariat", 1)]


def test_the_secretariat_holds_the_root_alone(network: Network) -> None:
    rows = GroupPagePermission.objects.filter(group__name="network secretariat")
    assert set(rows.values_list("page__depth", flat=True)) == {1}


@pytest.mark.django_db
def test_wagtails_own_groups_and_workflow_are_gone() -> None:
    assert Group.objects.filter(name__in=["Moderators", "Editors"]).count() == 0
    assert Workflow.objects.filter(name="Moderators approval").count() == 0


def test_everybody_has_few_rows(network: Network) -> None:
    assert {user.username: rows_of(user) for user in User.objects.filter(groups__isnull=False)} == {
        "secretariat": 6,
        "campaigner": 42,
        "reader-km": 1,
        "translator-all-km": 2,
        "translator-km": 2,
        "focal-kh": 6,
        "editor-kh": 4,
        "campaigner-kh": 4,
        "focal-th": 6,
        "editor-th": 4,
        "campaigner-th": 4,
    }


@pytest.mark.django_db
def test_the_widest_network_leaves_its_people_few_rows() -> None:
    codes = languages.codes()
    section = provision_section(code="pacific", kind="network", languages_used=codes).section
    focal = UserFactory.create()
    focal.groups.add(ensure_group(Role.FOCAL_POINTS, section))
    assert rows_of(focal) == 3 * len(codes) <= MOST_ROWS


def test_everybody_of_a_section_may_enter_the_admin(network: Network) -> None:
    able = User.objects.exclude(username="nobody")
    assert [user.username for user in able if not user.has_perm("wagtailadmin.access_admin")] == []
    assert not network.user("nobody").has_perm("wagtailadmin.access_admin")


def test_the_secretariat_keeps_people_topics_sites_and_workflows(
    network: Network,
) -> None:
    secretariat = network.user("secretariat")
    for what in (
        "accounts.change_user",
        "core.add_topic",
        "wagtailcore.change_site",
        "wagtailcore.change_workflow",
        "wagtailcore.change_task",
    ):
        assert secretariat.has_perm(what), what


def test_rights_follow_a_section_root_into_a_new_language(network: Network) -> None:
    Section.objects.filter(code="kh").update(languages=["en", "km", "vi"])
    copy = network.root(network.kh).copy_for_translation(Locale.objects.get(language_code="vi"))
    held = GroupPagePermission.objects.filter(page=copy)
    assert set(held.values_list("group__name", "permission__codename")) == {
        ("kh focal-points", "add_page"),
        ("kh focal-points", "change_page"),
        ("kh focal-points", "lock_page"),
        ("kh editors", "add_page"),
        ("kh editors", "change_page"),
        ("kh translators vi", "add_page"),
        ("kh translators vi", "change_page"),
    }
    assert copy.get_workflow() == network.kh.workflow


def test_rights_given_by_hand_follow_a_page_but_not_those_of_a_language(network: Network) -> None:
    page = network.root(network.kh).get_children().get(slug="stories").specific
    extra = Group.objects.create(name="story circle")
    change = GroupPagePermission.objects.filter(permission__codename="change_page")[0].permission
    for group in (extra, ensure_group(Role.TRANSLATORS, network.kh, "en")):
        GroupPagePermission.objects.create(group=group, page=page, permission=change)
    Page.objects.get(url_path="/km/countries/cambodia/stories/").delete()
    copy = page.copy_for_translation(Locale.objects.get(language_code="km"))
    held = GroupPagePermission.objects.filter(page=copy)
    assert list(held.values_list("group__name", flat=True)) == ["story circle"]


def test_campaigners_keep_their_rights_on_a_copied_list(network: Network) -> None:
    path = "/km/countries/cambodia/campaigns/"
    Page.objects.get(url_path=path).delete()
    source = Page.objects.get(url_path=path.replace("/km/", "/en/")).specific
    copy = source.copy_for_translation(Locale.objects.get(language_code="km"))
    held = GroupPagePermission.objects.filter(page=copy, group__name="kh campaigners")
    assert sorted(held.values_list("permission__codename", flat=True)) == [
        "add_page",
        "change_page",
    ]


def test_network_wide_campaigners_get_the_lists_of_a_new_language(network: Network) -> None:
    rows = GroupPagePermission.objects.filter(group__user__username="campaigner")
    rows.filter(page__locale__language_code="vi").delete()
    provision_section(code="kh", kind="country", languages_used=[])
    assert rows.filter(page__locale__language_code="vi").count() == 2


def test_section_pages_are_roots_in_their_languages(network: Network) -> None:
    assert set(SectionPage.objects.values_list("url_path", flat=True)) == {
        "/en/countries/cambodia/",
        "/km/countries/cambodia/",
        "/en/countries/thailand/",
        "/th/countries/thailand/",
    }
