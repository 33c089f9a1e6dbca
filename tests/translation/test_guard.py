"""wagtail-localize's own views stay shut for everybody, whatever routes it may come to have."""

import re
from typing import Any

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.wagtail_hooks import register_admin_urls

from tests.countries.test_admin import add, form
from tests.factories import now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
EVERYBODY = ("editor-kh", "focal-kh", "translator-km", "secretariat", "superuser")


def routes() -> list[str]:
    """Every address that wagtail-localize registers, with ones for ids."""

    def walk(entry: URLPattern | URLResolver, prefix: str) -> list[str]:
        text = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            return [text]
        return [found for child in entry.url_patterns for found in walk(child, text)]

    found = [text for entry in register_admin_urls() for text in walk(entry, "/admin/")]
    return [re.sub(r"<int:\w+>", "1", re.sub(r"<(slug|str):\w+>", "x", text)) for text in found]


def test_its_routes_are_known() -> None:
    assert len(routes()) >= 17
    assert [url for url in routes() if "<" in url or not url.startswith("/admin/localize/")] == []


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("url", routes())
def test_every_route_is_404(network: Network, name: str, url: str) -> None:
    client = network.client(name)
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_the_guard_comes_before_its_routes() -> None:
    for url in routes():
        assert get_resolver().resolve(url).url_name == "localize_shut"


@pytest.fixture
def translation(network: Network) -> Translation:
    """A translation that was stopped, as wagtail-localize would have left it."""
    source_page = standard_page(network.root(network.kh))
    target = translate(source_page, "km", live=False)
    source, _created = TranslationSource.get_or_create_from_instance(source_page)
    return Translation.objects.create(source=source, target_locale=target.locale, enabled=False)


def target_of(translation: Translation) -> Page:
    return Page.objects.get(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )


@pytest.mark.parametrize("name", ["editor-kh", "secretariat", "superuser"])
@pytest.mark.parametrize("action", ["localize-restart-translation", "localize-convert-to-alias"])
def test_what_its_menu_would_post_saves_a_draft_like_any_other(
    network: Network, translation: Translation, name: str, action: str
) -> None:
    page = target_of(translation)
    answer = network.client(name).post(
        f"/admin/pages/{page.pk}/edit/", form(title="Draft", **{action: "1"})
    )
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    translation.refresh_from_db()
    assert (translation.enabled, now(page.specific).alias_of_id) == (False, None)
    assert now(page.specific).get_latest_revision_as_object().title == "Draft"


def test_a_translation_of_its_own_does_not_take_the_editor_over(
    network: Network, translation: Translation
) -> None:
    translation.enabled = True
    translation.save()
    page = target_of(translation)
    content = network.client("editor-kh").get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="title"' in content


def test_a_page_made_in_the_editor_is_copied_nowhere(
    network: Network, translation: Translation
) -> None:
    english, khmer = (Locale.objects.get(language_code=code) for code in ("en", "km"))
    LocaleSynchronization.objects.create(locale=khmer, sync_from=english)
    before = Page.objects.filter(locale=khmer).count()
    add(network.client("editor-kh"), network.root(network.kh))
    assert Page.objects.filter(locale=khmer).count() == before


@pytest.mark.parametrize("name", ["editor-kh", "secretariat", "superuser"])
def test_no_menu_leads_there(network: Network, translation: Translation, name: str) -> None:
    client = network.client(name)
    page = target_of(translation)
    source = page.get_translation(Locale.objects.get(language_code="en"))
    for url in (
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{source.pk}/edit/",
        f"/admin/pages/{page.get_parent().pk}/",
        f"/admin/pages/{source.get_parent().pk}/",
        "/admin/",
        "/admin/reports/site-history/",
        "/admin/snippets/core/topic/",
    ):
        content = client.get(url).content.decode()
        assert ("/localize/" in content, "localize-re" in content) == (False, False), url


def test_publishing_a_source_publishes_no_translation(network: Network) -> None:
    page = standard_page(network.root(network.kh), live=False)
    copy = translate(page, "km", live=False)
    page.save_revision().publish()
    assert now(copy).live is False


def test_deleting_a_source_leaves_its_translations(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    copy = translate(page, "km")
    page.delete()
    assert (now(copy).live, now(copy).alias_of) == (True, None)


def test_publishing_makes_no_aliases_in_other_languages(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    assert list(page.get_translations()) == []


def test_the_settings_are_the_safe_ones(settings: Any) -> None:
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    assert settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE is True
    assert "wagtail_localize.locales" not in settings.INSTALLED_APPS
    assert "wagtail.contrib.simple_translation" not in settings.INSTALLED_APPS
