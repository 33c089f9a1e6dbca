"""Slugs are ASCII and the same in every language, so that one path serves all of them."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from coalition.core.models import CoalitionPage, slugs
from home.models import StandardPage
from tests.factories import (
    UserFactory,
    call_page,
    campaign_page,
    home_of,
    now,
    open_section,
    root_of,
    standard_page,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("About us", "about-us"),
        ("ដីធ្លី និងទឹក", "deithlei-nengtoek"),
        ("ภาษาไทย", "phasaaithy"),
        ("Đất đai", "dat-dai"),
        ("زمین", "zmyn"),
        ("土地", "tude"),
        ("…!", ""),
        ("a" * 300, "a" * 80),
    ],
)
def test_ascii_slug(text: str, slug: str) -> None:
    assert slugs.ascii_slug(text) == slug


@pytest.mark.parametrize("live", [True, False])
def test_a_page_without_a_slug_gets_one_from_its_title(live: bool) -> None:
    first = standard_page(home_of("km"), title="ដីធ្លី", live=live)
    second = standard_page(home_of("km"), title="ដីធ្លី", live=live)
    assert [first.slug, second.slug] == ["deithlei", "deithlei-2"]


def test_a_title_of_which_nothing_is_left() -> None:
    assert standard_page(title="…!").slug == "page"


def test_a_slug_that_another_page_has_in_another_language_is_refused() -> None:
    standard_page(title="About us", slug="about")
    with pytest.raises(ValidationError) as refused:
        standard_page(home_of("km"), title="អំពីយើង", slug="about")
    assert refused.value.message_dict == {
        "slug": [
            (
                "Another page has this address already: “About us” in English. Choose another "
                "one, or make this page its translation."
            )
        ]
    }


def test_the_same_slug_elsewhere_in_the_tree_is_free() -> None:
    standard_page(title="About us", slug="about")
    section = open_section("kh")
    assert standard_page(root_of(section, "km"), slug="about").slug == "about"


def test_a_translation_has_the_slug_of_its_source() -> None:
    assert translate(standard_page(slug="about"), "km", title="អំពី").slug == "about"


def test_a_new_slug_of_the_source_is_that_of_all_languages(client: Client) -> None:
    campaign = campaign_page(slug="land")
    call = call_page(campaign, slug="sign")
    for code in ("km", "th"):
        translate(campaign, code)
        translate(call, code)
    campaign.slug = "our-land"
    campaign.save_revision().publish()
    paths = Page.objects.filter(url_path__contains="/our-land/").values_list("url_path", flat=True)
    assert sorted(paths) == [
        "/en/campaigns/our-land/",
        "/en/campaigns/our-land/sign/",
        "/km/campaigns/our-land/",
        "/km/campaigns/our-land/sign/",
        "/th/campaigns/our-land/",
        "/th/campaigns/our-land/sign/",
    ]
    assert client.get("/km/campaigns/our-land/sign/").status_code == 200
    assert client.get("/ur/campaigns/our-land/")["Location"] == ("/en/campaigns/our-land/?asked=ur")


def test_a_new_slug_is_refused_when_it_is_taken_in_any_language() -> None:
    page = standard_page(slug="about")
    translate(page, "km")
    standard_page(home_of("km"), slug="other")
    page.slug = "other"
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert now(page).slug == "about"


def test_an_old_draft_of_a_translation_does_not_bring_the_old_slug_back() -> None:
    page = standard_page(slug="about")
    khmer = translate(page, "km")
    khmer.title = "អំពីយើង"
    khmer.save_revision()
    page.slug = "about-us"
    page.save_revision().publish()
    now(khmer).get_latest_revision().publish()
    assert [(found.title, found.slug) for found in (now(khmer), now(page))] == [
        ("អំពីយើង", "about-us"),
        (page.title, "about-us"),
    ]


def test_a_translation_whose_source_is_gone_may_be_renamed() -> None:
    page = standard_page(slug="about")
    khmer = translate(page, "km")
    assert slugs.is_fixed(khmer)
    page.delete()
    assert not slugs.is_fixed(khmer)


def test_homes_and_section_roots_keep_their_slugs() -> None:
    assert slugs.is_fixed(home_of("en"))
    assert slugs.is_fixed(root_of(open_section("kh")))
    assert not slugs.is_fixed(standard_page())


def form(page: CoalitionPage, parent: Page, **data: str) -> object:
    form_class = StandardPage.get_edit_handler().get_form_class()
    defaults = {"title": page.title, "slug": page.slug, "body-count": "0"}
    bound = form_class(
        {**defaults, **data}, instance=page, parent_page=parent, for_user=UserFactory.create()
    )
    bound.is_valid()
    return bound


def test_the_editor_may_leave_the_slug_empty() -> None:
    bound = form(StandardPage(), home_of("km"), title="ដីធ្លី", slug="")
    assert bound.errors == {}
    page = bound.save(commit=False)
    home_of("km").add_child(instance=page)
    assert page.slug == "deithlei"


def test_an_emptied_slug_stays_as_it_was() -> None:
    page = standard_page(slug="about")
    bound = form(page, home_of("en"), slug="")
    assert (bound.errors, bound.cleaned_data["slug"]) == ({}, "about")


def test_the_editor_is_told_of_a_slug_that_is_taken() -> None:
    standard_page(title="About us", slug="about")
    bound = form(StandardPage(), home_of("km"), title="អំពី", slug="about")
    assert list(bound.errors) == ["slug"]


def test_only_ascii_may_be_typed() -> None:
    bound = form(StandardPage(), home_of("km"), title="អំពី", slug="ដីធ្លី")
    assert list(bound.errors) == ["slug"]


def test_the_editor_of_a_translation_cannot_change_its_slug() -> None:
    khmer = translate(standard_page(slug="about"), "km")
    bound = form(khmer, home_of("km"), slug="other")
    assert (bound.errors, bound.cleaned_data["slug"]) == ({}, "about")
    assert bound.fields["slug"].disabled
