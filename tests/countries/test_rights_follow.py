"""Rights and approval follow a page into a new language, by whichever way it came there."""

import pytest
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import GroupPagePermission, Locale, ModelLogEntry, Page
from wagtail_localize.models import TranslationSource

from coalition.sections.models import Section
from countries.domain.drift import deviations
from countries.domain.lacking import lacking
from countries.domain.repair import repair_sections
from countries.models import SectionPage
from home.models import ListPage
from tests.factories import campaign_page, child_of, home_of, standard_page, translate
from tests.network import Network

THAI = "th"


def thai() -> Locale:
    return Locale.objects.get(language_code=THAI)


def rights_on(page: Page) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(page=page)
    return set(rows.values_list("group__name", "permission__codename"))


def fresh(section: Section) -> Section:
    return Section.objects.get(pk=section.pk)


def may(network: Network, name: str, page: Page) -> tuple[bool, bool]:
    """Whether that person may edit the page and add below it."""
    rights = Page.objects.get(pk=page.pk).permissions_for_user(network.user(name))
    return rights.can_edit(), "add" in rights.permissions


EXPECTED = {
    ("kh focal-points", "add_page"),
    ("kh focal-points", "change_page"),
    ("kh focal-points", "lock_page"),
    ("kh editors", "add_page"),
    ("kh editors", "change_page"),
}
TRANSLATORS = {("kh translators th", "add_page"), ("kh translators th", "change_page")}


def test_a_root_made_by_translation_opens_the_language(network: Network) -> None:
    copy = network.root(network.kh).copy_for_translation(thai())
    section = fresh(network.kh)
    assert section.languages == ["en", "km", "th"]
    assert rights_on(copy) == EXPECTED | TRANSLATORS
    assert Page.get_workflow(copy) == network.kh.workflow
    assert (copy.live, copy.section) == (False, network.kh)
    entry = ModelLogEntry.objects.get(action="sections.languages_added")
    assert entry.data == {"languages": ["th"]}
    # Its lists would be public at once; they are named as lacking and made by repairing.
    assert "its list of campaigns or stories in th" in str(lacking([section]))
    repair_sections()
    assert deviations([fresh(network.kh), network.th]) == []


def test_wagtail_localizes_own_way_does_the_same(network: Network) -> None:
    root = network.root(network.kh)
    source, _created = TranslationSource.get_or_create_from_instance(root)
    _source, created = source.create_or_update_translation(
        thai(), copy_parent_pages=True, fallback=True
    )
    copy = root.get_translation(thai())
    assert created
    assert rights_on(copy) == EXPECTED | TRANSLATORS
    assert fresh(network.kh).languages == ["en", "km", "th"]
    assert Page.get_workflow(copy) == network.kh.workflow


def test_an_alias_has_rights_and_opens_no_language(network: Network) -> None:
    copy = network.root(network.kh).copy_for_translation(thai(), alias=True)
    assert rights_on(copy) == EXPECTED
    assert Page.get_workflow(copy) == network.kh.workflow
    assert fresh(network.kh).languages == ["en", "km"]


def test_parents_made_on_the_way_have_theirs(network: Network) -> None:
    campaign = campaign_page(network.root(network.kh))
    copy = campaign.copy_for_translation(thai(), copy_parents=True)
    lists = copy.get_parent().specific
    root = lists.get_parent().specific
    assert isinstance(root, SectionPage)
    assert isinstance(lists, ListPage)
    assert rights_on(root) == EXPECTED
    assert rights_on(lists) == {
        ("kh campaigners", "add_page"),
        ("kh campaigners", "change_page"),
    }
    assert copy.section == network.kh
    assert Page.get_workflow(copy) == network.kh.workflow
    assert may(network, "editor-kh", copy) == (True, True)
    assert may(network, "campaigner-kh", copy) == (True, True)
    for stranger in ("editor-th", "campaigner", "translator-km", "translator-all-km"):
        assert may(network, stranger, copy) == (False, False), stranger


@pytest.mark.parametrize("alias", [False, True])
def test_a_whole_tree_at_once(network: Network, alias: bool) -> None:
    root = network.root(network.kh)
    standard_page(standard_page(root, slug="guide"), slug="below")
    copied = CopyPageForTranslationAction(
        page=root, locale=thai(), include_subtree=True, alias=alias
    ).execute(skip_permission_checks=True)
    copied = SectionPage.objects.get(pk=copied.pk)
    for page in copied.get_descendants(inclusive=True).specific():
        assert page.section == network.kh
        assert Page.get_workflow(page) == network.kh.workflow
    campaigners = {("kh campaigners", "add_page"), ("kh campaigners", "change_page")}
    assert rights_on(child_of(copied, "campaigns")) == campaigners
    assert rights_on(child_of(copied, "stories")) == set()


def test_an_ordinary_page_needs_no_rows(network: Network) -> None:
    before = GroupPagePermission.objects.count()
    copy = translate(standard_page(network.root(network.kh)), "km", live=False)
    assert GroupPagePermission.objects.count() == before
    assert may(network, "translator-km", copy) == (True, True)
    assert may(network, "translator-all-km", copy) == (True, True)


def test_rights_given_on_one_page_are_given_on_its_translation(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    row = GroupPagePermission.objects.filter(group__name="th editors").first()
    GroupPagePermission.objects.create(group=row.group, page=page, permission=row.permission)
    copy = translate(page, "km", live=False)
    assert rights_on(copy) == {("th editors", row.permission.codename)}


def test_rights_of_one_language_stay_there(network: Network) -> None:
    copy = network.root(network.kh, "km").copy_for_translation(thai())
    assert ("kh translators km", "change_page") not in rights_on(copy)


def test_lists_of_the_network_give_its_campaigners_theirs(network: Network) -> None:
    source = child_of(home_of("en"), "campaigns")
    child_of(home_of("th"), "campaigns").delete()
    copy = source.copy_for_translation(thai())
    assert rights_on(copy) == {
        ("network campaigners", "add_page"),
        ("network campaigners", "change_page"),
    }
    assert copy.get_workflow().name == "network"
