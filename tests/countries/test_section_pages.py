"""The secretariat's pages: list, opening with a preview, changing, archiving; nobody else's."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from coalition.core import languages
from coalition.plugins import registry
from coalition.sections.models import Section, SectionGroup, SectionName
from countries.domain.archive import archive_section, public_pages_of
from countries.domain.lacking import lacking
from countries.domain.provision import provision_section
from tests.countries.test_admin import refused
from tests.factories import SectionFactory
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
INDEX = "/admin/sections/"
OPEN = f"{INDEX}open/"
KH = f"{INDEX}of/kh/"
PAGES = (INDEX, f"{INDEX}results/", OPEN, KH, f"{KH}change/", f"{KH}archive/", f"{KH}bring-back/")
STRANGERS = ("focal-kh", "editor-kh", "translator-km", "campaigner", "reader-km")


def typed(action: str = "preview", **extra: Any) -> dict[str, Any]:
    """What the form for Nepal posts."""
    return {
        "kind": "country",
        "country": "np",
        "code": "",
        "slug": "",
        "approval": "secretariat",
        "place_ne": "1",
        "place_en": "2",
        "name_th": "เนปาล",
        "action": action,
        **extra,
    }


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def secretariat(network: Network) -> Client:
    return network.client("secretariat")


# Who


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_comes_in(network: Network, name: str) -> None:
    client = network.client(name)
    before = list(Section.objects.order_by("pk").values())
    for url in PAGES:
        assert refused(client.get(url)), url
        assert refused(client.post(url, typed("confirm"))) or client.post(url).status_code == 405
    assert list(Section.objects.order_by("pk").values()) == before
    assert f'"{INDEX}"' not in text_of(client, "/admin/")


@pytest.mark.parametrize("name", ["secretariat", "superuser"])
def test_the_secretariat_does(network: Network, name: str) -> None:
    client = network.client(name)
    assert INDEX in text_of(client, "/admin/")
    for url in PAGES[:-1]:
        assert client.get(url).status_code == 200, url


def test_rights_on_all_pages_are_not_enough(network: Network) -> None:
    """Provisioning gives rights; who only holds some at the root by hand does not."""
    group = Group.objects.create(name="By hand")
    group.permissions.set(Group.objects.get(name="network secretariat").permissions.all())
    for row in GroupPagePermission.objects.filter(group__name="network secretariat"):
        GroupPagePermission.objects.create(
            group=group, page=row.page, permission_id=row.permission_id
        )
    network.user("nobody").groups.add(group)
    assert refused(network.client("nobody").get(INDEX))


def test_outside_people_sign_in_first(client: Client) -> None:
    assert client.get(INDEX).headers["Location"].startswith("/accounts/login/")


# The list


def test_the_list_says_what_each_is_and_lacks(network: Network, secretariat: Client) -> None:
    content = text_of(secretariat, INDEX)
    for words in ("Cambodia", "Thailand", "English, Khmer", "The section, then the secretariat"):
        assert words in content
    assert "the group of its editors" not in content
    Group.objects.get(name="kh editors").delete()
    assert "the group of its editors" in text_of(secretariat, INDEX)


def test_the_list_is_searched_and_filtered(network: Network, secretariat: Client) -> None:
    SectionFactory.create(code="water", kind="network", slug="rivers", languages=["en"])
    archive_section(section=network.th)

    def codes(query: str) -> set[str]:
        content = text_of(secretariat, f"{INDEX}results/?{query}")
        return {code for code in ("kh", "th", "water") if f"{INDEX}of/{code}/" in content}

    assert codes("") == {"kh", "th", "water"}
    assert codes("kind=network") == {"water"}
    assert codes("status=archived") == {"th"}
    assert codes("q=cambo") == {"kh"}  # CLDR's name, in no table
    assert codes("q=RIVER") == {"water"}
    assert codes("q=th&kind=country") == {"th"}
    assert codes("q=nowhere") == set()
    assert "No section matches this" in text_of(secretariat, f"{INDEX}?q=nowhere")


def test_an_empty_list_says_what_to_do(network: Network, secretariat: Client) -> None:
    Page.objects.filter(depth=4, url_path__contains="/countries/").delete()
    for section in Section.objects.all():
        section.section_groups.all().delete()
        section.delete()
    content = text_of(secretariat, INDEX)
    assert "There is no section yet." in content
    assert f'href="{OPEN}"' in content


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_is_paged_and_its_queries_do_not_grow(
    network: Network, secretariat: Client, number: int
) -> None:
    text_of(secretariat, INDEX)
    for code in sorted(languages.country_codes() - {"kh", "th"})[:number]:
        SectionFactory.create(code=code, slug=code)
    with CaptureQueriesContext(connection) as captured:
        content = text_of(secretariat, f"{INDEX}?p=1")
    assert len(captured) <= 45
    assert ("p=2" in content) is (number > 18)


# Opening


def test_a_preview_writes_nothing(network: Network, secretariat: Client) -> None:
    before = Page.objects.count(), Section.objects.count(), ModelLogEntry.objects.count()
    answer = secretariat.post(OPEN, typed())
    content = answer.content.decode()
    assert (Page.objects.count(), Section.objects.count(), ModelLogEntry.objects.count()) == before
    for line in (
        "The section np is opened.",
        "A page is made: /ne/countries/nepal/",
        "A page is made: /en/countries/nepal/stories/",
        "5 groups for its people are made.",
        "Its name in this language: Thai.",
    ):
        assert line in content
    steps = provision_section(
        code="np",
        kind="country",
        languages_used=["ne", "en"],
        names={"th": "เนปาล"},
        dry_run=True,
    ).steps
    assert f"These {len(steps)} things will be done:" in content
    assert content.count("<li>") >= len(steps)


def test_what_was_previewed_is_done(network: Network, secretariat: Client) -> None:
    answer = secretariat.post(OPEN, typed("confirm"))
    assert answer.headers["Location"] == f"{INDEX}of/np/"
    section = Section.objects.get(code="np")
    assert (section.languages, section.default_language) == (["ne", "en"], "ne")
    assert (section.name_in("th"), section.approval) == ("เนปาล", "secretariat")
    assert lacking([section]) == {}
    content = text_of(secretariat, f"{INDEX}of/np/")
    assert "The section “Nepal” is open: " in content
    for root in section_roots("np"):
        assert f"/admin/pages/{root.pk}/" in content
        assert f'href="{root.url_path}"' in content
    assert "A page is made: /ne/countries/nepal/" in content  # what was done stands there
    opened = ModelLogEntry.objects.get(action="sections.opened", label="Nepal")
    assert (opened.user.username, opened.label) == ("secretariat", "Nepal")


def section_roots(code: str) -> list[Page]:
    from countries.models import SectionPage

    return list(SectionPage.objects.filter(section__code=code))


def test_going_back_keeps_what_was_typed(network: Network, secretariat: Client) -> None:
    content = secretariat.post(OPEN, typed(slug="nepal-hills")).content.decode()
    for name, value in (("place_ne", "1"), ("name_th", "เนปาล"), ("slug", "nepal-hills")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in content
    back = secretariat.post(OPEN, typed("change", slug="nepal-hills")).content.decode()
    assert 'value="nepal-hills"' in back
    assert 'value="เนปาล"' in back
    assert '<option value="np" selected>' in back
    assert "need to be corrected" not in back


def test_a_network_of_countries(network: Network, secretariat: Client) -> None:
    data = typed("confirm", kind="network", country="", code="Digital-Rights", approval="section")
    secretariat.post(OPEN, data)
    section = Section.objects.get(code="digital-rights")
    assert (section.kind, section.slug, section.approval) == (
        "network",
        "digital-rights",
        "section",
    )
    assert [task.name for task in section.workflow.tasks] == ["Section review"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"country": ""}, "country", "Choose the country."),
        ({"country": "kh"}, "country", "This section exists already."),
        ({"country": "zz"}, "country", "Select a valid choice."),
        ({"kind": "network"}, "code", "Give the network a code."),
        ({"kind": "network", "code": "a b"}, "code", "The code of a network is its slug"),
        ({"kind": "network", "code": "th"}, "code", "This section exists already."),
        ({"kind": "network", "code": "np"}, "code", "means something else already"),
        ({"slug": "cambodia"}, "slug", "The address “cambodia” is that of section kh."),
        ({"slug": "—"}, "slug", "No address can be made from"),
        ({"place_ne": "", "place_en": ""}, "languages", "at least one language"),
        ({"place_en": "1"}, "place_ne", "Another language has this number."),
        ({"place_en": "0"}, "place_en", "greater than or equal to 1"),
        ({"place_en": "first"}, "place_en", "Enter a whole number."),
        ({"name_ne": "x" * 201}, "name_ne", "at most 200 characters"),
        ({"approval": "nobody"}, "approval", "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("action", ["preview", "confirm"])
def test_what_is_wrong_stands_at_its_field(
    network: Network,
    secretariat: Client,
    changes: dict[str, str],
    field: str,
    message: str,
    action: str,
) -> None:
    answer = secretariat.post(OPEN, typed(action, **changes))
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert message in str(form.errors[field])
    assert message in answer.content.decode().replace("&#x27;", "'")
    assert "เนปาล" in answer.content.decode()  # nothing typed is lost
    assert Section.objects.count() == 2


def test_what_stands_in_the_way_is_said(network: Network, secretariat: Client) -> None:
    Group.objects.create(name="np editors")
    answer = secretariat.post(OPEN, typed())
    assert "A group “np editors” exists already" in answer.content.decode()


def test_errors_are_in_the_language_of_the_person(network: Network, secretariat: Client) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(network.user("secretariat"))
    profile.preferred_language = "fr"
    profile.save()
    content = secretariat.post(OPEN, typed(place_en="first")).content.decode()
    assert "Saisissez un nombre entier." in content


# Changing


def change(**extra: Any) -> dict[str, Any]:
    return {"approval": "secretariat", "action": "confirm", **extra}


def test_a_language_is_added(network: Network, secretariat: Client) -> None:
    url = f"{KH}change/"
    content = secretariat.post(url, change(action="preview", place_th="3")).content.decode()
    assert "A language is added: Thai." in content
    assert "A page is made: /th/countries/cambodia/" in content
    assert Section.objects.get(code="kh").languages == ["en", "km"]
    secretariat.post(url, change(place_th="3"))
    section = Section.objects.get(code="kh")
    assert (section.languages, lacking([section])) == (["en", "km", "th"], {})
    assert SectionGroup.objects.filter(section=section, language="th").exists()
    entry = ModelLogEntry.objects.get(action="sections.languages_added")
    assert (entry.user.username, entry.data) == ("secretariat", {"languages": ["th"]})


def test_languages_keep_their_places_whatever_is_posted(
    network: Network, secretariat: Client
) -> None:
    secretariat.post(f"{KH}change/", change(place_en="", place_km="9", place_th="1"))
    assert Section.objects.get(code="kh").languages == ["en", "km"]  # th took the place of en
    secretariat.post(f"{KH}change/", change(place_en="", place_km="9", place_th="5"))
    assert Section.objects.get(code="kh").languages == ["en", "km", "th"]


def test_names_are_given_and_taken(network: Network, secretariat: Client) -> None:
    secretariat.post(f"{KH}change/", change(name_en="Kampuchea", name_th="กัมพูชา"))
    assert Section.objects.get(code="kh").name_in("en") == "Kampuchea"
    content = secretariat.post(
        f"{KH}change/", change(action="preview", name_en="", name_th="กัมพูชา")
    ).content.decode()
    assert "It has no name of its own any more in this language: English." in content
    secretariat.post(f"{KH}change/", change(name_en="", name_th="กัมพูชา"))
    names = SectionName.objects.filter(section=network.kh)
    assert list(names.values_list("language", "name")) == [("th", "กัมพูชา")]


def test_approval_is_changed_and_the_workflow_follows(
    network: Network, secretariat: Client
) -> None:
    secretariat.post(f"{KH}change/", change(approval="section"))
    section = Section.objects.get(code="kh")
    assert [task.name for task in section.workflow.tasks] == ["Section review"]
    entry = ModelLogEntry.objects.get(action="sections.approval_changed")
    assert entry.data == {"before": "secretariat", "after": "section"}
    secretariat.post(f"{KH}change/", change(approval="secretariat"))
    assert [task.name for task in Section.objects.get(code="kh").workflow.tasks] == [
        "Section review",
        "Secretariat",
    ]


def test_code_slug_and_kind_stay(network: Network, secretariat: Client) -> None:
    secretariat.post(f"{KH}change/", change(code="xx", slug="xx", kind="network", country="np"))
    section = Section.objects.get(pk=network.kh.pk)
    assert (section.code, section.slug, section.kind) == ("kh", "cambodia", "country")


def test_what_somebody_else_changed_meanwhile_is_previewed_first(
    network: Network, secretariat: Client
) -> None:
    """The preview said nothing of approval: then nothing is done to it."""
    url = f"{KH}change/"
    Section.objects.filter(code="kh").update(approval="section")
    typed_before = change(approval="section", place_th="3")
    shown = secretariat.post(url, {**typed_before, "action": "preview"}).content.decode()
    [seen] = re.findall(r'name="seen" value="(\w+)"', shown)
    Section.objects.filter(code="kh").update(approval="secretariat")
    again = secretariat.post(url, {**typed_before, "seen": seen})
    assert "The section alone approves from now on." in again.content.decode()
    section = Section.objects.get(code="kh")
    assert (section.approval, section.languages) == ("secretariat", ["en", "km"])
    [seen] = re.findall(r'name="seen" value="(\w+)"', again.content.decode())
    assert secretariat.post(url, {**typed_before, "seen": seen}).status_code == 302
    assert Section.objects.get(code="kh").approval == "section"


def test_when_nothing_changes_it_says_so(network: Network, secretariat: Client) -> None:
    content = secretariat.post(f"{KH}change/", change(action="preview")).content.decode()
    assert "Nothing would change." in content
    assert 'value="confirm"' not in content


# Archiving


def test_archiving_says_what_will_happen_first(network: Network, secretariat: Client) -> None:
    content = text_of(secretariat, f"{KH}archive/")
    assert "Readers see 6 pages of this section." in content
    assert Section.objects.get(code="kh").status == "open"
    answer = secretariat.post(f"{KH}archive/", follow=True)
    assert "6 pages are hidden from readers." in answer.content.decode()
    assert "This section is archived: readers see nothing of it." in answer.content.decode()
    assert public_pages_of(network.kh) == 0
    entry = ModelLogEntry.objects.get(action="sections.archived")
    assert entry.user.username == "secretariat"


def test_it_is_brought_back(network: Network, secretariat: Client) -> None:
    archive_section(section=network.kh)
    assert "What waited for approval goes on" in text_of(secretariat, f"{KH}bring-back/")
    answer = secretariat.post(f"{KH}bring-back/", follow=True)
    assert "6 pages are public." in answer.content.decode()
    assert public_pages_of(network.kh) == 6


def test_what_is_done_already_is_said(network: Network, secretariat: Client) -> None:
    assert "is open already" in secretariat.get(f"{KH}bring-back/", follow=True).content.decode()
    archive_section(section=network.kh)
    assert "is archived already" in secretariat.get(f"{KH}archive/", follow=True).content.decode()


def test_unknown_sections_are_not_found(secretariat: Client) -> None:
    assert secretariat.get(f"{INDEX}of/xx/").status_code == 404


def test_the_report_of_the_site_tells_the_secretariat(
    network: Network, secretariat: Client
) -> None:
    archive_section(section=network.kh, user=network.user("secretariat"))
    url = "/admin/reports/site-history/"
    assert "Archived: hidden from the public" in text_of(secretariat, url)
    assert "Archived: hidden" not in text_of(network.client("focal-kh"), url)


def test_plugins_are_asked_for_where_some_are_installed(secretariat: Client) -> None:
    there = bool(registry.installed())
    assert ('name="plugins"' in text_of(secretariat, OPEN)) is there
    assert ("/admin/plugins/" in text_of(secretariat, KH)) is there
