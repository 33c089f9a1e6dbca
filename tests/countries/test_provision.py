"""Opening a section: complete in one action, again without a change, from any crash onwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import GroupPagePermission, Page

from coalition.jobs.models import OutboxItem
from coalition.sections.models import Role, Section, SectionGroup
from countries.domain.lacking import lacking
from countries.domain.provision import ProvisioningError, provision_section
from countries.models import SectionPage
from tests.factories import standard_page

PAGES = [
    f"/{language}/countries/cambodia/{rest}"
    for language in ("en", "km")
    for rest in ("", "campaigns/", "stories/")
]


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed
    }


def open_kh(*languages: str, **options: Any) -> list[str]:
    return provision_section(code="kh", kind="country", languages_used=languages, **options).done


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("provision_section", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_country_is_opened_with_all_that_belongs_to_it() -> None:
    open_kh("en", "km")
    section = Section.objects.get(code="kh")
    assert (section.kind, section.slug) == ("country", "cambodia")
    assert (section.languages, section.default_language) == (["en", "km"], "en")
    pages = Page.objects.filter(url_path__contains="/cambodia/").order_by("url_path")
    assert sorted(pages.values_list("url_path", flat=True)) == sorted(PAGES)
    assert {page.live for page in pages} == {True}
    roots = SectionPage.objects.filter(section=section)
    assert len(set(roots.values_list("translation_key", flat=True))) == 1
    assert dict(roots.values_list("locale__language_code", "title")) == {
        "en": "Cambodia",
        "km": "កម្ពុជា",
    }
    groups = SectionGroup.objects.filter(section=section).order_by("role", "language")
    assert list(groups.values_list("role", "language")) == [
        ("campaigners", ""),
        ("editors", ""),
        ("focal-points", ""),
        ("translators", "en"),
        ("translators", "km"),
    ]
    assert section.collection.name == "kh"
    assert [task.name for task in section.workflow.tasks] == ["Section review", "Secretariat"]
    assert {root.get_workflow() for root in roots} == {section.workflow}


@pytest.mark.django_db
def test_a_second_run_changes_no_row() -> None:
    open_kh("en", "km")
    before = everything()
    assert open_kh("en", "km") == []
    assert everything() == before


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_changes_no_row() -> None:
    before = everything()
    announced = open_kh("en", "km", dry_run=True)
    assert everything() == before
    assert open_kh("en", "km") == announced


@pytest.mark.django_db
def test_a_dry_run_leaves_no_task_behind(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        open_kh("en", dry_run=True)
    assert (callbacks, OutboxItem.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_languages_are_added_later() -> None:
    open_kh("en")
    assert open_kh("km", "en") == [
        "languages km",
        "page /km/countries/cambodia/",
        "page /km/countries/cambodia/campaigns/",
        "page /km/countries/cambodia/stories/",
        "group",
        "page permission (9)",
        "workflow and its steps",
    ]
    section = Section.objects.get(code="kh")
    assert (section.languages, section.default_language) == (["en", "km"], "en")
    assert lacking([section]) == {}


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


@contextmanager
def killed_after_commit(number: int) -> Iterator[None]:
    """Stop everything as soon as the database has committed for the `number`th time."""
    commit, commits = connection._commit, 0

    def counting() -> None:
        nonlocal commits
        commit()
        commits += 1
        if commits == number:
            raise Killed

    connection._commit = counting
    try:
        yield
    finally:
        connection._commit = commit


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_commit_the_next_run_completes_the_work() -> None:
    """Run after run is killed one commit later than the one before, until one comes through."""
    for kills in range(1, 200):
        try:
            with killed_after_commit(kills):
                open_kh("en", "km")
            break
        except Killed:
            connection.close()
    assert kills > 10
    assert lacking(list(Section.objects.all())) == {}
    pages = Page.objects.filter(url_path__contains="/cambodia/", live=True)
    assert sorted(pages.values_list("url_path", flat=True)) == sorted(PAGES)
    assert open_kh("en", "km") == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["KH", "Kh", " kh "])
def test_the_code_may_be_in_any_case(code: str) -> None:
    provision_section(code=code, kind="country", languages_used=["en"])
    assert Section.objects.get().code == "kh"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["zz", "xx1", "", "k", "khm", "eu", "qo", "un", "កម", "../"])
def test_a_code_that_is_no_country_is_refused(code: str) -> None:
    with pytest.raises(ProvisioningError, match="is not the ISO 3166 alpha-2 code of a country"):
        provision_section(code=code, kind="country", languages_used=["en"])
    assert Section.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["a b", "a_b", "-a", "a--b", "ដី", "", "x" * 51])
def test_the_code_of_a_network_is_a_slug(code: str) -> None:
    with pytest.raises(ProvisioningError, match="The code of a network is its slug"):
        provision_section(code=code, kind="network", languages_used=["en"])


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["network", "kh", "th"])
def test_a_network_cannot_take_a_code_that_means_something_else(code: str) -> None:
    with pytest.raises(ProvisioningError, match="means something else already"):
        provision_section(code=code, kind="network", languages_used=["en"])


@pytest.mark.django_db
def test_a_wrong_language_is_refused() -> None:
    with pytest.raises(ProvisioningError, match="“xx” is no language of this network"):
        open_kh("en", "xx")
    with pytest.raises(ProvisioningError, match="“xx” is no language of this network"):
        open_kh("en", names={"xx": "Kampuchea"})
    assert Section.objects.count() == 0


@pytest.mark.django_db
def test_a_new_section_needs_a_language() -> None:
    with pytest.raises(ProvisioningError, match="A new section needs at least one language"):
        open_kh()
    open_kh("en")
    assert open_kh() == []


@pytest.mark.django_db
def test_the_kind_of_a_section_stays() -> None:
    provision_section(code="pacific", kind="network", languages_used=["en"])
    with pytest.raises(ProvisioningError, match="is not the ISO 3166"):
        provision_section(code="pacific", kind="country", languages_used=["en"])
    Section.objects.filter(code="pacific").update(code="kh")
    with pytest.raises(ProvisioningError, match="“kh” exists already and is a network"):
        open_kh("en")


@pytest.mark.django_db
def test_a_slug_that_is_taken_or_would_change_is_refused() -> None:
    open_kh("en")
    with pytest.raises(ProvisioningError, match="The address “cambodia” is that of section kh"):
        provision_section(code="th", kind="country", languages_used=["en"], slug="Cambodia")
    with pytest.raises(ProvisioningError, match="addresses do not change"):
        open_kh("en", slug="kampuchea")
    assert open_kh("en", slug="cambodia") == []


@pytest.mark.django_db
def test_slug_and_names_of_a_network() -> None:
    provision_section(
        code="pacific",
        kind="network",
        languages_used=["en", "tpi"],
        slug="Oceania & Pacific",
        names={"en": "The Pacific", "tpi": "Pasifik"},
    )
    section = Section.objects.get(code="pacific")
    assert section.slug == "oceania-pacific"
    assert [section.name_in(code) for code in ("en", "tpi", "th")] == [
        "The Pacific",
        "Pasifik",
        "The Pacific",
    ]
    assert Page.objects.get(url_path="/tpi/networks/oceania-pacific/").title == "Pasifik"


@pytest.mark.django_db
def test_a_network_without_a_name_is_called_after_its_code() -> None:
    result = provision_section(code="digital-rights", kind="network", languages_used=["en"])
    assert result.section.name_in("en") == "Digital rights"


@pytest.mark.django_db
def test_a_name_is_set_once_and_may_be_changed() -> None:
    open_kh("en", names={"en": "Kingdom of Cambodia"})
    assert open_kh(names={"en": "Kingdom of Cambodia"}) == []
    assert open_kh(names={"en": "Cambodia"}) == ["name in en"]
    assert Section.objects.get().name_in("en") == "Cambodia"


@pytest.mark.django_db
def test_a_group_made_by_hand_gains_no_rights() -> None:
    group = Group.objects.create(name="kh editors")
    with pytest.raises(ProvisioningError, match="A group “kh editors” exists already"):
        open_kh("en")
    assert not GroupPagePermission.objects.filter(group=group).exists()


@pytest.mark.django_db
def test_deleted_pages_come_back_and_others_stay() -> None:
    open_kh("en")
    section = Section.objects.get()
    root = SectionPage.objects.get(section=section)
    guide = standard_page(root, title="Guide")
    root.get_children().get(slug="stories").specific.delete()
    assert lacking([section]) == {section: ["its list of campaigns or stories in en"]}
    assert open_kh() == ["page /en/countries/cambodia/stories/"]
    assert Page.objects.filter(pk=guide.pk).exists()


@pytest.mark.django_db
def test_the_command_says_what_it_did() -> None:
    arguments = ("kh", "--kind", "country", "--languages", "en, KM,en", "--name", "en=Cambodia")
    announced = run(*arguments, "--dry-run")
    assert announced.startswith("would make section kh\n")
    assert announced.replace("would make", "made") == run(*arguments)
    assert run(*arguments) == "kh: 0 changes\n"
    assert Section.objects.get().languages == ["en", "km"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["zz", "--languages", "en"], "is not the ISO 3166"),
        (["kh", "--languages", ","], "at least one language"),
        (["kh", "--languages", "en", "--name", "Cambodia"], "Write a name as LANG=NAME"),
        (["kh", "--languages", "en", "--name", "en="], "Write a name as LANG=NAME"),
        (["kh", "--languages", "en", "--plugins", "events"], "No plugin “events” is installed"),
    ],
)
def test_the_command_refuses_with_a_reason(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments, "--kind", "country")


@pytest.mark.django_db
def test_rights_of_each_role() -> None:
    open_kh("en", "km")
    rows = GroupPagePermission.objects.filter(group__section_group__section__code="kh")
    found = {
        (role, language, path, codename)
        for role, language, path, codename in rows.values_list(
            "group__section_group__role",
            "group__section_group__language",
            "page__url_path",
            "permission__codename",
        )
    }
    expected = set()
    for code in ("en", "km"):
        root = f"/{code}/countries/cambodia/"
        for right in ("add_page", "change_page"):
            expected |= {
                (Role.FOCAL_POINTS, "", root, right),
                (Role.EDITORS, "", root, right),
                (Role.TRANSLATORS, code, root, right),
                (Role.CAMPAIGNERS, "", f"{root}campaigns/", right),
            }
        expected.add((Role.FOCAL_POINTS, "", root, "lock_page"))
    assert found == expected
