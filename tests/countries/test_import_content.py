"""The command: files and folders, exit codes, a run that writes nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from coalition.sections.models import Section
from home.models import StandardPage
from tests.countries.test_provision import everything
from tests.factories import open_section
from tests.interchange.lines import as_bytes, line

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_content", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def summary(name: str, created: int, refused: int = 0) -> str:
    total = created + refused
    return f"{name}: {total} lines, {created} created, 0 changed, 0 unchanged, {refused} refused\n"


def test_bad_lines_are_reported_by_number_and_the_others_go_in(tmp_path: Path) -> None:
    path = tmp_path / "content.jsonl"
    path.write_bytes(as_bytes(line("one"), "{", "", line("two", "xx"), line("three")))
    code, out, err = run(path)
    assert (code, out) == (1, summary("content.jsonl", 2, 2))
    assert [text.partition(": ")[0] for text in err.splitlines()] == [
        "content.jsonl, line 2",
        "content.jsonl, line 4",
    ]
    assert set(StandardPage.objects.values_list("slug", "live")) == {
        ("one", False),
        ("three", False),
    }


def test_a_remark_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "content.jsonl"
    script = {"type": "paragraph", "value": "<p>a</p><script>x()</script>"}
    path.write_bytes(as_bytes(line("one", body=[script])))
    code, _out, err = run(path)
    assert (code, err) == (0, "content.jsonl, line 1: taken out of the text: <script>\n")


@pytest.mark.parametrize(
    "content", [b"", b"\n\r\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "bom"]
)
def test_an_empty_file_is_no_failure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "content.jsonl"
    path.write_bytes(content)
    assert run(path) == (0, summary("content.jsonl", 0), "")


def test_a_file_from_windows_goes_in(tmp_path: Path) -> None:
    path = tmp_path / "content.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + as_bytes(line("one"), line("two"), "").replace(b"\n", b"\r\n")
    )
    assert run(path) == (0, summary("content.jsonl", 2), "")


def test_publish_makes_everything_live(tmp_path: Path) -> None:
    path = tmp_path / "content.jsonl"
    path.write_bytes(as_bytes(line("one"), line("two", live=False)))
    run(path, "--publish")
    assert set(StandardPage.objects.values_list("slug", "live")) == {("one", True), ("two", True)}


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "content.jsonl"
    path.write_bytes(as_bytes(line("two", parent="one"), line("one"), "{"))
    before = everything()
    code, out, err = run(path, "--dry-run", "--publish")
    assert everything() == before
    assert (code, out) == (
        1,
        (
            "content.jsonl: 3 lines, 2 would be created, 0 would be changed, 0 would be unchanged, "
            "1 would be refused\n"
        ),
    )
    assert err.startswith("content.jsonl, line 3: this is not JSON")


def test_a_section_is_filled_in_where_there_is_none(tmp_path: Path) -> None:
    open_section("kh")
    path = tmp_path / "content.jsonl"
    path.write_bytes(as_bytes(line("one"), line("two", "th")))
    code, _out, err = run(path, "--section", "KH")
    assert (code, err) == (
        1,
        (
            "content.jsonl, line 2: section kh does not use th; it uses en, km. Add it with "
            "provision_section\n"
        ),
    )
    assert StandardPage.objects.get().section.code == "kh"


def test_a_folder_brings_its_sections(tmp_path: Path) -> None:
    sections = [
        {"code": "kh", "kind": "country", "languages": ["en", "km"]},
        {"code": "zz", "kind": "country", "languages": ["en"]},
        "[]",
        {"code": "th", "kind": "country"},
        {"code": "th", "kind": "country", "languages": "en"},
        {"code": "th", "kind": "country", "languages": ["en"], "colour": "red"},
        {"code": "pacific", "kind": "network", "languages": ["en"], "names": {"en": "Pacific"}},
    ]
    (tmp_path / "sections.jsonl").write_bytes(as_bytes(*sections))
    (tmp_path / "pages.jsonl").write_bytes(as_bytes(line("one", section="kh")))
    code, out, err = run(tmp_path)
    assert (code, out) == (1, summary("sections.jsonl", 2, 5) + summary("pages.jsonl", 1))
    assert err.splitlines() == [
        (
            "sections.jsonl, line 2: “zz” is not the ISO 3166 alpha-2 code of a country. Use one "
            "like kh or th, or make it a network: that may span countries."
        ),
        'sections.jsonl, line 3: a line is an object: {"code": …, "kind": …, "languages": […]}',
        "sections.jsonl, line 4: languages: missing",
        "sections.jsonl, line 5: languages: a list is needed",
        "sections.jsonl, line 6: unknown members: colour",
    ]
    assert set(Section.objects.values_list("code", flat=True)) == {"kh", "pacific"}
    before = everything()
    (tmp_path / "sections.jsonl").write_bytes(as_bytes(sections[0], sections[6]))
    assert run(tmp_path)[0] == 0
    assert everything() == before


def test_a_folder_may_have_pages_alone(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(json.dumps(line("one")))
    assert run(tmp_path) == (0, summary("pages.jsonl", 1), "")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("missing.jsonl", [], "There is no file .*missing.jsonl"),
        ("", [], "There is no file .*pages.jsonl"),
        ("content.jsonl", ["--section", "zz"], "There is no section “zz”"),
    ],
)
def test_what_cannot_begin_is_refused(
    tmp_path: Path, name: str, options: list[str], message: str
) -> None:
    (tmp_path / "content.jsonl").write_bytes(as_bytes(line("one")))
    with pytest.raises(CommandError, match=message):
        run(tmp_path / name, *options)
    assert not Page.objects.filter(slug="one").exists()
