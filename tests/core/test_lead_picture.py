"""The picture a page opens with: told in words, credited, the same in every language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.core.models import CoalitionImage, CoalitionPage
from coalition.translation.domain.starting import start_translation
from home.models import ContactPage, StandardPage
from tests.factories import (
    UserFactory,
    call_page,
    campaign_page,
    home_of,
    make_page,
    now,
    open_section,
    root_of,
    standard_page,
    stored_picture,
    story_page,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def image(media: Path) -> CoalitionImage:
    return stored_picture(credit="A. Person")


def html_of(client: Client, page: CoalitionPage) -> str:
    return client.get(page.url_path).content.decode()


def opened(
    page: CoalitionPage, image: CoalitionImage | None, alt: str = "A river"
) -> CoalitionPage:
    """The page, published with that picture."""
    page.picture, page.picture_alt = image, alt
    page.save_revision().publish()
    return now(page)


PAGES: list[Callable[[], CoalitionPage]] = [
    standard_page,
    campaign_page,
    call_page,
    story_page,
    home_of,
    lambda: make_page(ContactPage, home_of()),
    lambda: root_of(open_section("kh")),
]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: getattr(make, "__name__", "page"))
def test_a_page_opens_with_its_picture(
    client: Client, image: CoalitionImage, make: Callable[[], CoalitionPage]
) -> None:
    html = html_of(client, opened(make(), image))
    figure = html.partition('<figure class="lead-picture">')[2].partition("</figure>")[0]
    assert 'alt="A river"' in figure
    assert 'fetchpriority="high"' in figure
    assert 'type="image/avif"' in figure
    assert 'sizes="(min-width: 50rem) 46rem, 100vw"' in figure
    assert '<span class="credit">Picture: A. Person</span>' in figure
    assert html.index("<h1") < html.index('class="lead-picture"')


def test_without_a_picture_there_is_no_figure(client: Client) -> None:
    assert "lead-picture" not in html_of(client, standard_page())


def test_a_picture_without_its_file_is_left_out(client: Client, settings: Settings) -> None:
    page = opened(standard_page(), stored_picture(credit="A. Person"))
    page.picture.renditions.all().delete()
    (Path(settings.MEDIA_ROOT) / page.picture.file.name).unlink()
    html = html_of(client, page)
    assert "lead-picture" not in html
    assert "A. Person" not in html


def test_a_deleted_picture_leaves_the_page(client: Client, image: CoalitionImage) -> None:
    page = opened(standard_page(), image)
    image.delete()
    assert now(page).picture is None
    assert "lead-picture" not in html_of(client, page)


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_needs_words(image: CoalitionImage, alt: str) -> None:
    page = standard_page()
    page.picture, page.picture_alt = image, alt
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == ["picture_alt"]
    assert caught.value.messages[0].startswith("Say in one sentence what the picture tells:")
    page.picture = None
    page.full_clean()


@pytest.mark.parametrize(
    "model", [StandardPage, CampaignPage, CallForActionPage, SuccessStoryPage, ContactPage]
)
def test_it_stands_in_the_editor_after_the_summary(model: type[CoalitionPage]) -> None:
    summary, picture = model.content_panels[1:3]
    assert (summary.field_name, picture.heading) == ("summary", "Picture")


def test_a_translation_keeps_the_picture(image: CoalitionImage) -> None:
    page = opened(standard_page(), image)
    admin = UserFactory.create(is_superuser=True)
    draft = start_translation(source=page, language="km", user=admin)
    assert (draft.picture, draft.picture_alt) == (image, "A river")


def test_words_are_in_the_language_of_the_page(client: Client, image: CoalitionImage) -> None:
    page = opened(standard_page(slug="about"), image)
    translate(page, "km", picture_alt="ទន្លេ")
    html = client.get("/km/about/").content.decode()
    assert 'alt="ទន្លេ"' in html
    assert '<figure class="lead-picture">' in html
    # Asked for in another language, it is shown in the page's own, and said to be.
    notice = client.get("/th/about/", headers={"accept-language": "km"}, follow=True)
    html = notice.content.decode()
    assert '<figure class="lead-picture" lang="km" dir="ltr">' in html
