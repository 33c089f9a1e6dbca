"""The four holes of wagtail-localize (docs/decisions/0004-localize-views-shut.md) are shut here.

Each attack is made twice: on the site, which refuses it, and on wagtail-localize's own views with
its own settings, where it works. So each test is known to be able to fail.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from pytest_django import Settings
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from coalition.core.models import CoalitionPage
from tests.factories import now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
EDITOR = "editor-kh"
Commit = Callable[..., AbstractContextManager[Any]]
Attack = Callable[[Network, Commit], bool]
ISOLATION = "coalition.sections.middleware.SectionIsolationMiddleware"


@pytest.fixture
def stock(settings: Settings) -> None:
    """wagtail-localize's views, as a site has them that only installs it."""
    settings.ROOT_URLCONF = "tests.canary.stock_urls"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != ISOLATION]


def english(page: Page) -> TranslationSource:
    return TranslationSource.get_or_create_from_instance(page)[0]


def khmer() -> Locale:
    return Locale.objects.get(language_code="km")


def post(network: Network, commit: Commit, url: str, **data: Any) -> None:
    """As Cambodia's editor with the one permission that wagtail-localize knows; jobs run too."""
    editor = network.user(EDITOR)
    permission = Permission.objects.get(codename="submit_translation")
    editor.groups.get().permissions.add(permission)
    assert not editor.has_perm("wagtailcore.publish_page")
    with commit(execute=True):
        network.client(EDITOR).post(f"/admin/localize/{url}", data)


def pair(network: Network) -> tuple[CoalitionPage, CoalitionPage]:
    """A public page of Cambodia in English, and its public translation."""
    source = standard_page(network.root(network.kh), title="Your rights")
    return source, translate(source, "km", title="សិទ្ធិ")


def submits_into_another_country(network: Network, commit: Commit) -> bool:
    """Cambodia's editor submits a page of Thailand. Is there a public translation?"""
    page = standard_page(network.root(network.th), title="Your rights")
    thai = Locale.objects.get(language_code="th")
    post(network, commit, f"submit/page/{page.pk}/", locales=[thai.pk])
    made = page.get_translation_or_none(thai)
    return made is not None and made.live


def publishes_by_synchronising(network: Network, commit: Commit) -> bool:
    """“Publish immediately”, without the right to. Do readers get another text?"""
    source, translated = pair(network)
    Translation.objects.create(source=english(source), target_locale=khmer())
    post(network, commit, f"update/{english(source).pk}/", publish_translations="on")
    return now(translated).title != "សិទ្ធិ"


def replaces_by_an_alias(network: Network, commit: Commit) -> bool:
    """“Convert to alias”. Is English public under the name of Khmer?"""
    source, translated = pair(network)
    Translation.objects.create(source=english(source), target_locale=khmer())
    post(network, commit, f"page/{translated.pk}/convert_to_alias/")
    return now(translated).live and now(translated).title == "Your rights"


def writes_into_a_live_row(network: Network, commit: Commit) -> bool:
    """A page is submitted with those below it, as drafts. Do readers of one below get English?"""
    parent = standard_page(network.root(network.kh), title="Guides")
    alias = parent.copy_for_translation(khmer(), alias=True)
    source = standard_page(parent, title="Your rights")
    translated = translate(source, "km", title="សិទ្ធិ")
    assert translated.get_parent() == alias.page_ptr
    data = {"locales": [khmer().pk], "include_subtree": "on"}
    post(network, commit, f"submit/page/{parent.pk}/", **data)
    return now(translated).live and now(translated).title == "Your rights"


HOLES = [
    (submits_into_another_country, True),
    (publishes_by_synchronising, False),
    (replaces_by_an_alias, False),
    # Its own way to make drafts only.
    (writes_into_a_live_row, False),
]
NAMES = [attack.__name__ for attack, _sync in HOLES]


@pytest.mark.parametrize("attack", [attack for attack, _sync in HOLES], ids=NAMES)
def test_the_site_refuses(
    network: Network, django_capture_on_commit_callbacks: Commit, attack: Attack
) -> None:
    """Nothing is public that was not, and nothing is stored of what was asked for."""
    assert attack(network, django_capture_on_commit_callbacks) is False


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(("attack", "sync"), HOLES, ids=NAMES)
def test_wagtail_localize_as_shipped_does_not(
    network: Network,
    settings: Settings,
    django_capture_on_commit_callbacks: Commit,
    attack: Attack,
    sync: bool,
) -> None:
    """The same request works there; so the test above would fail if its views came back."""
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = sync
    assert attack(network, django_capture_on_commit_callbacks) is True


@pytest.mark.parametrize("attack", [attack for attack, _sync in HOLES], ids=NAMES)
def test_nothing_at_all_changes(
    network: Network, django_capture_on_commit_callbacks: Commit, attack: Attack
) -> None:
    """The rows of pages before the request and after it."""
    rows: list[Any] = []

    def watched(**kwargs: Any) -> AbstractContextManager[Any]:
        rows.append(list(Page.objects.order_by("pk").values()))
        return django_capture_on_commit_callbacks(**kwargs)

    attack(network, watched)
    rows.append(list(Page.objects.order_by("pk").values()))
    assert rows[0] == rows[1]
