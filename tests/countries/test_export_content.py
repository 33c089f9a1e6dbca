"""The command: what is written where, what is left out and said, what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from coalition.core.models import PageKey
from coalition.sections.models import Approval, Section, SectionStatus
from countries.domain.provision import provision_section
from tests.factories import (
    TopicFactory,
    call_page,
    campaign_page,
    home_of,
    now,
    open_section,
    root_of,
    standard_page,
    stored_picture,
    translate,
)
from tests.files.conftest import files_in
from tests.interchange.network import command, link, stored_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
MEMBERS = [
    *("key", "language", "source_language", "section", "type", "live", "slug", "title", "body"),
    *("tags", "first_published", "parent", "fields"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def lines(folder: Path, name: str = "pages.jsonl") -> list[dict[str, Any]]:
    return [json.loads(text) for text in (folder / name).read_text().splitlines()]


def line_of(folder: Path, page: Page) -> dict[str, Any]:
    (line,) = [
        line
        for line in lines(folder)
        if line["slug"] == page.slug and line["language"] == page.locale.language_code
    ]
    return line


def export(folder: Path, *options: str) -> str:
    """Export; returns what was said on standard error."""
    code, _out, err = command("export_content", folder, *options)
    assert code == 0
    return err


def test_every_member_is_said_in_its_order(folder: Path) -> None:
    page = standard_page(slug="land", title="ដី")
    assert export(folder) == ""
    line = line_of(folder, page)
    assert list(line) == MEMBERS
    assert "ដី" in (folder / "pages.jsonl").read_text()
    assert line == {
        "key": str(page.translation_key),
        "language": "en",
        "source_language": "en",
        "section": None,
        "type": "standard",
        "live": True,
        "slug": "land",
        "title": "ដី",
        "body": [],
        "tags": [],
        "first_published": page.first_published_at.date().isoformat(),
        "parent": None,
        "fields": {"summary": "", "picture": None, "seo_title": "", "search_description": ""},
    }
    before = {name: (folder / name).read_bytes() for name in files_in(folder)}
    assert export(folder) == ""
    assert {name: (folder / name).read_bytes() for name in files_in(folder)} == before


def test_a_parent_is_said_where_it_is_another_than_usual(folder: Path) -> None:
    campaign = campaign_page(slug="water")
    call = call_page(campaign, slug="sign")
    PageKey.objects.filter(translation_key=campaign.translation_key).update(key="water")
    export(folder)
    assert line_of(folder, campaign)["parent"] is None
    assert line_of(folder, call)["parent"] == "water"


def test_sections_say_approval_and_status_and_the_default_language_first(folder: Path) -> None:
    open_section("kh", languages=["en", "km"])
    Section.objects.update(
        default_language="km", approval=Approval.SECTION, status=SectionStatus.ARCHIVED
    )
    export(folder)
    assert lines(folder, "sections.jsonl") == [
        {
            "code": "kh",
            "kind": "country",
            "languages": ["km", "en"],
            "slug": "cambodia",
            "names": {},
            "approval": "section",
            "status": "archived",
        }
    ]


def test_a_draft_is_written_as_it_was_last_edited(folder: Path) -> None:
    draft = standard_page(slug="draft", title="Old", live=False)
    draft.title = "New"
    draft.save_revision()
    export(folder)
    line = line_of(folder, draft)
    assert (line["title"], line["live"], line["first_published"]) == ("New", False, None)


def test_a_live_page_is_written_as_it_is_public(folder: Path) -> None:
    page = standard_page(slug="page", title="Public")
    page.title = "Half written"
    page.save_revision()
    assert export(folder) == "1 live pages have newer drafts, which are not written\n"
    assert line_of(folder, now(page))["title"] == "Public"


def test_what_not_everybody_may_read_becomes_a_draft(folder: Path) -> None:
    above = standard_page(slug="above")
    below = standard_page(above, slug="below")
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    said = export(folder).splitlines()
    ends = "in en: not everybody may read it, so it is written as a draft"
    assert sorted(said) == sorted(f"{page.translation_key} {ends}" for page in (above, below))
    assert [line_of(folder, page)["live"] for page in (above, below)] == [False, False]
    # Here they stay as they are.
    code, out, err = command("import_content", folder)
    assert (code, ", 0 changed," in out.splitlines()[-1]) == (0, True)
    assert err.count("so it stays live; unpublish it in the admin") == 2
    assert now(above).live


def test_an_alias_is_left_out(folder: Path) -> None:
    page = standard_page(slug="page")
    page.create_alias(parent=home_of(), update_slug="twin")
    assert export(folder) == "1 of type standard left out: aliases of other pages\n"
    assert [line["slug"] for line in lines(folder) if line["type"] == "standard"] == ["page"]


def test_only_files_that_are_used_are_written(folder: Path, media: Path) -> None:
    used, _other = stored_picture(credit="A. Person"), stored_picture("red")
    standard_page(slug="a", picture=used, picture_alt="A river")
    export(folder)
    name = f"media/{used.key}.jpg"
    assert files_in(folder / "media") == sorted([f"{used.key}.jpg", "index.jsonl"])
    assert (folder / name).read_bytes() == (media / used.file.name).read_bytes()
    assert lines(folder, "media/index.jsonl") == [
        {
            "file": name,
            "title": "teal",
            "description": "",
            "credit": "A. Person",
            "focal_point": None,
            "section": None,
        }
    ]


def test_files_that_are_used_no_more_go(folder: Path) -> None:
    page = standard_page(slug="a", picture=stored_picture(), picture_alt="A river")
    export(folder)
    (folder / "media" / "mine.txt").write_text("not from here")
    page.picture = None
    page.save_revision().publish()
    export(folder)
    assert files_in(folder / "media") == ["index.jsonl", "mine.txt"]


def test_a_file_that_is_gone_is_said_and_still_named(folder: Path, media: Path) -> None:
    image = stored_picture()
    page = standard_page(slug="a", picture=image, picture_alt="A river")
    (media / image.file.name).unlink()
    assert export(folder) == (
        f"{image.key}.jpg: the file is gone; bring it back from a backup, or upload it again\n"
    )
    assert line_of(folder, page)["fields"]["picture"]["image"] == f"media/{image.key}.jpg"
    assert command("import_content", folder)[0] == 0
    assert now(page).picture == image


def test_documents_that_not_everybody_may_read_are_left_out(folder: Path) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private.add_child(name="Below"), restriction_type="login"
    )
    secret = stored_document("Secret", collection=Collection.objects.get(name="Below"))
    html = f"<p>{link(secret, 'document')}</p>"
    body = [
        {"type": "documents", "value": [{"document": secret.pk, "title": "x"}]},
        {"type": "paragraph", "value": html},
    ]
    page = standard_page(slug="a", body=body)
    said = export(folder)
    assert "the document “Secret”, which not everybody may read, is left out" in said
    assert line_of(folder, page)["body"] == [{"type": "paragraph", "value": "<p>there</p>"}]
    assert files_in(folder / "media") == ["index.jsonl"]


def test_what_was_deleted_is_left_out_with_a_remark(folder: Path) -> None:
    image, target = stored_picture(), standard_page(slug="target")
    picture = {"image": image.pk, "alt": "x", "caption": ""}
    body = [
        {"type": "picture", "value": picture},
        {"type": "related_pages", "value": [target.pk]},
        {"type": "paragraph", "value": f"<p>{link(target)}</p>"},
        {"type": "video", "value": {"title": "x", "url": "https://e.org/", "picture": image.pk}},
    ]
    page = standard_page(slug="a", body=body)
    image.delete()
    target.delete()
    said = export(folder).splitlines()
    place = f"{page.translation_key} in en: "
    assert said == [
        f"{place}a picture that was deleted is left out",
        f"{place}a page that was deleted is left out",
        f"{place}too little is left of it is left out",
        f"{place}a link to a page that was deleted is left out",
    ]
    kinds = [block["type"] for block in line_of(folder, page)["body"]]
    assert kinds == ["paragraph", "video"]


def test_one_section_with_its_files_and_topics(folder: Path) -> None:
    kh, th = open_section("kh"), open_section("th", languages=["en", "th"], slug="thailand")
    topics = [TopicFactory.create(slug=slug) for slug in ("land", "water")]
    ours, theirs = stored_picture(), stored_picture("red")
    standard_page(root_of(kh), slug="ours", picture=ours, picture_alt="x", topics=topics[:1])
    standard_page(root_of(th), slug="theirs", picture=theirs, picture_alt="x", topics=topics[1:])
    assert export(folder, "--section", "KH") == ""
    assert {line["section"] for line in lines(folder)} == {"kh"}
    assert "ours" in {line["slug"] for line in lines(folder)}
    assert [line["code"] for line in lines(folder, "sections.jsonl")] == ["kh"]
    assert [line["slug"] for line in lines(folder, "topics.jsonl")] == ["land"]
    assert files_in(folder / "media") == sorted([f"{ours.key}.jpg", "index.jsonl"])


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    standard_page(slug="a", picture=stored_picture(), picture_alt="A river")
    code, out, err = command("export_content", folder, "--dry-run")
    assert (code, err) == (0, "")
    assert out.endswith(" pages, 1 files would be written\n")
    assert not folder.exists()


def test_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    export(folder)
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_with_other_things_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("keep me")
    with pytest.raises(CommandError, match=r"holds something else than an earlier export \(letter"):
        command("export_content", folder)
    (folder / "letter.txt").unlink()
    (folder / "media").mkdir()
    with pytest.raises(CommandError, match="holds something else"):
        command("export_content", folder)
    (folder / "media").rmdir()
    (folder / ".git").mkdir()
    export(folder)
    export(folder)
    (folder / "letter.txt").write_text("keep me")
    with pytest.raises(CommandError, match="letter"):
        command("export_content", folder, "--dry-run")


def test_a_media_folder_elsewhere_is_refused(folder: Path, tmp_path: Path) -> None:
    export(folder)
    (folder / "media" / "index.jsonl").unlink()
    (folder / "media").rmdir()
    (folder / "media").symlink_to(tmp_path)
    with pytest.raises(CommandError, match="is not a folder of its own"):
        command("export_content", folder)


def test_a_file_in_its_place_is_refused(folder: Path) -> None:
    folder.write_text("x")
    with pytest.raises(CommandError, match="is a file"):
        command("export_content", folder)


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="/proc/export"):
        command("export_content", "/proc/export")


def test_an_unknown_section_is_refused(folder: Path) -> None:
    with pytest.raises(CommandError, match="There is no section “zz”"):
        command("export_content", folder, "--section", "zz")
    assert not folder.exists()


def test_languages_of_a_page_stand_together(folder: Path) -> None:
    page = standard_page(slug="a")
    translate(page, "km")
    export(folder)
    found = [(line["key"], line["language"], line["source_language"]) for line in lines(folder)]
    assert found == sorted(found)
    key = str(page.translation_key)
    assert [line for line in found if line[0] == key] == [(key, "en", "en"), (key, "km", "en")]


def test_a_draft_that_lacks_something_comes_back(folder: Path) -> None:
    body = [{"type": "quote", "value": {"text": "", "attribution": "Nobody yet"}}]
    draft = standard_page(slug="a", live=False)
    draft.body = body
    draft.save_revision(clean=False)
    export(folder)
    draft.delete()
    assert command("import_content", folder)[0] == 0
    new = Page.objects.get(slug="a").specific.get_latest_revision_as_object()
    assert new.body[0].value["attribution"] == "Nobody yet"


def test_new_sections_take_approval_and_status(tmp_path: Path) -> None:
    row = {"code": "kh", "kind": "country", "languages": ["en"]}
    (tmp_path / "pages.jsonl").write_text("")

    def take(**members: Any) -> tuple[int, str, str]:
        (tmp_path / "sections.jsonl").write_text(json.dumps({**row, **members}))
        return command("import_content", tmp_path)

    assert "1 created," in take(approval="section", status="archived")[1]
    section = Section.objects.get()
    assert (section.approval, section.status) == ("section", "archived")
    assert section.workflow is not None
    assert section.workflow.workflow_tasks.count() == 1
    assert ", 1 unchanged," in take(approval="section", status="archived")[1]
    assert ", 1 unchanged," in take()[1]
    code, _out, err = take(approval="nobody")
    assert (code, err) == (1, "sections.jsonl, line 1: approval: use one of secretariat, section\n")
    code, _out, err = take(status="closed")
    assert (code, err) == (1, "sections.jsonl, line 1: status: use one of open, archived\n")


def test_an_old_file_takes_away_and_never_gives(tmp_path: Path) -> None:
    """What was archived or put under approval since then stays so."""
    section = provision_section(code="kh", kind="country", languages_used=["en"]).section
    row = {"code": "kh", "kind": "country", "languages": ["en"]}
    (tmp_path / "pages.jsonl").write_text("")

    def take(**members: Any) -> tuple[int, str, str]:
        (tmp_path / "sections.jsonl").write_text(json.dumps({**row, **members}))
        return command("import_content", tmp_path)

    code, out, err = take(approval="section")
    assert (code, ", 1 unchanged," in out) == (0, True)
    assert "the secretariat goes on approving its pages" in err
    Section.objects.update(approval=Approval.SECTION)
    assert ", 1 changed," in take(approval="secretariat", status="archived")[1]
    code, out, err = take(status="open")
    assert (code, ", 1 unchanged," in out) == (0, True)
    assert "it stays archived" in err
    section.refresh_from_db()
    assert (section.approval, section.status) == ("secretariat", "archived")
