"""The search page: everything a reader can put into its address leads to a page."""

from typing import Any

import pytest
from django.test import Client

from coalition.core.models import Topic, TopicName
from coalition.sections.models import Section, SectionName
from tests.search.factories import Text, make_entries

pytestmark = pytest.mark.django_db


def get(language: str = "en", **parameters: Any) -> Any:
    response = Client().get(f"/{language}/search/", parameters)
    assert response.status_code == 200
    return response


@pytest.fixture
def dams() -> None:
    section = Section.objects.create(
        kind="network", code="mekong", slug="mekong", default_language="en"
    )
    SectionName.objects.create(section=section, language="th", name="แม่น้ำโขง")
    topic = Topic.objects.create(slug="water", name="Water")
    TopicName.objects.create(topic=topic, language="th", name="น้ำ")
    make_entries(
        [
            Text("dam", "en", "A dam", body="A dam of <b>stone</b> & sand", type="standard",
                 section=section, topics=("water",)),
            Text("dam", "th", "เขื่อน", body="หินและทราย", type="standard", section=section,
                 topics=("water",)),
            Text("home", "en", "Quarry", body="stone", type="home"),
        ]
    )  # fmt: skip


@pytest.mark.usefixtures("dams")
def test_results_are_in_the_readers_language() -> None:
    response = get("th", q="stone", section="mekong")
    (result,) = response.context["answer"]["results"]
    assert (result.url, result.title, result.language.code) == ("/th/dam/", "เขื่อน", "th")
    assert result.section_label == "แม่น้ำโขง"
    assert [(version.url, version.name) for version in result.also_in] == [("/en/dam/", "English")]
    assert "เขื่อน" in response.content.decode()


@pytest.mark.usefixtures("dams")
def test_excerpts_are_escaped_and_marked() -> None:
    response = get(q="stone", type="standard")
    (result,) = response.context["answer"]["results"]
    assert result.excerpt_html == "A dam of &lt;b&gt;<mark>stone</mark>&lt;/b&gt; &amp; sand"
    assert result.excerpt_html in response.content.decode()


@pytest.mark.usefixtures("dams")
def test_facets_have_labels_counts_and_links() -> None:
    response = get("th", **{"q": "stone", "in": "en", "section": "mekong"})
    shown = {
        facet.name: [(value.label, value.count, value.url, value.active) for value in facet.values]
        for facet in response.context["facets"]
    }
    assert shown["language"] == [("English", 1, "?q=stone&section=mekong", True)]
    assert shown["topic"] == [("น้ำ", 1, "?q=stone&in=en&section=mekong&topic=water", False)]
    assert [value[2:] for value in shown["section"]] == [
        ("?q=stone&in=en", True),
        ("?q=stone&in=en&section=network", False),
    ]
    assert response.context["form"].chosen() == {"q": "stone", "in": "en", "section": "mekong"}


@pytest.mark.usefixtures("dams")
def test_a_choice_without_pages_can_be_taken_back() -> None:
    facets = {facet.name: facet for facet in get(q="zebra", topic="water").context["facets"]}
    (value,) = facets["topic"].values
    assert (value.label, value.count, value.url, value.active) == ("Water", 0, "?q=zebra", True)


FALLBACKS = {
    "in": "That language is not known here. All languages were searched.",
    "section": "That section is not known here. All sections were searched.",
    "type": "That kind of page is not known here. All kinds were searched.",
    "topic": "That topic is not known here. All topics were searched.",
    "page": "The results have no such page. This is the first one.",
}


@pytest.mark.usefixtures("dams")
@pytest.mark.parametrize("name", FALLBACKS)
@pytest.mark.parametrize("value", ["zz", "-1", "\0", "9" * 5000, "' OR 1=1 --", "𐀀"])
def test_what_is_not_understood_is_said(name: str, value: str) -> None:
    response = get(**{"q": "stone", name: value})
    assert response.context["messages"] == [FALLBACKS[name]]
    assert response.context["form"].errors == {}
    assert response.context["answer"]["total"] == 2
    assert FALLBACKS[name] in response.content.decode()


@pytest.mark.usefixtures("dams")
def test_a_page_beyond_the_last_is_the_first() -> None:
    response = get(q="stone", page=3)
    assert response.context["messages"] == [FALLBACKS["page"]]
    assert response.context["pager"].number == 1
    assert len(response.context["answer"]["results"]) == 2


def test_only_the_beginning_of_a_long_query_is_searched() -> None:
    response = get(q="dam " * 3000)
    assert response.context["messages"] == [
        "Only the first 200 characters of your words were searched."
    ]
    assert response.context["form"]["q"].value() == ("dam " * 50).strip()


def test_results_go_on_on_another_page() -> None:
    make_entries(Text(f"p{n}", "en", f"Report {n}", body="dams") for n in range(45))
    response = get(**{"q": "dams", "in": "en", "page": 2})
    assert response.context["pager_address"] == "?q=dams&in=en&"
    assert response.context["pager"].number == 2
    assert response.context["pager"].paginator.num_pages == 3
    assert "?q=dams&amp;in=en&amp;page=3" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "km", "th", "ur", "tpi", "zh-hans"])
@pytest.mark.parametrize("q", ["", "zebra", "สิทธิ", "\0\x1f", '"' * 200, "<script>x()</script>"])
def test_every_query_has_a_page_in_every_language(language: str, q: str) -> None:
    response = get(language, q=q)
    assert "<script>x" not in response.content.decode()
    assert response.headers["Content-Language"].lower() == language


def test_no_cookie_is_set_and_none_matters() -> None:
    response = get(q="dam")
    assert response.cookies == {}
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_the_page_can_only_be_read() -> None:
    assert Client().post("/en/search/").status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow(
    number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        section = Section.objects.create(
            kind="network", code=f"n{n}", slug=f"n{n}", default_language="en"
        )
        Topic.objects.create(slug=f"t{n}", name=f"T{n}")
        make_entries([Text(f"p{n}", "en", body="dams", section=section, topics=(f"t{n}",))])
    with django_assert_max_num_queries(12):
        get(q="dams")
