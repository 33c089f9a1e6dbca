"""What is done with a page is offered for its translations, as far as somebody may do it there."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from coalition.core.models import CoalitionPage, PageKey
from coalition.sections.models import Role
from coalition.translation.cascade import DELETE, MOVE, Done, follow, offers
from countries.domain.groups import ensure_group
from home.models import StandardPage
from search.models import SearchEntry
from tests.countries.test_admin import refused
from tests.factories import now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
PLANT = "zebrafish"


@pytest.fixture
def guide(network: Network) -> StandardPage:
    """A draft of Cambodia in English and Khmer."""
    page = standard_page(network.root(network.kh), slug="guide", title="Guide", live=False)
    translate(page, "km", title="សៀវភៅ", live=False)
    return page


@pytest.fixture
def public(network: Network) -> StandardPage:
    """A public page of Cambodia with one below it, both in English and Khmer."""
    page = standard_page(network.root(network.kh), slug="public", title="Public")
    translate(page, "km")
    translate(standard_page(page, slug="below"), "km")
    return page


def in_language(page: Page, code: str) -> CoalitionPage | None:
    rows = Page.objects.filter(translation_key=page.translation_key, locale__language_code=code)
    found = rows.first()
    return found.specific if found else None


def exists(page: Page) -> dict[str, bool]:
    return {code: in_language(page, code) is not None for code in ("en", "km")}


def goes_on(answer: HttpResponse) -> str:
    """Where the offer is."""
    url = answer.headers.get("Location", "")
    assert url.startswith("/admin/cascade/"), url
    return url


def text_of(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def bulk(action: str, *pages: Page) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"/admin/bulk/wagtailcore/page/{action}/?{ids}"


def publisher(network: Network, *pages: Page) -> Client:
    """Somebody with all rights below these pages and none elsewhere."""
    group = Group.objects.create(name="publishers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        for page in pages:
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    network.user("nobody").groups.add(group)
    return network.client("nobody")


# Deleting


@pytest.mark.parametrize("several", [False, True])
def test_a_deleted_pages_translations_are_offered(
    network: Network, guide: StandardPage, several: bool
) -> None:
    client = network.client("editor-kh")
    url = bulk("delete", guide) if several else f"/admin/pages/{guide.pk}/delete/"
    offer = goes_on(client.post(url))
    assert exists(guide) == {"en": False, "km": True}
    text = text_of(client, offer)
    assert "Delete the translations too?" in text
    assert "សៀវភៅ" in text
    assert exists(guide) == {"en": False, "km": True}
    answer = client.post(offer, {"languages": ["km"]}, follow=True)
    assert exists(guide) == {"en": False, "km": False}
    assert "Deleted in: Khmer." in answer.content.decode()
    assert "This was answered already" in text_of(client, offer)


def test_nothing_chosen_is_said_and_nothing_done(network: Network, guide: StandardPage) -> None:
    client = network.client("editor-kh")
    offer = goes_on(client.post(f"/admin/pages/{guide.pk}/delete/"))
    for data, said in (
        ({}, "Choose a language, or leave"),
        ({"languages": ["th"]}, "In one of these languages there is nothing to do"),
    ):
        assert said in client.post(offer, data).content.decode()
    assert exists(guide)["km"] is True


def test_an_offer_is_its_owners_alone(network: Network, guide: StandardPage) -> None:
    offer = goes_on(network.client("editor-kh").post(f"/admin/pages/{guide.pk}/delete/"))
    for name in ("secretariat", "focal-kh", "editor-th"):
        network.client(name).post(offer, {"languages": ["km"]})
    assert exists(guide)["km"] is True


@pytest.mark.parametrize("name", ["translator-km", "translator-all-km"])
def test_a_translator_touches_no_other_language(
    network: Network, guide: StandardPage, name: str
) -> None:
    client = network.client(name)
    guide.title = PLANT
    guide.save()
    guide.save_revision()
    km = in_language(guide, "km")
    assert km is not None
    answer = client.post(f"/admin/pages/{km.pk}/delete/", follow=True)
    assert exists(guide) == {"en": True, "km": False}
    # The English draft is none of theirs, so it is not even named.
    assert PLANT not in answer.content.decode()


def test_what_may_not_be_changed_is_named_with_the_reason(
    network: Network, guide: StandardPage
) -> None:
    km = in_language(guide, "km")
    assert km is not None
    km.get_latest_revision().publish()
    answer = network.client("editor-kh").post(f"/admin/pages/{guide.pk}/delete/", follow=True)
    text = answer.content.decode()
    assert "“សៀវភៅ” (Khmer) stays as it is: you may not delete it, or not while" in text
    assert exists(guide) == {"en": False, "km": True}


@pytest.mark.parametrize("name", ["editor-th", "focal-th", "campaigner", "reader-km"])
def test_whoever_may_not_delete_gets_no_offer(
    network: Network, guide: StandardPage, name: str
) -> None:
    answer = network.client(name).post(f"/admin/pages/{guide.pk}/delete/")
    assert refused(answer)
    assert exists(guide) == {"en": True, "km": True}


def test_a_draft_of_another_section_is_not_named(network: Network, guide: StandardPage) -> None:
    km = in_language(guide, "km")
    assert km is not None
    km.title = PLANT
    km.save()
    km.move(network.root(network.th, "th"), pos="last-child")
    answer = network.client("editor-kh").post(f"/admin/pages/{guide.pk}/delete/", follow=True)
    assert PLANT not in answer.content.decode()
    km = now(km)
    km.save_revision().publish()
    other = standard_page(
        network.root(network.kh), live=False, translation_key=km.translation_key, slug="again"
    )
    answer = network.client("editor-kh").post(f"/admin/pages/{other.pk}/delete/", follow=True)
    assert f"“{PLANT}” (Khmer) stays as it is" in answer.content.decode()


def test_a_thai_translation_stays_without_rights_in_thai(network: Network) -> None:
    root = network.root(network.th)
    page = standard_page(root, slug="kept")
    thai = translate(page, "th")
    client = publisher(network, root)
    standard_page(root, slug="place")
    place = Page.objects.get(slug="place")
    client.post(f"/admin/pages/{page.pk}/move/{place.pk}/confirm/")
    assert now(page).is_child_of(place)
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    assert now(page).live is False
    answer = client.post(f"/admin/pages/{page.pk}/delete/", follow=True)
    assert "(Thai) stays as it is: you may not delete it" in answer.content.decode()
    thai.refresh_from_db()
    assert (thai.live, thai.url_path) == (True, "/th/countries/thailand/kept/")


# The source


def test_without_its_source_a_page_is_read_on(
    network: Network, public: StandardPage, client: Client
) -> None:
    secretariat = network.client("secretariat")
    url = f"/admin/pages/{public.pk}/delete/"
    secretariat.post(url, {"wagtail_site_name": "Coalition"})
    below = Page.objects.get(slug="below")
    km = in_language(public, "km")
    assert km is not None
    assert [km.live, km.alias_of_id, below.live, below.alias_of_id] == [True, None, True, None]
    assert client.get("/km/countries/cambodia/public/").status_code == 200
    assert client.get("/en/countries/cambodia/public/").status_code == 302
    for page in (km, below):
        assert PageKey.objects.get(translation_key=page.translation_key).source_language == "km"
    assert SearchEntry.objects.filter(url__contains="/public/").count() == 2


def test_the_default_language_of_the_section_becomes_the_source(network: Network) -> None:
    network.kh.default_language = "km"
    network.kh.languages = ["km", "en", "th"]
    network.kh.save()
    root = network.root(network.kh)
    translate(root, "th")
    page = translate(standard_page(root, slug="three"), "th")
    page = standard_page(root, slug="four")
    thai, khmer = translate(page, "th"), translate(page, "km")
    key = PageKey.objects.get(translation_key=page.translation_key)
    page.delete()
    key.refresh_from_db()
    assert key.source_language == "km"
    khmer.delete()
    key.refresh_from_db()
    assert key.source_language == "th"
    thai.delete()
    key.refresh_from_db()
    assert key.source_language == "th"


def test_the_oldest_where_the_default_language_has_none(network: Network) -> None:
    root = network.root(network.kh)
    network.kh.languages = ["en", "km", "th"]
    network.kh.save()
    translate(root, "th")
    page = standard_page(root, slug="old")
    translate(page, "th")
    translate(page, "km")
    page.delete()
    key = PageKey.objects.get(translation_key=page.translation_key)
    assert key.source_language == "th"


def test_deleting_a_translation_keeps_the_source(network: Network, guide: StandardPage) -> None:
    km = in_language(guide, "km")
    assert km is not None
    km.delete()
    key = PageKey.objects.get(translation_key=guide.translation_key)
    assert key.source_language == "en"


def test_records_of_the_other_languages_are_left(network: Network) -> None:
    root = network.root(network.kh)
    network.kh.languages = ["en", "km", "th"]
    network.kh.save()
    translate(root, "th")
    page = standard_page(root, slug="records")
    translate(page, "km")
    thai = translate(page, "th")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    for code in ("km", "th"):
        Translation.objects.create(
            source=source, target_locale=Locale.objects.get(language_code=code)
        )
    khmer = in_language(page, "km")
    assert khmer is not None
    khmer.delete()
    enabled = Translation.objects.order_by("target_locale__language_code")
    assert list(enabled.values_list("target_locale__language_code", "enabled")) == [
        ("km", False),
        ("th", True),
    ]
    before = Page.objects.filter(pk=thai.pk).values("title", "live", "alias_of").get()
    page.delete()
    assert Page.objects.filter(pk=thai.pk).values("title", "live", "alias_of").get() == before
    assert TranslationSource.objects.filter(pk=source.pk).exists()


# Unpublishing


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_an_unpublished_pages_translations_are_offered(
    network: Network, public: StandardPage, several: bool, below: bool
) -> None:
    client = network.client("secretariat")
    url = bulk("unpublish", public) if several else f"/admin/pages/{public.pk}/unpublish/"
    offer = goes_on(client.post(url, {"include_descendants": "on"} if below else {}))
    km = in_language(public, "km")
    assert km is not None
    assert (now(public).live, km.live) == (False, True)
    text = text_of(client, offer)
    assert ("with 1 page below it" in text) is below
    assert "unpublished" in text
    client.post(offer, {"languages": ["km"]})
    assert now(km).live is False
    assert [page.live for page in Page.objects.filter(slug="below")] == [not below] * 2


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "translator-km", "focal-th"])
def test_unpublishing_stays_the_secretariats(
    network: Network, public: StandardPage, name: str
) -> None:
    assert refused(network.client(name).post(f"/admin/pages/{public.pk}/unpublish/"))
    done = Done("unpublish", [str(public.translation_key)], [public.pk])
    assert follow(done, ["km"], network.user(name)) == {}
    km = in_language(public, "km")
    assert km is not None
    assert (now(public).live, km.live) == (True, True)


def test_a_translation_that_is_a_draft_already_is_not_offered(
    network: Network, public: StandardPage
) -> None:
    km = in_language(public, "km")
    assert km is not None
    km.unpublish()
    answer = network.client("secretariat").post(f"/admin/pages/{public.pk}/unpublish/")
    assert answer.headers["Location"] == f"/admin/pages/{public.get_parent().pk}/"


# Moving


def move(client: Client, page: Page, to: Page, *, several: bool = False) -> HttpResponse:
    if several:
        return client.post(bulk("move", page), {"chooser": to.pk})
    return client.post(f"/admin/pages/{page.pk}/move/{to.pk}/confirm/")


@pytest.fixture
def shelf(network: Network) -> StandardPage:
    """Somewhere to move to, in both languages."""
    page = standard_page(network.root(network.kh), slug="shelf", title="Shelf", live=False)
    translate(page, "km", live=False)
    return page


@pytest.mark.parametrize("several", [False, True])
def test_translations_are_kept_in_step(
    network: Network, guide: StandardPage, shelf: StandardPage, several: bool
) -> None:
    client = network.client("editor-kh")
    offer = goes_on(move(client, guide, shelf, several=several))
    assert now(guide).url_path == "/en/countries/cambodia/shelf/guide/"
    km = in_language(guide, "km")
    assert km is not None
    assert km.url_path == "/km/countries/cambodia/guide/"
    assert "Move the translations too?" in text_of(client, offer)
    answer = client.post(offer, {"languages": ["km"]}, follow=True)
    assert "Moved in: Khmer." in answer.content.decode()
    assert now(km).url_path == "/km/countries/cambodia/shelf/guide/"
    assert now(km).section == network.kh


def test_a_place_that_does_not_exist_in_a_language_is_said(
    network: Network, guide: StandardPage
) -> None:
    place = standard_page(network.root(network.kh), slug="only-english", live=False)
    answer = move(network.client("editor-kh"), guide, place)
    assert answer.headers["Location"] == f"/admin/pages/{place.pk}/"
    client = network.client("editor-kh")
    move(client, now(guide), network.root(network.kh))
    answer = client.post(f"/admin/pages/{guide.pk}/move/{place.pk}/confirm/", follow=True)
    said = "(Khmer) stays as it is: its new place does not exist in that language"
    assert said in answer.content.decode()
    km = in_language(guide, "km")
    assert km is not None
    assert km.url_path == "/km/countries/cambodia/guide/"


@pytest.mark.parametrize("several", [False, True])
def test_no_page_moves_to_an_address_that_is_taken_in_another_language(
    network: Network, guide: StandardPage, shelf: StandardPage, several: bool
) -> None:
    km_shelf = in_language(shelf, "km")
    assert km_shelf is not None
    standard_page(km_shelf, slug="guide", title="Another", live=False)
    client = network.client("editor-kh")
    answer = move(client, guide, shelf, several=several)
    assert not answer.headers["Location"].startswith("/admin/cascade/")
    assert now(guide).url_path == "/en/countries/cambodia/guide/"
    assert "Another page has this address already" in text_of(client, "/admin/")


def test_the_one_in_the_way_is_not_named_to_whom_it_is_unknown(
    network: Network, guide: StandardPage, shelf: StandardPage
) -> None:
    standard_page(shelf, slug="guide", title=PLANT, live=False)
    km, km_shelf = in_language(guide, "km"), in_language(shelf, "km")
    assert km is not None
    assert km_shelf is not None
    client = network.client("translator-km")
    move(client, km, km_shelf)
    text = text_of(client, "/admin/")
    assert "In another language a page has the address" in text
    assert PLANT not in text
    assert now(km).url_path == "/km/countries/cambodia/guide/"


def test_ordering_pages_offers_nothing(network: Network, guide: StandardPage) -> None:
    answer = move(network.client("editor-kh"), guide, network.root(network.kh))
    assert not answer.headers["Location"].startswith("/admin/cascade/")


# All or nothing


def test_in_a_language_all_of_it_is_done_or_nothing(
    network: Network, guide: StandardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = standard_page(network.root(network.kh), slug="second", live=False)
    km_second = translate(second, "km", live=False)
    user = network.user("editor-kh")
    done = Done(DELETE, [str(page.translation_key) for page in (guide, second)], [])
    done = Done(DELETE, done.keys, [guide.pk, second.pk])

    def publish_meanwhile(sender: Any, instance: Page, **kwargs: Any) -> None:
        Page.objects.filter(pk=km_second.pk).update(live=True)

    from django.db.models.signals import post_delete

    post_delete.connect(publish_meanwhile, sender=StandardPage)
    try:
        outcome = follow(done, ["km"], user)
    finally:
        post_delete.disconnect(publish_meanwhile, sender=StandardPage)
    assert outcome["km"].startswith("you may not delete it")
    assert exists(guide)["km"] is True
    assert Page.objects.filter(pk=km_second.pk).exists()


@pytest.mark.parametrize("name", ["translator-km", "editor-th", "campaigner", "nobody"])
def test_rights_are_asked_again_when_it_is_done(
    network: Network, guide: StandardPage, name: str
) -> None:
    km = in_language(guide, "km")
    assert km is not None
    done = Done(DELETE, [str(guide.translation_key)], [km.pk])
    assert follow(done, ["en"], network.user(name)) == {}
    assert exists(guide) == {"en": True, "km": True}


def test_queries_grow_little_with_languages(network: Network, guide: StandardPage) -> None:
    user = network.user("editor-kh")

    def cost() -> int:
        fresh = type(user).objects.get(pk=user.pk)
        done = Done(MOVE, [str(guide.translation_key)], [guide.pk], to=guide.get_parent().pk)
        with CaptureQueriesContext(connection) as captured:
            offers(done, fresh)
        return len(captured)

    few = cost()
    network.kh.languages = ["en", "km", "th", "vi"]
    network.kh.save()
    for code in ("th", "vi"):
        translate(network.root(network.kh), code)
        ensure_group(Role.TRANSLATORS, network.kh, code)
        translate(guide, code, live=False)
    assert cost() - few <= 2
