"""A page that is missing in the language asked for: where readers go and what they are told."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from tests.factories import home_of, open_section, root_of, standard_page, story_page, translate

pytestmark = pytest.mark.django_db


def sent_to(client: Client, address: str, accept: str = "") -> tuple[int, str]:
    answer = client.get(address, headers={"accept-language": accept})
    return answer.status_code, answer.get("Location", "")


def test_to_the_source_language(client: Client) -> None:
    page = standard_page(home_of("th"), title="เกี่ยวกับเรา", slug="about")
    translate(page, "en", title="About us")
    assert sent_to(client, "/km/about/") == (302, "/th/about/?asked=km")


def test_to_the_best_of_accept_language_first(client: Client) -> None:
    page = standard_page(title="About us", slug="about")
    translate(page, "th")
    translate(page, "ur")
    assert sent_to(client, "/km/about/", "de, ur;q=0.3, th;q=0.7") == (302, "/th/about/?asked=km")
    assert sent_to(client, "/km/about/", "de, km") == (302, "/en/about/?asked=km")
    assert sent_to(client, "/km/about/", ";;junk") == (302, "/en/about/?asked=km")


def test_to_the_section_s_own_language_when_the_source_is_gone(client: Client) -> None:
    section = open_section("kh", languages=["km", "en", "th"])
    page = story_page(root_of(section, "en"), title="Land", slug="land")
    translate(page, "km")
    translate(page, "th")
    page.unpublish()
    path = "countries/cambodia/stories/land"
    assert sent_to(client, f"/my/{path}/") == (302, f"/km/{path}/?asked=my")


def test_to_any_language_there_is(client: Client) -> None:
    page = standard_page(title="About us", slug="about")
    translate(page, "th")
    page.unpublish()
    assert sent_to(client, "/km/about/") == (302, "/th/about/?asked=km")


def test_the_redirect_varies(client: Client) -> None:
    standard_page(title="About us", slug="about")
    answer = client.get("/km/about/?page=2&asked=th")
    assert answer["Location"] == "/en/about/?asked=km"
    assert answer["Vary"] == "Accept-Language"
    assert not answer.cookies


def test_no_redirect_is_kept_when_the_translation_comes(client: Client) -> None:
    """Browsers that kept the first one went in a circle: the second leads to where it began."""
    page = standard_page(title="About us", slug="about")
    there = client.get("/km/about/")
    translate(page, "km")
    back = client.get(there["Location"])
    assert back["Location"] == "/km/about/"
    assert [answer["Cache-Control"] for answer in (there, back)] == ["no-cache", "no-cache"]


def test_a_section_is_missing_in_a_language_it_does_not_use(client: Client) -> None:
    open_section("kh")
    assert sent_to(client, "/ur/countries/cambodia/", "km") == (
        302,
        "/km/countries/cambodia/?asked=ur",
    )


@pytest.mark.parametrize("state", ["draft", "unpublished", "restricted"])
def test_only_public_pages_are_offered(client: Client, state: str) -> None:
    page = standard_page(title="About us", slug="about", live=state != "draft")
    if state == "unpublished":
        page.unpublish()
    if state == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert sent_to(client, "/km/about/") == (404, "")


def test_a_draft_translation_is_missing(client: Client) -> None:
    page = standard_page(title="About us", slug="about")
    translate(page, "km", live=False)
    assert sent_to(client, "/km/about/") == (302, "/en/about/?asked=km")


def test_the_notice_and_the_frame_are_in_the_language_asked_for(client: Client) -> None:
    standard_page(title="About us", slug="about", summary="Who we are.")
    answer = client.get("/km/about/", follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [("/en/about/?asked=km", 302)]
    assert '<html lang="km" dir="ltr">' in html
    assert '<h1 lang="en" dir="ltr">About us</h1>' in html
    with translation.override("km"):
        notice = translation.gettext(
            "This page is not available in %(asked)s yet. It is shown in %(shown)s."
        ) % {"asked": "ខ្មែរ", "shown": "អង់គ្លេស"}
    assert notice in html
    assert 'action="/km/search/"' in html
    assert 'href="/km/countries/"' in html
    assert '<link rel="canonical" href="http://localhost:8000/en/about/">' in html
    assert answer["Vary"] == "Save-Data"
    assert not answer.cookies


def test_right_to_left_around_left_to_right(client: Client) -> None:
    standard_page(title="About us", slug="about")
    html = client.get("/en/about/?asked=ur").content.decode()
    assert '<html lang="ur" dir="rtl">' in html
    assert '<h1 lang="en" dir="ltr">About us</h1>' in html


def test_english_is_never_served_under_another_language(client: Client) -> None:
    """Wagtail makes aliases in other languages; their text is that of the original."""
    page = standard_page(title="About us", slug="about")
    page.copy_for_translation(Locale.objects.get(language_code="th"), alias=True)
    assert Page.objects.get(url_path="/th/about/").live
    assert sent_to(client, "/th/about/") == (302, "/en/about/?asked=th")
    assert client.get("/en/about/?asked=th").status_code == 200


def test_an_alias_in_the_same_language_is_served_and_names_the_original(client: Client) -> None:
    section = open_section("kh")
    page = standard_page(title="About us", slug="about")
    page.create_alias(parent=root_of(section))
    answer = client.get("/en/countries/cambodia/about/")
    assert answer.status_code == 200
    canonical = '<link rel="canonical" href="http://localhost:8000/en/about/">'
    assert canonical in answer.content.decode()
    assert sent_to(client, "/km/countries/cambodia/about/") == (404, "")


def test_a_restricted_page_asks_for_sign_in_and_is_never_cached(client: Client) -> None:
    page = standard_page(title="For members", slug="members")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = client.get("/en/members/")
    assert (answer.status_code, answer["Location"]) == (302, "/_util/login/?next=/en/members/")
    assert "no-store" in answer["Cache-Control"]
    assert client.get(answer["Location"])["Location"] == "/accounts/login/?next=/en/members/"


def test_a_page_behind_a_password(client: Client) -> None:
    page = standard_page(title="For members", slug="members", summary="What we know.")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="open sesame"
    )
    answer = client.get("/en/members/")
    assert "What we know." not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    address = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    for password, status in (("wrong", 200), ("open sesame", 302)):
        data = {"password": password, "return_url": "/en/members/"}
        assert client.post(address, data).status_code == status
    assert "What we know." in client.get("/en/members/").content.decode()


def test_pages_below_a_draft_are_served(client: Client) -> None:
    """As Wagtail does: what counts is the page itself."""
    above = standard_page(title="Above", slug="above")
    standard_page(above, title="Below", slug="below")
    above.unpublish()
    assert sent_to(client, "/en/above/below/") == (200, "")
    assert sent_to(client, "/en/above/") == (404, "")


def test_a_page_of_a_type_that_is_gone_is_a_404(client: Client) -> None:
    home = home_of("en")
    home.add_child(instance=Page(title="Plain", slug="plain", locale=home.locale))
    Page.objects.filter(slug="plain").update(live=False)
    assert sent_to(client, "/en/plain/") == (404, "")
