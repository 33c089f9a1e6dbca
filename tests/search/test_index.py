"""Entries follow pages, in the transaction that changes them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from coalition.core.models import PageKey, Topic
from coalition.jobs.models import OutboxItem
from coalition.sections.models import Section
from countries.models import SectionPage
from home.models import HomePage, ListPage, StandardPage
from search import engines
from search.domain import index, queries
from search.domain.queries import SearchRequest
from search.models import SearchEntry

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 2, 3, tzinfo=UTC)


def home_in(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def publish(title: str = "Dams", *, under: Page | None = None, **fields: Any) -> StandardPage:
    parent = under or home_in("en")
    page = StandardPage(title=title, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def found(q: str) -> list[str]:
    return [hit.entry.title for hit in queries.search(SearchRequest(q=q, within="en")).hits]


def test_an_entry_holds_what_the_page_says() -> None:
    Topic.objects.bulk_create(Topic(slug=slug, name=slug.title()) for slug in ("water", "land"))
    page = publish(
        "  The Mekong ",
        slug="mekong",
        summary="A river.",
        first_published_at=DAY,
        body=[
            ("heading", "Who lives there"),
            ("paragraph", RichText("<p>People &amp; <b>fish</b></p><p>since\u00a0long.</p>")),
        ],
    )
    page.topics.set(["Water", "Land"])
    page.save_revision().publish()
    PageKey.objects.filter(translation_key=page.translation_key).update(key="mekong")
    index.refresh([page])
    entry = SearchEntry.objects.get(page=page)
    values = {field.attname: getattr(entry, field.attname) for field in entry._meta.fields}
    assert len(values.pop("digest")) == 32
    assert values == {
        "page_id": page.pk,
        "key": "mekong",
        "language": "en",
        "section_id": None,
        "type": "standard",
        "topics": ["land", "water"],
        "url": "/en/mekong/",
        "picture_id": None,
        "facets": {},
        "published": DAY,
        "title": "The Mekong",
        "summary": "A river.",
        "body": "Who lives there · People & fish since long.",
    }


def test_homes_are_found_and_lists_are_not() -> None:
    types = set(SearchEntry.objects.values_list("type", flat=True))
    assert "home" in types
    assert types.isdisjoint({"list", "section-list"})


def test_a_published_page_is_found_after_the_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(body=[("paragraph", RichText("<p>No zebra dam</p>"))])
    assert found("zebra") == ["Dams"]
    with django_capture_on_commit_callbacks(execute=True):
        page.body = [("paragraph", RichText("<p>No giraffe dam</p>"))]
        page.save_revision().publish()
    assert (found("zebra"), found("giraffe")) == ([], ["Dams"])
    assert engines.current().drift().count == 0


def test_a_draft_has_no_entry() -> None:
    page = StandardPage(title="Dams", live=False)
    home_in("en").add_child(instance=page)
    assert not SearchEntry.objects.filter(page=page).exists()
    page.title = "Published later"
    page.save_revision()
    assert not SearchEntry.objects.filter(page=page).exists()


def test_a_draft_of_a_live_page_changes_nothing() -> None:
    page = publish("Dams")
    page.title = "Draft"
    page.save_revision()
    assert SearchEntry.objects.get(page=page).title == "Dams"


def hide(page: Page) -> None:
    page.unpublish()


def delete(page: Page) -> None:
    page.delete()


def delete_as_page(page: Page) -> None:
    Page.objects.get(pk=page.pk).delete()


def delete_parent(page: Page) -> None:
    page.get_parent().specific.delete()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_parent(page: Page) -> None:
    restrict(page.get_parent())


@pytest.mark.parametrize(
    "change", [hide, delete, delete_as_page, delete_parent, restrict, restrict_parent]
)
def test_what_is_hidden_leaves_every_answer_in_the_same_transaction(
    change: Callable[[Page], None], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = publish("Zebra", under=publish("Parent"))
    assert found("zebra") == ["Zebra"]
    with django_capture_on_commit_callbacks(execute=True):
        change(page)
        # Nothing has been committed, and no job has run.
        assert found("zebra") == []
        assert queries.suggest("zebra", "en") == []
        assert not SearchEntry.objects.filter(title="Zebra").exists()
    assert engines.current().drift().count == 0


def test_a_lifted_restriction_brings_pages_back() -> None:
    page = publish("Zebra", under=publish("Parent"))
    restrict_parent(page)
    PageViewRestriction.objects.get().delete()
    assert SearchEntry.objects.filter(title__in=["Zebra", "Parent"]).count() == 2


def test_a_rolled_back_change_leaves_no_trace() -> None:
    page = publish("Zebra")
    jobs = OutboxItem.objects.count()
    with transaction.atomic():
        page.unpublish()
        publish("Other")
        transaction.set_rollback(True)
    assert SearchEntry.objects.filter(title="Zebra").exists()
    assert not SearchEntry.objects.filter(title="Other").exists()
    assert OutboxItem.objects.count() == jobs


@pytest.mark.embedded
def test_a_change_leaves_one_job_with_the_ids() -> None:
    OutboxItem.objects.all().delete()
    page = publish("Zebra")
    jobs = OutboxItem.objects.filter(task_path="search.tasks.sync_engine")
    assert [job.kwargs for job in jobs] == [{"page_ids": [page.pk]}] * 2  # made, published
    jobs.delete()
    page.save()
    assert not jobs.exists()


def test_a_new_slug_moves_what_is_below() -> None:
    parent = publish("Parent", slug="old")
    child = publish("Child", slug="child", under=parent)
    parent.slug = "new"
    parent.save_revision().publish()
    assert SearchEntry.objects.get(page=parent).url == "/en/new/"
    assert SearchEntry.objects.get(page=child).url == "/en/new/child/"


def test_a_moved_page_has_a_new_address_and_section() -> None:
    section = Section.objects.create(
        kind="country", code="kh", slug="cambodia", default_language="en", languages=["en"]
    )
    root = SectionPage(title="Cambodia", slug="cambodia", section=section)
    home_in("en").add_child(instance=root)
    page = publish("Dams", slug="dams")
    child = publish("Child", slug="child", under=page)
    page.move(root, pos="last-child")
    entries = SearchEntry.objects.filter(page__in=[page, child]).order_by("page_id")
    assert [(entry.url, entry.section) for entry in entries] == [
        ("/en/cambodia/dams/", section),
        ("/en/cambodia/dams/child/", section),
    ]


def test_an_alias_in_another_language_is_no_page_of_that_language() -> None:
    page = publish("Dams")
    alias = page.copy_for_translation(home_in("th").locale, alias=True)
    assert alias.live
    assert list(
        SearchEntry.objects.filter(page__translation_key=page.translation_key).values_list(
            "language", flat=True
        )
    ) == ["en"]


def test_languages_of_a_page_share_its_key() -> None:
    page = publish("Dams")
    translation = page.copy_for_translation(home_in("th").locale)
    translation.save_revision().publish()
    entries = SearchEntry.objects.filter(page__in=[page, translation])
    assert set(entries.values_list("language", flat=True)) == {"en", "th"}
    assert set(entries.values_list("key", flat=True)) == {str(page.translation_key)}


def queries_to_refresh(pages: list[Page]) -> int:
    SearchEntry.objects.filter(page__in=pages).update(digest="")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        index.refresh(pages)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_pages() -> None:
    pages = [publish(f"Dam {number}") for number in range(12)]
    assert queries_to_refresh(pages[:3]) == queries_to_refresh(pages)


def test_refreshing_again_writes_nothing() -> None:
    page = publish()
    with CaptureQueriesContext(connection) as captured:
        index.refresh([page])
    assert [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_pages_of_no_searchable_type_are_ignored() -> None:
    page = ListPage.objects.live().first()
    index.refresh([page, Page.objects.get(depth=1)])
    assert not SearchEntry.objects.filter(page=page).exists()
    assert HomePage.objects.live().count() == SearchEntry.objects.filter(type="home").count()


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["", " "], ""),
        (["FPIC", "", "Agreement"], "FPIC · Agreement"),
        (["Who?", "We.", "End"], "Who? We. End"),
        (["ដី។", "ទឹក", "水。", "火"], "ដី។ ទឹក · 水。 火"),
    ],
)
def test_parts_of_a_text_are_kept_from_each_other(parts: list[str], text: str) -> None:
    assert index._one_after_another(parts) == text
