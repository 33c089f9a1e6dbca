"""Stale is a segment whose source has changed, and nothing else."""

from collections.abc import Iterator

import pytest
from wagtail.models import Page

from coalition.translation.models import SourceText, TranslationState
from home.models import StandardPage
from tests.factories import home_of, make_page, now, standard_page, translate

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": "One", "id": "6a1f1d0e-0000-4000-8000-000000000001"},
    {
        "type": "paragraph",
        "value": "<p>Two <b>and</b> more.</p><p>Three.</p>",
        "id": "6a1f1d0e-0000-4000-8000-000000000002",
    },
    {"type": "quote", "value": {"text": "Four", "attribution": "Five"},
     "id": "6a1f1d0e-0000-4000-8000-000000000003"},
]  # fmt: skip


def state(page: Page) -> TranslationState:
    return TranslationState.objects.get(page=page.pk)


def edit(page: StandardPage, body: list[dict[str, object]], **fields: object) -> None:
    page = now(page)
    page.body = StandardPage._meta.get_field("body").to_python(body)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def source() -> StandardPage:
    return standard_page(title="Source", summary="Short.", body=BODY)


@pytest.fixture
def khmer(source: StandardPage) -> Iterator[StandardPage]:
    translated = translate(source, "km", title="ប្រភព")
    assert state(translated).stale == 0
    return translated


def changed(value: object, place: int) -> list[dict[str, object]]:
    return [block | {"value": value} if i == place else block for i, block in enumerate(BODY)]


def test_a_source_has_its_segments_and_when_they_came(source: StandardPage) -> None:
    text = SourceText.objects.get(page=source.pk)
    paths = [path.rpartition(".")[2] for path in text.segments]
    assert paths.count("title") == 1
    assert len(next(v for k, v in text.segments.items() if k.endswith("0002"))) == 2
    assert not TranslationState.objects.filter(page=source.pk).exists()


def test_one_changed_paragraph_is_one_stale_segment_in_each_language_that_has_it(
    source: StandardPage, khmer: StandardPage
) -> None:
    thai = translate(source, "th", title="ที่มา")
    draft = translate(source, "vi", live=False)
    edit(source, changed("<p>Two <b>and</b> more.</p><p>Three and a half.</p>", 1))
    for page in (khmer, thai):
        assert (state(page).stale, state(page).total) == (1, 7)
        assert state(page).stale_since == now(source).last_published_at
    assert not TranslationState.objects.filter(page=draft.pk).exists()


def test_the_date_is_that_of_the_oldest_stale_segment(
    source: StandardPage, khmer: StandardPage
) -> None:
    edit(source, changed("Uno", 0))
    since = state(khmer).stale_since
    edit(source, changed("Uno", 0), summary="Shorter.")
    assert (state(khmer).stale, state(khmer).stale_since) == (2, since)


def test_moving_blocks_saving_and_drafts_mark_nothing(
    source: StandardPage, khmer: StandardPage
) -> None:
    edit(source, BODY[::-1])
    edit(source, BODY[::-1])
    draft = now(source)
    draft.title = "Not yet"
    draft.save_revision()
    draft.save_revision()
    assert state(khmer).stale == 0


def test_what_went_is_stale_too(source: StandardPage, khmer: StandardPage) -> None:
    edit(source, BODY[1:])
    assert state(khmer).stale == 1
    edit(khmer, BODY[1:], title="ប្រភព")
    assert state(khmer).stale == 0


def test_going_back_makes_it_current_again(source: StandardPage, khmer: StandardPage) -> None:
    edit(source, changed("Uno", 0))
    edit(source, BODY)
    assert (state(khmer).stale, state(khmer).stale_since) == (0, None)


def test_an_edit_by_hand_makes_current_what_it_changed_and_no_more(
    source: StandardPage, khmer: StandardPage
) -> None:
    edit(source, changed("Uno", 0), summary="Shorter.")
    edit(khmer, BODY, title="ប្រភពថ្មី")
    assert state(khmer).stale == 2
    edit(khmer, changed("មួយ", 0), title="ប្រភពថ្មី")
    assert state(khmer).stale == 1


def test_a_translation_built_anew_follows_as_a_whole(source: StandardPage) -> None:
    other = make_page(
        StandardPage,
        home_of("km"),
        live=False,
        slug=source.slug,
        translation_key=source.translation_key,
    )
    edit(other, [{"type": "paragraph", "value": "<p>ទាំងអស់</p>"}], title="ប្រភព")
    assert state(other).stale == 0
    edit(source, changed("Uno", 0))
    assert state(other).stale == 1
    edit(other, [{"type": "paragraph", "value": "<p>ទាំងអស់ ថ្មី</p>"}], title="ប្រភព")
    assert state(other).stale == 0


def test_a_page_that_was_built_anew_after_its_source_is_current(source: StandardPage) -> None:
    """As imports do it: both pages are there with a title, then each one gets its own body."""
    edit(source, [])
    khmer = translate(source, "km", title="ប្រភព")
    edit(source, BODY)
    assert state(khmer).stale == 5
    own = [{"type": "paragraph", "value": "<p>ទាំងអស់</p>"}]
    edit(khmer, own, title="ប្រភព")
    assert state(khmer).stale == 0
    heading = {"type": "heading", "value": "New", "id": "6a1f1d0e-0000-4000-8000-000000000009"}
    edit(source, [*BODY, heading])
    assert state(khmer).stale == 1
    now(khmer).save_revision().publish()
    assert state(khmer).stale == 1


def test_a_translation_may_be_public_before_its_source() -> None:
    source = standard_page(live=False, body=BODY)
    khmer = translate(source, "km")
    assert state(khmer).segments == {}
    source.save_revision().publish()
    assert (state(khmer).stale, bool(state(khmer).segments)) == (0, True)
    edit(source, changed("Uno", 0))
    assert state(khmer).stale == 1


def test_deleting_leaves_the_others(source: StandardPage, khmer: StandardPage) -> None:
    now(khmer).delete()
    assert not TranslationState.objects.filter(page=khmer.pk).exists()
    now(source).delete()
    assert not SourceText.objects.filter(page=source.pk).exists()


def test_when_the_source_goes_another_language_is_followed(
    source: StandardPage, khmer: StandardPage
) -> None:
    thai = translate(source, "th", title="ที่มา")
    edit(source, changed("Uno", 0))
    now(source).delete()
    assert SourceText.objects.filter(page=khmer.pk).exists()
    assert not TranslationState.objects.filter(page=khmer.pk).exists()
    assert state(thai).stale == 0
    edit(khmer, changed("មួយ", 0), title="ប្រភព")
    assert state(thai).stale == 1


def test_an_alias_is_no_translation(source: StandardPage) -> None:
    parent = home_of("en")
    alias = source.create_alias(parent=parent, update_slug="again")
    assert not SourceText.objects.filter(page=alias.pk).exists()
