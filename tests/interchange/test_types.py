"""Every type of page goes in with its own fields, in its place, and comes out as it was told."""

from typing import Any

import pytest
from wagtail.models import Page

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.core.interchange.values import written
from coalition.core.models import PageKey
from coalition.sections.models import Section
from countries.models import SectionListPage, SectionPage
from home.models import HomePage, ListPage, StandardPage
from search.models import SearchEntry
from tests.interchange.lines import line, outcomes, paragraph, run

CAMPAIGN = {
    "summary": "Keep the net open.",
    "goal": "<p>No more cuts.</p>",
    "timeline": [{"date": "2026-03-01", "text": "Launch"}, {"date": "2026-09-01", "text": "End"}],
    "partners": [{"name": "A group", "url": "https://example.org/"}],
    "funders": [{"name": "A fund", "url": ""}],
    "sections": ["kh", "th"],
}
CALL = {
    "summary": "Sign.",
    "kind": "pledge",
    "goal": 5000,
    "opens": "2026-03-01",
    "closes": "2026-12-31",
}
STORY = {
    "summary": "It worked.",
    "what_changed": "<p>The list is <b>locked</b>.</p>",
    "evidence": [{"title": "A report", "url": "https://example.org/report"}],
    "third_parties": [{"name": "A paper", "role": "Printed it", "url": ""}],
    "people": [
        {
            "description": "a teacher",
            "consent_given_on": "2026-01-05",
            "consent_expires_on": "2099-01-05",
            "by_guardian": False,
        },
        {
            "description": "a pupil",
            "consent_given_on": "2026-01-06",
            "consent_expires_on": "2099-01-06",
            "by_guardian": True,
        },
    ],
}


def at(path: str) -> Any:
    return Page.objects.get(url_path=path).specific


def fields_of(page: Any) -> dict[str, Any]:
    """The type's own fields, and of those that all types have the summary."""
    left_out = ("picture", "seo_title", "search_description")
    names = [name for name in page.interchange_fields if name not in left_out]
    return {name: written(page, name) for name in names}


@pytest.mark.django_db
def test_a_page_of_text_below_the_home() -> None:
    body = [
        {"type": "heading", "value": "What we do"},
        paragraph("We <b>help</b>."),
        {"type": "quote", "value": {"text": "Thank you.", "attribution": "a reader"}},
        {"type": "quote", "value": "Short"},
    ]
    given = line(body=body, tags=["privacy", "Digital Rights"], live=True, fields={"summary": "Us"})
    assert outcomes(given) == ["created"]
    page = at("/en/about/")
    assert isinstance(page, StandardPage)
    assert (page.title, page.live, page.section, page.summary) == ("About", True, None, "Us")
    short = {"type": "quote", "value": {"text": "Short", "attribution": ""}}
    assert written(page, "body") == [*body[:3], short]
    assert {topic.slug: topic.name for topic in page.topics.all()} == {
        "privacy": "Privacy",
        "digital-rights": "Digital Rights",
    }


def test_pages_stand_in_the_places_of_their_types(kh: Section, th: Section) -> None:
    given = [
        line("network-campaign", type="campaign"),
        line("kh-campaign", type="campaign", section="kh"),
        line("call", type="call", section="KH", parent="kh-campaign"),
        line("call-alone", type="call"),
        line("story", "km", type="story", section="kh"),
        line("guide", "km", section="kh"),
        line("below", section="kh", parent="kh-guides"),
        line("kh-guides", section="kh"),
        line("calls", type="list", fields={"lists": "call"}),
        line("kh-calls", type="list", section="kh", fields={"lists": "call"}),
    ]
    assert set(outcomes(*given)) == {"created"}
    paths = {
        "/en/campaigns/network-campaign/": (CampaignPage, None),
        "/en/countries/cambodia/campaigns/kh-campaign/": (CampaignPage, kh),
        "/en/countries/cambodia/campaigns/kh-campaign/call/": (CallForActionPage, kh),
        "/en/campaigns/call-alone/": (CallForActionPage, None),
        "/km/countries/cambodia/stories/story/": (SuccessStoryPage, kh),
        "/km/countries/cambodia/guide/": (StandardPage, kh),
        "/en/countries/cambodia/kh-guides/below/": (StandardPage, kh),
        "/en/calls/": (ListPage, None),
        "/en/countries/cambodia/kh-calls/": (ListPage, kh),
    }
    assert {path: (type(at(path)), at(path).section) for path in paths} == paths


