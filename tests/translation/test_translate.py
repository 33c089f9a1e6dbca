"""Starting a translation: who may, into which language, and what the draft is like."""

import pytest
from django.http import HttpResponse
from wagtail.models import Locale, Page, PageLogEntry

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.core.models import CoalitionPage, PageKey
from coalition.sections.models import Section
from coalition.translation.domain.starting import TranslationRefusedError, start_translation
from coalition.translation.queries import languages_without, pages_without
from home.models import StandardPage
from tests.factories import (
    TopicFactory,
    call_page,
    campaign_page,
    home_of,
    make_page,
    now,
    standard_page,
    story_page,
    translate,
)
from tests.interchange.lines import line, paragraph, run
from tests.interchange.test_types import CALL, CAMPAIGN, STORY, fields_of
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")


def ask(network: Network, name: str, page: Page, **data: object) -> HttpResponse:
    return network.client(name).post(f"/admin/translate/{page.pk}/", data)


def version(page: Page, language: str) -> CoalitionPage | None:
    locale = Locale.objects.get(language_code=language)
    found = page.get_translation_or_none(locale)
    return found.specific if found else None


@pytest.mark.parametrize("name", ["editor-kh", "focal-kh", "secretariat"])
def test_a_page_becomes_a_draft_in_another_language(network: Network, name: str) -> None:
    page = standard_page(network.root(network.kh), title="Guide", topics=[TopicFactory.create()])
    answer = ask(network, name, page, language="km")
    draft = version(page, "km")
    assert draft is not None
    assert answer.headers["Location"] == f"/admin/translation/{draft.pk}/"
    assert (draft.live, draft.title, draft.slug) == (False, "Guide", page.slug)
    assert draft.url_path == "/km/countries/cambodia/guide/"
    assert (draft.section, draft.owner) == (network.kh, network.user(name))
    assert list(draft.topics.all()) == list(page.topics.all())
    assert PageKey.objects.get(translation_key=page.translation_key).source_language == "en"
    entry = PageLogEntry.objects.filter(page=draft, action="wagtail.copy_for_translation").get()
    assert entry.user == network.user(name)


@pytest.mark.parametrize(("live", "workflow"), [(True, "translations"), (False, "kh")])
def test_the_draft_of_a_public_text_goes_to_a_second_reader(
    network: Network, live: bool, workflow: str
) -> None:
    page = standard_page(network.root(network.kh), live=live)
    ask(network, "editor-kh", page, language="km")
    draft = version(page, "km")
    assert draft is not None
    assert draft.get_workflow().name == workflow
    answer = network.client("translator-km").get(f"/admin/pages/{draft.pk}/edit/")
    assert answer.status_code == 200
    assert "action-submit" in answer.content.decode()
    assert "action-publish" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("editor-kh", "th"),
        ("editor-kh", "vi"),
        ("editor-kh", "xx"),
        ("editor-kh", ""),
        ("secretariat", "th"),
        ("editor-th", "km"),
        ("translator-km", "km"),
        ("reader-km", "km"),
        ("campaigner", "km"),
    ],
)
def test_nothing_is_made_without_rights_or_outside_the_sections_languages(
    network: Network, name: str, language: str
) -> None:
    page = standard_page(network.root(network.kh))
    before = Page.objects.count()
    ask(network, name, page, language=language)
    assert Page.objects.count() == before


