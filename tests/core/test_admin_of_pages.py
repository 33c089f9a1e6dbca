"""What the admin does with pages: slugs, previews, moves, privacy."""

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from coalition.core.models import CoalitionPage
from home.domain.homes import ensure_homes
from home.models import StandardPage
from search.models import SearchEntry
from tests.factories import (
    UserFactory,
    home_of,
    now,
    open_section,
    root_of,
    standard_page,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, settings: Settings) -> Client:
    """The secretariat's browser."""
    settings.DEMO = True
    client.force_login(UserFactory.create(is_superuser=True))
    return client


def posted(**data: str) -> dict[str, str]:
    return {"summary": "", "topics": "", "body-count": "0", "slug": "", **data}


def add(admin: Client, parent: CoalitionPage, **data: str) -> int:
    """The status of the answer to a new page of text."""
    address = f"/admin/pages/add/home/standardpage/{parent.pk}/"
    return admin.post(address, posted(**data)).status_code


def test_a_page_with_a_khmer_title_needs_no_slug(admin: Client) -> None:
    assert add(admin, home_of("km"), title="ដីធ្លី") == 302
    assert add(admin, home_of("km"), title="ដីធ្លី") == 302
    slugs = StandardPage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["deithlei", "deithlei-2"]


def test_a_slug_that_is_taken_in_another_language_is_told(admin: Client) -> None:
    standard_page(title="About us", slug="about")
    assert add(admin, home_of("km"), title="អំពី", slug="about") == 200
    assert StandardPage.objects.count() == 1


def test_an_edited_translation_keeps_its_slug(admin: Client) -> None:
    khmer = translate(standard_page(slug="about"), "km")
    data = posted(title="អំពីយើង", slug="other", **{"action-publish": "1"})
    assert admin.post(f"/admin/pages/{khmer.pk}/edit/", data).status_code == 302
    assert (now(khmer).title, now(khmer).slug) == ("អំពីយើង", "about")


def test_the_edited_source_gives_its_slug_to_all_languages(admin: Client) -> None:
    page = standard_page(title="About us", slug="about")
    khmer = translate(page, "km")
    data = posted(title="About us", slug="about-us", **{"action-publish": "1"})
    assert admin.post(f"/admin/pages/{page.pk}/edit/", data).status_code == 302
    assert (now(page).slug, now(khmer).slug) == ("about-us", "about-us")


def test_previews_have_the_frame_of_their_place(admin: Client) -> None:
    section = open_section("kh")
    page = standard_page(root_of(section, "km"), title="អំពី", slug="about")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert admin.post(address, posted(title="អំពីយើង", slug="about")).json()["is_valid"]
    answer = admin.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "អំពីយើង" in html
    assert 'href="/km/countries/cambodia/"' in html
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_that_is_not_saved_yet_can_be_previewed(admin: Client) -> None:
    parent = root_of(open_section("kh"))
    address = f"/admin/pages/add/home/standardpage/{parent.pk}/preview/"
    assert admin.post(address, posted(title="About us", slug="about")).json()["is_valid"]
    answer = admin.get(address)
    assert (answer.status_code, "About us" in answer.content.decode()) == (200, True)


def test_previews_are_made_for_the_host_of_the_site(admin: Client, settings: Settings) -> None:
    settings.BASE_URL = "https://coalition.example"
    ensure_homes()
    settings.ALLOWED_HOSTS = ["coalition.example"]
    page = standard_page(title="About us", slug="about")
    address, host = f"/admin/pages/{page.pk}/edit/preview/", {"host": "coalition.example"}
    admin.post(address, posted(title="About us", slug="about"), headers=host)
    assert admin.get(address, headers=host).status_code == 200


def test_moving(admin: Client) -> None:
    section = open_section("kh")
    page = standard_page(slug="about")
    admin.post(f"/admin/pages/{page.pk}/move/{root_of(section).pk}/confirm/")
    assert now(page).section == section
    assert SearchEntry.objects.get(page_id=page.pk).url == "/en/countries/cambodia/about/"


def copy(admin: Client, page: CoalitionPage, parent: CoalitionPage, slug: str) -> int:
    """The status of the answer to a copy."""
    data = {
        "new_title": page.title,
        "new_slug": slug,
        "new_parent_page": str(parent.pk),
        "publish_copies": "on",
    }
    return admin.post(f"/admin/pages/{page.pk}/copy/", data).status_code


def test_copying(admin: Client) -> None:
    section = open_section("kh")
    page = standard_page(slug="about")
    assert copy(admin, page, root_of(section), "about") == 302
    made = StandardPage.objects.exclude(pk=page.pk).get()
    assert (made.section, made.live) == (section, True)
    assert SearchEntry.objects.get(page_id=made.pk).section == section


def test_copying_into_another_language(admin: Client) -> None:
    """It is the page of that language that the editor will write, and served there."""
    page = standard_page(slug="about")
    assert copy(admin, page, home_of("km"), "about") == 200  # taken
    assert copy(admin, page, home_of("km"), "about-us") == 302
    made = StandardPage.objects.exclude(pk=page.pk).get()
    assert made.locale.language_code == "km"
    assert made.get_latest_revision_as_object().locale == made.locale
    assert SearchEntry.objects.get(page_id=made.pk).language == "km"
    assert admin.get("/km/about-us/").status_code == 200


def test_no_page_moves_into_another_language(admin: Client) -> None:
    page = standard_page(slug="about")
    admin.post(f"/admin/pages/{page.pk}/move/{home_of('km').pk}/confirm/")
    assert now(page).url_path == "/en/about/"


def test_privacy(admin: Client) -> None:
    page = standard_page(slug="about")
    address = f"/admin/pages/{page.pk}/privacy/"
    admin.post(address, {"restriction_type": "login", "password": ""})
    assert PageViewRestriction.objects.get().page_id == page.pk
    assert not SearchEntry.objects.filter(page_id=page.pk).exists()
    admin.post(address, {"restriction_type": "none", "password": ""})
    assert SearchEntry.objects.filter(page_id=page.pk).exists()


def test_deleting_a_page_with_its_translations(admin: Client) -> None:
    page = standard_page(slug="about")
    khmer = translate(page, "km")
    admin.post(f"/admin/pages/{page.pk}/delete/")
    assert list(StandardPage.objects.all()) == [khmer]
    assert SearchEntry.objects.filter(url="/km/about/").exists()