@pytest.mark.parametrize(
    ("kind", "fields", "model"),
    [
        ("campaign", CAMPAIGN, CampaignPage),
        ("call", CALL, CallForActionPage),
        ("story", STORY, SuccessStoryPage),
    ],
)
def test_a_type_keeps_its_fields(
    kh: Section, th: Section, kind: str, fields: dict[str, Any], model: type
) -> None:
    given = line(type=kind, section="kh", fields=fields, live=True)
    assert outcomes(given) == ["created"]
    page = model.objects.get()
    assert fields_of(page) == fields
    assert fields_of(page.get_latest_revision_as_object()) == fields
    assert outcomes(given) == ["unchanged"]


def test_the_fields_of_a_draft_are_kept_too(kh: Section, th: Section) -> None:
    given = line(type="campaign", section="kh", fields=CAMPAIGN)
    assert outcomes(given) == ["created"]
    page = CampaignPage.objects.get()
    assert (page.live, fields_of(page)) == (False, CAMPAIGN)
    assert fields_of(page.get_latest_revision_as_object()) == CAMPAIGN


def test_what_provisioning_made_is_taken_over(kh: Section) -> None:
    before = Page.objects.count()
    given = [
        line("home", type="home", title="Our network", live=True, fields={"summary": "All of us"}),
        line("home", "km", type="home", title="បណ្ដាញ"),
        line("kh-root", type="section", section="kh", title="Cambodia!", slug="kh"),
        line("kh-root", "km", type="section", section="kh", slug="kh"),
        line("kh-stories", type="list", section="kh", slug="stories", title="Good news"),
        line("all-stories", type="list", slug="stories", fields={"lists": "story"}),
        line("countries", type="section-list", title="Where we are"),
    ]
    assert set(outcomes(*given)) == {"changed"}
    assert Page.objects.count() == before
    assert HomePage.objects.get(locale__language_code="en").title == "Our network"
    assert SectionPage.objects.get(locale__language_code="en").slug == "cambodia"
    assert at("/en/countries/cambodia/stories/").lists == "story"
    assert SectionListPage.objects.get(slug="countries", locale__language_code="en").title == (
        "Where we are"
    )
    keys = {"home", "kh-root", "kh-stories", "all-stories", "countries"}
    assert set(PageKey.objects.filter(key__in=keys).values_list("key", flat=True)) == keys
    assert set(outcomes(*given)) == {"unchanged"}


def test_search_knows_the_key_of_what_was_taken_over(kh: Section) -> None:
    page = SectionPage.objects.get(locale__language_code="km")
    run(line("kh-root", type="section", section="kh", title="Cambodia"))
    assert SearchEntry.objects.get(page=page).key == "kh-root"


def test_the_page_of_a_section_needs_its_section(kh: Section) -> None:
    SectionPage.objects.get(locale__language_code="km").delete()
    reports = run(
        line("kh-root", type="section"),
        line("kh-root", "km", type="section", section="kh"),
        line("new", "km", type="story", section="kh"),
    )
    assert [report.message for report in reports] == [
        "section: the page of a section needs the section's code",
        "section kh has no page in km; complete it with provision_section",
        (
            "section kh has no place for a story in km; complete it with provision_section, or "
            "name a parent"
        ),
    ]


def test_translations_are_one_page(kh: Section) -> None:
    run(line("guide", section="kh"), line("guide", "km", section="kh", title="មគ្គុទ្ទេសក៍"))
    pages = StandardPage.objects.all()
    assert len({page.translation_key for page in pages}) == 1
    assert {page.locale.language_code: page.slug for page in pages} == {
        "en": "guide",
        "km": "guide",
    }
    key = PageKey.objects.get(key="guide")
    assert (key.translation_key, key.source_language) == (pages[0].translation_key, "en")


@pytest.mark.django_db
def test_the_source_language_is_kept() -> None:
    run(line(language="km", source_language="th"), line(language="th", source_language="th"))
    assert PageKey.objects.get(key="about").source_language == "th"


@pytest.mark.django_db
def test_the_first_day_is_kept() -> None:
    run(line(live=True, first_published="1948-12-10"), line("draft", first_published="2001-02-03"))
    days = {
        page.slug: page.first_published_at.date().isoformat() for page in StandardPage.objects.all()
    }
    assert days == {"about": "1948-12-10", "draft": "2001-02-03"}
    assert SearchEntry.objects.get(key="about").published.date().isoformat() == "1948-12-10"