def test_a_second_draft_in_the_same_language_is_refused(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    ask(network, "editor-kh", page, language="km")
    before = Page.objects.count()
    ask(network, "editor-kh", page, language="km")
    assert Page.objects.count() == before
    with pytest.raises(TranslationRefusedError, match="exists in that language already"):
        start_translation(source=page, language="km", user=network.user("editor-kh"))


def test_a_parent_has_to_be_translated_first(network: Network) -> None:
    parent = standard_page(network.root(network.kh))
    page = standard_page(parent)
    assert languages_without(page, network.user("editor-kh")) == []
    with pytest.raises(TranslationRefusedError, match="above this one has to be translated first"):
        start_translation(source=page, language="km", user=network.user("editor-kh"))


def test_a_newer_draft_is_not_what_is_copied_of_a_live_page(network: Network) -> None:
    page = standard_page(network.root(network.kh), title="Public")
    page.title = "Not yet"
    page.save_revision()
    draft = start_translation(source=now(page), language="km", user=network.user("editor-kh"))
    assert draft.title == "Public"


def test_a_draft_is_copied_as_it_was_last_edited(network: Network) -> None:
    page = standard_page(network.root(network.kh), title="First", live=False)
    page.title = "Second"
    page.save_revision()
    draft = start_translation(source=now(page), language="km", user=network.user("editor-kh"))
    assert draft.title == "Second"


@pytest.mark.parametrize("name", ["translator-km", "translator-all-km"])
def test_translators_begin_in_the_place_that_lacks_the_page(network: Network, name: str) -> None:
    page = standard_page(network.root(network.kh), title="Guide")
    standard_page(network.root(network.kh), title="Secret", live=False)
    place = network.root(network.kh, "km")
    client = network.client(name)
    content = client.get(f"/admin/translate/{place.pk}/").content.decode()
    assert ("Guide (English)" in content, "Secret" in content) == (True, False)
    answer = client.post(f"/admin/translate/{place.pk}/", {"source": page.pk})
    draft = version(page, "km")
    assert draft is not None
    assert answer.headers["Location"] == f"/admin/translation/{draft.pk}/"
    assert (draft.live, draft.owner) == (False, network.user(name))
    assert pages_without(place, network.user(name)) == []


def test_only_pages_that_are_offered_can_be_asked_for(network: Network) -> None:
    secret = standard_page(network.root(network.kh), live=False)
    foreign = standard_page(network.root(network.th))
    place = network.root(network.kh, "km")
    for page in (secret, foreign):
        ask(network, "translator-km", place, source=page.pk)
        assert version(page, "km") is None


def test_a_page_is_offered_in_its_source_language(network: Network) -> None:
    Section.objects.filter(code="kh").update(languages=["en", "km", "vi"])
    root = network.root(network.kh).copy_for_translation(Locale.objects.get(language_code="vi"))
    page = standard_page(network.root(network.kh, "km"), title="ដើម")
    translate(page, "en", title="Copy")
    assert [found.title for found in pages_without(root, network.user("focal-kh"))] == [
        "Campaigns",
        "Stories",
        "ដើម",
    ]


def test_a_page_of_the_network_goes_into_the_languages_one_may_write_in(network: Network) -> None:
    page = standard_page(home_of())
    assert languages_without(page, network.user("translator-all-km")) == ["km"]
    assert len(languages_without(page, network.user("secretariat"))) == 20
    assert languages_without(page, network.user("editor-kh")) == []


@pytest.mark.parametrize(
    ("kind", "fields", "model"),
    [
        ("campaign", CAMPAIGN, CampaignPage),
        ("call", CALL, CallForActionPage),
        ("story", STORY, SuccessStoryPage),
    ],
)
def test_a_translation_keeps_what_is_not_text(
    network: Network, kind: str, fields: dict[str, object], model: type[CoalitionPage]
) -> None:
    body = [paragraph("one"), {"type": "quote", "value": "two"}]
    run(line("x", type=kind, section="kh", fields=fields, body=body, live=True))
    page = model.objects.get()
    draft = start_translation(source=page, language="km", user=network.user("editor-kh"))
    assert fields_of(draft) == fields
    assert fields_of(draft.get_latest_revision_as_object()) == fields
    assert [block.id for block in draft.body] == [block.id for block in page.body]


def test_calls_follow_their_campaign(network: Network) -> None:
    campaign = campaign_page(network.root(network.kh))
    call = call_page(campaign, kind="pledge", goal=500)
    editor = network.user("editor-kh")
    assert languages_without(call, editor) == []
    ask(network, "editor-kh", campaign, language="km")
    assert languages_without(call, editor) == ["km"]
    ask(network, "editor-kh", call, language="km")
    draft = version(call, "km")
    assert (draft.kind, draft.goal, draft.opens) == ("pledge", 500, call.opens)


def test_homes_and_roots_have_nothing_to_translate_into(network: Network) -> None:
    secretariat = network.user("secretariat")
    assert languages_without(home_of(), secretariat) == []
    assert languages_without(network.root(network.kh), secretariat) == []
    assert network.client("secretariat").get("/admin/translate/1/").status_code == 404


def test_the_queries_do_not_grow_with_the_languages(
    network: Network, django_assert_max_num_queries: object
) -> None:
    page = standard_page(home_of())
    secretariat = network.user("secretariat")
    with django_assert_max_num_queries(6):
        assert len(languages_without(page, secretariat)) == 20


def test_the_queries_do_not_grow_with_the_pages(
    network: Network, django_assert_max_num_queries: object
) -> None:
    place = network.root(network.kh, "km")
    story_page(network.root(network.kh))
    for number in (1, 3):
        make_page(StandardPage, network.root(network.kh), slug=f"page-{number}")
    focal = network.user("focal-kh")
    with django_assert_max_num_queries(8):
        assert len(pages_without(place, focal)) == 2
