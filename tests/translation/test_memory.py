"""What is taken over from pages that were written as a whole, and what is not."""

import pytest
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from coalition.translation.domain.memory import take_in
from coalition.translation.domain.opening import begin, original_for
from coalition.translation.domain.saving import Typed, fingerprint, save_typed
from coalition.translation.domain.writer import write_sources
from coalition.translation.work import Work
from home.models import StandardPage
from tests.factories import now, translate
from tests.network import Network

from .desk import BODY, change, source_page, started, work_on

pytestmark = pytest.mark.usefixtures("demo")


def memory() -> dict[str, str]:
    rows = StringTranslation.objects.select_related("translation_of")
    return {row.translation_of.data: row.data for row in rows}


def by_hand(page: StandardPage, **fields: object) -> None:
    page = now(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()


def opened(network: Network, page: StandardPage) -> Work:
    page = now(page)
    return begin(page=page, original=original_for(page, network.user("translator-km")))


def test_a_draft_that_is_a_copy_is_no_translation(network: Network) -> None:
    source, draft = started(network)
    change(source, summary="Longer.", title="Guide two")
    work_on(network, draft)
    assert memory() == {}


def test_a_public_translation_made_by_hand_is_taken_over(network: Network) -> None:
    source = source_page(network)
    khmer = translate(source, "km", title="មគ្គុទ្ទេសក៍")
    opened(network, khmer)
    assert memory()["Guide"] == "មគ្គុទ្ទេសក៍"


def test_what_has_changed_in_the_source_since_is_not(network: Network) -> None:
    source = source_page(network)
    khmer = translate(source, "km", title="មគ្គុទ្ទេសក៍", summary="ខ្លី។")
    change(source, summary="Longer.")
    opened(network, khmer)
    assert memory()["Guide"] == "មគ្គុទ្ទេសក៍"
    assert "Longer." not in memory()


def test_only_what_was_changed_by_hand_replaces_what_was_typed_since(network: Network) -> None:
    _source, draft = started(network)
    by_hand(draft, title="ចាស់", summary="ចាស់។")
    work = work_on(network, draft)
    assert memory() == {"Guide": "ចាស់", "Short.": "ចាស់។"}
    title = next(s for s in work.segments if s.source == "Guide")
    typed = [Typed(title.key, "ថ្មី", fingerprint(title.text))]
    save_typed(work=work, typed=typed, user=network.user("translator-km"))
    by_hand(draft, summary="ថ្មី។")
    work_on(network, draft)
    assert memory() == {"Guide": "ថ្មី", "Short.": "ថ្មី។"}


def test_looking_again_takes_nothing(network: Network) -> None:
    _source, draft = started(network)
    by_hand(draft, title="ថ្មី")
    work = work_on(network, draft)
    assert take_in(work.translation, now(draft)) == 0


def test_segments_that_the_code_finds_anew_are_written(network: Network) -> None:
    _source, draft = started(network)
    StringSegment.objects.filter(string__data="Four").delete()
    assert [s.source for s in work_on(network, draft).segments][-2:] == ["Four", "Five"]


def test_a_draft_of_the_source_writes_no_segments_anew(network: Network) -> None:
    source = source_page(network)
    write_sources([now(source)])
    before = TranslationSource.objects.get().last_updated_at
    page = now(source)
    page.title = "Not yet"
    page.save_revision()
    write_sources([now(source)])
    assert TranslationSource.objects.get().last_updated_at == before
    change(source, body=BODY[:1])
    write_sources([now(source)])
    assert TranslationSource.objects.get().last_updated_at > before


ANEW = [
    {"type": "heading", "value": "ហៅ {name}"},
    {"type": "paragraph", "value": "<p>ពីរ <b>និង</b> ទៀត។</p><p>បី។</p>"},
    {"type": "quote", "value": {"text": "បួន", "attribution": "ប្រាំ"}},
]


def test_a_translation_with_blocks_of_its_own_is_taken_over_by_their_order(
    network: Network,
) -> None:
    source = source_page(network)
    khmer = translate(source, "km", live=False)
    change(khmer, title="មគ្គុទ្ទេសក៍", summary="ខ្លី។", body=ANEW)
    opened(network, khmer)
    assert list(memory().values()) == [
        *("មគ្គុទ្ទេសក៍", "ខ្លី។", "ហៅ {name}", "ពីរ <b>និង</b> ទៀត។", "បី។", "បួន", "ប្រាំ")
    ]


@pytest.mark.parametrize("body", [ANEW[::-1], ANEW[:2], [*ANEW[:2], ANEW[0]]])
def test_blocks_in_another_order_are_not_guessed(
    network: Network, body: list[dict[str, object]]
) -> None:
    source = source_page(network)
    khmer = translate(source, "km", live=False)
    change(khmer, title="មគ្គុទ្ទេសក៍", summary="ខ្លី។", body=body)
    opened(network, khmer)
    assert memory() == {"Guide": "មគ្គុទ្ទេសក៍", "Short.": "ខ្លី។"}
