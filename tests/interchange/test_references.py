"""Links to pages: by key, in whatever order and language, also in circles."""

from typing import Any

import pytest

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.export_names import ExportNames
from coalition.core.interchange.values import written
from coalition.core.models import PageKey
from home.models import StandardPage
from tests.factories import home_of, standard_page, translate
from tests.interchange.lines import line, outcomes, paragraph, run

pytestmark = pytest.mark.django_db


def to(*references: str) -> list[dict[str, Any]]:
    return [paragraph(" ".join(f'<a href="page:{name}">x</a>' for name in references))]


def related(*references: str) -> list[dict[str, Any]]:
    return [{"type": "related_pages", "value": list(references)}]


def page(key: str, language: str = "en") -> StandardPage:
    keys = PageKey.objects.filter(key=key).values("translation_key")
    found = StandardPage.objects.get(translation_key__in=keys, locale__language_code=language)
    return found if found.live else found.get_latest_revision_as_object()


def targets(key: str, language: str = "en") -> list[int]:
    """The ids that the links or the related pages of a page lead to."""
    (block,) = page(key, language).body
    if block.block_type == "related_pages":
        return [item.pk for item in block.value]
    return [int(part.partition('"')[0]) for part in block.value.source.split(' id="')[1:]]


@pytest.mark.parametrize("body", [to, related])
@pytest.mark.parametrize("live", [True, False])
def test_pages_that_come_later_are_found(body: Any, live: bool) -> None:
    given = [
        line("a", body=body("b", "a"), live=live),
        line("b", body=body("c"), live=live),
        line("c", body=body("a"), live=live),
    ]
    assert outcomes(*given) == ["created", "created", "created"]
    assert targets("a") == [page("b").pk, page("a").pk]
    assert targets("b") == [page("c").pk]
    assert targets("c") == [page("a").pk]
    assert outcomes(*given) == ["unchanged", "unchanged", "unchanged"]


def test_a_page_that_is_there_waits_for_one_that_comes_later() -> None:
    run(line("a", live=True, body=to("a")))
    assert outcomes(line("a", body=to("b")), line("b", live=True)) == ["changed", "created"]
    assert targets("a") == [page("b").pk]


def test_a_reference_leads_to_the_language_that_is_meant() -> None:
    given = [
        line("a", "km", body=related("b", "b@en", "b@th", "c"), live=True),
        line("b", "en", live=True),
        line("b", "km", live=True),
        line("c", "th", source_language="th", live=True),
    ]
    assert outcomes(*given) == ["created"] * 4
    km, en, th = page("b", "km").pk, page("b", "en").pk, page("c", "th").pk
    assert targets("a", "km") == [km, en, km, th]
    assert outcomes(*given) == ["unchanged"] * 4
    assert outcomes(*given, line("b", "th", live=True)) == [
        "changed",
        *["unchanged"] * 3,
        "created",
    ]
    assert targets("a", "km") == [km, en, page("b", "th").pk, th]


@pytest.mark.parametrize("name", ["nowhere", "No Key", "", "nowhere@en", "a@xx", "1" * 100])
def test_what_names_no_page_is_left_out_and_said(name: str) -> None:
    reports = run(line("a", live=True), line("b", body=to("a", name), live=True))
    if name == "a@xx":
        assert targets("b") == [page("a").pk] * 2
        return
    assert reports[1].outcome == "created"
    assert reports[1].message == f"body, block 1: “{name}” names no page, and is left out"
    assert str(page("b").body[0].value.source).endswith("</a> x</p>")


def test_related_pages_without_any_are_left_out() -> None:
    report = run(line("a", body=related("nowhere"), live=True))[0]
    assert report.message.split("; ") == [
        "body, block 1, 1: “nowhere” names no page, and is left out",
        "body, block 1: too little is left of it, and is left out",
    ]
    assert len(page("a").body) == 0


def test_ids_of_another_site_mean_nothing_here() -> None:
    target = standard_page()
    html = f'<p><a linktype="page" id="{target.pk}">x</a></p>'
    report = run(line("a", body=[{"type": "paragraph", "value": html}], live=True))[0]
    assert report.message == "taken out of the text: linktype=, id="
    assert str(page("a").body[0].value.source) == "<p><a>x</a></p>"


def test_what_was_kept_by_hand_stays_in_a_rerun_with_keep() -> None:
    given = [line("a", body=to("b"), live=True), line("b", live=True)]
    assert outcomes(*given, keep=True) == ["created", "created"]
    assert targets("a") == [page("b").pk]
    assert outcomes(*given, keep=True) == ["unchanged", "unchanged"]


def names(language: str = "en") -> ExportNames:
    found = ExportNames(MediaExport(None))
    found.begin(language)
    return found


def test_links_are_written_by_key_and_language() -> None:
    one = standard_page(slug="one")
    khmer = translate(one, "km")
    key = str(one.translation_key)
    html = (
        f'<p data-block-key="a1"><a linktype="page" id="{one.pk}">x</a> '
        f'<a id="{khmer.pk}" linktype="page">y</a> <a href="https://e.org/?a=1&amp;b">z</a></p>'
    )
    assert names().html(html) == (
        f'<p><a href="page:{key}">x</a> <a href="page:{key}@km">y</a> '
        '<a href="https://e.org/?a=1&amp;b">z</a></p>'
    )
    assert f'<a href="page:{key}@en">x</a> <a href="page:{key}">y</a>' in names("km").html(html)


def test_links_that_lead_nowhere_are_dropped_with_a_remark() -> None:
    found = names()
    html = '<p><a linktype="page" id="99999">x</a> <a linktype="document" id="">y</a></p>'
    assert found.html(html) == "<p>x y</p>"
    assert found.remarks == [
        "a link to a page that was deleted is left out",
        "a link to a document that was deleted is left out",
    ]


def test_a_link_to_an_alias_names_the_page_that_it_shows() -> None:
    one = standard_page(slug="one")
    below = standard_page(slug="below")
    alias = one.create_alias(parent=below)
    assert names().page(alias.pk) == str(one.translation_key)


def test_marks_of_the_editor_are_no_change() -> None:
    given = line("a", body=[paragraph("x")], live=True)
    run(given)
    edited = page("a")
    edited.body = [{"type": "paragraph", "value": '<p data-block-key="k1">x</p>'}]
    edited.save_revision().publish()
    assert outcomes(given) == ["unchanged"]
    assert written(home_of(), "body") == []
