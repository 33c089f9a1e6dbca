"""Pictures and documents of an import: cleaned, kept, refused with the line's number."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from coalition.core.interchange.media import Media
from coalition.core.models import CoalitionDocument, CoalitionImage
from coalition.sections.models import Section
from countries.domain.provision import provision_section
from home.models import StandardPage
from tests.factories import stored_picture
from tests.files import nasty, nasty_pdf
from tests.files.conftest import files_in, given_away, named
from tests.interchange.lines import line, outcomes, paragraph, refusal, run
from tests.interchange.network import stored_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, media: Path) -> Path:
    """The folder of an import with an empty `media/`; the site's own files are elsewhere."""
    (tmp_path / "import" / "media").mkdir(parents=True)
    return tmp_path / "import"


def put(folder: Path, name: str, data: bytes) -> str:
    (folder / "media" / name).write_bytes(data)
    return f"media/{name}"


def plain(colour: str = "teal", kind: str = "JPEG") -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, kind)
    return data.getvalue()


def lead(name: str = "media/river.jpg", alt: str = "A river") -> dict[str, Any]:
    return {"picture": {"image": name, "alt": alt}}


def shown(name: str) -> dict[str, Any]:
    return {"type": "picture", "value": {"image": name, "alt": "A river"}}


def about() -> StandardPage:
    return StandardPage.objects.get(slug="about", locale__language_code="en")


def kinds() -> list[str]:
    return [block.block_type for block in about().body]


def test_files_go_in_clean(folder: Path, media: Path) -> None:
    picture = put(folder, "IMG_1 Sokha.jpg", nasty.jpeg())
    report = put(folder, "report.pdf", nasty_pdf.saved(nasty_pdf.report()))
    body = [
        shown(picture),
        {"type": "documents", "value": [{"document": report, "title": "The report"}]},
        {"type": "video", "value": {"title": "x", "url": "https://e.org/", "picture": picture}},
        paragraph(f'<a href="{report}">read</a>'),
    ]
    given = line(body=body, fields=lead(picture), live=True)
    assert outcomes(given, media=Media(folder)) == ["created"]
    image, document = CoalitionImage.objects.get(), CoalitionDocument.objects.get()
    page = about()
    assert (page.picture, page.picture_alt) == (image, "A river")
    assert page.body[0].value["image"] == image
    assert page.body[1].value[0]["document"] == document
    assert page.body[2].value["picture"] == image
    html = f'<p><a linktype="document" id="{document.pk}">read</a></p>'
    assert page.body[3].value.source == html
    assert given_away(media) == {}
    assert (image.key, image.interchange_name) == ("IMG_1 Sokha", "IMG_1 Sokha.jpg")


@pytest.mark.parametrize("name", nasty.PICTURES)
def test_every_kind_of_picture_goes_in_clean(name: str, folder: Path, media: Path) -> None:
    given = line(fields=lead(put(folder, name, nasty.PICTURES[name]())), live=True)
    assert outcomes(given, media=Media(folder)) == ["created"]
    assert given_away(media) == {}


def test_again_changes_nothing_and_another_file_replaces(folder: Path, media: Path) -> None:
    given = line(fields=lead(put(folder, "river.jpg", nasty.jpeg())), live=True)
    assert outcomes(given, media=Media(folder)) == ["created"]
    image = CoalitionImage.objects.get()
    assert outcomes(given, media=Media(folder)) == ["unchanged"]
    assert CoalitionImage.objects.get().file.name == image.file.name
    put(folder, "river.jpg", plain("red"))
    report = run(given, media=Media(folder))[0]
    assert (report.outcome, report.message) == ("unchanged", "“media/river.jpg” has been replaced")
    replaced = CoalitionImage.objects.get()
    assert replaced.pk == image.pk
    assert (replaced.width, replaced.file.name != image.file.name) == (40, True)


def test_what_was_exported_here_is_known_by_its_stored_bytes(folder: Path, media: Path) -> None:
    image = stored_picture()
    name = put(folder, image.interchange_name, (media / image.file.name).read_bytes())
    run(line(fields=lead(name)), media=Media(folder))
    assert CoalitionImage.objects.get().file.name == image.file.name


def test_what_was_replaced_here_comes_back_from_the_file(folder: Path, media: Path) -> None:
    given = line(fields=lead(put(folder, "river.jpg", plain())))
    run(given, media=Media(folder))
    image = CoalitionImage.objects.get()
    image.file = named(plain("red"), "a.jpg")
    image.save()
    assert CoalitionImage.objects.get(pk=image.pk).imported_hash == ""
    run(given, media=Media(folder))
    assert CoalitionImage.objects.get(pk=image.pk).imported_hash != ""


def test_heic_keeps_its_name_and_becomes_jpeg(folder: Path, media: Path) -> None:
    given = line(fields=lead(put(folder, "river.heic", nasty.heic())))
    assert outcomes(given, media=Media(folder)) == ["created"]
    assert CoalitionImage.objects.get().interchange_name == "river.jpg"
    assert outcomes(given, media=Media(folder)) == ["unchanged"]


def test_files_go_into_the_collection_of_their_section(folder: Path, media: Path) -> None:
    section = provision_section(code="kh", kind="country", languages_used=["en"]).section
    one, two = put(folder, "one.jpg", plain()), put(folder, "two.jpg", plain())
    run(line("a", section="kh", fields=lead(one)), line("b", fields=lead(two)), media=Media(folder))
    collections = {image.key: image.collection for image in CoalitionImage.objects.all()}
    assert collections["one"] == section.collection
    assert collections["two"].is_root()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.svg", nasty.SVG, "SVG drawings can carry scripts"),
        ("a.png", nasty.SVG, "SVG drawings can carry scripts"),
        ("a.png", nasty.bomb(), "This picture has more than"),
        ("a.jpg", nasty.HTML, "There is no picture in this file"),
        ("a.jpg", nasty.png(), "This file is named .jpg, but the picture in it is PNG"),
        ("a.jpg", nasty.jpeg()[:200], "This picture is damaged"),
        ("a.pdf", plain(), "Pictures of this kind cannot be used"),
        ("a", plain(), "Pictures of this kind cannot be used"),
    ],
)
def test_what_is_no_clean_picture_is_refused(
    folder: Path, media: Path, name: str, data: bytes, reason: str
) -> None:
    good = line("good", fields=lead(put(folder, "good.jpg", plain())))
    bad = line(fields=lead(put(folder, name, data)))
    reports = run(good, bad, media=Media(folder))
    assert [report.outcome.value for report in reports] == ["created", "refused"]
    assert reports[1].message.startswith(f"“media/{name}”: {reason}")
    assert not StandardPage.objects.filter(slug="about").exists()
    assert len(files_in(media / "original_images")) == 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK", "Office files name the people"),
        ("a.pdf", b"%PDF-1.7 nonsense", ""),
        ("a.pdf", nasty.HTML, "There is no PDF in this file"),
        ("a.jpg", plain(), "This is a picture"),
    ],
)
def test_what_is_no_clean_document_is_refused(
    folder: Path, media: Path, name: str, data: bytes, reason: str
) -> None:
    body = [{"type": "documents", "value": [{"document": put(folder, name, data), "title": "x"}]}]
    assert refusal(line(body=body), media=Media(folder)).startswith(f"“media/{name}”: {reason}")
    assert not CoalitionDocument.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "media/../secret.jpg",
        "media/../../secret.jpg",
        "media/x/secret.jpg",
        "/etc/passwd",
        "media//etc/passwd",
        "secret.jpg",
        "media/",
        "media/.hidden.jpg",
        "media/a\\b.jpg",
        "media/C:a.jpg",
        "media/a\nb.jpg",
        f"media/{'x' * 101}",
        "MEDIA/a.jpg",
    ],
)
def test_names_that_lead_elsewhere_are_refused(folder: Path, media: Path, name: str) -> None:
    (folder / "secret.jpg").write_bytes(plain())
    (folder.parent / "secret.jpg").write_bytes(plain())
    assert "media/" in refusal(line(fields=lead(name)), media=Media(folder)) or len(name) > 100
    assert not CoalitionImage.objects.exists()
    assert not StandardPage.objects.exists()


def test_links_out_of_the_folder_are_refused(folder: Path, media: Path) -> None:
    (folder.parent / "secret.jpg").write_bytes(plain())
    (folder / "media" / "a.jpg").symlink_to(folder.parent / "secret.jpg")
    (folder / "media" / "loop.jpg").symlink_to(folder / "media" / "loop.jpg")
    (folder / "media" / "b.jpg").mkdir()
    os.mkfifo(folder / "media" / "c.jpg")
    for name in ("a", "b", "c"):
        assert refusal(line(fields=lead(f"media/{name}.jpg")), media=Media(folder)) == (
            f"“media/{name}.jpg” is no file inside the folder"
        )
    assert refusal(line(fields=lead("media/loop.jpg")), media=Media(folder)) == (
        "“media/loop.jpg” cannot be read"
    )
    put(folder, "inside.jpg", plain())
    (folder / "media" / "d.jpg").symlink_to(folder / "media" / "inside.jpg")
    assert outcomes(line(fields=lead("media/d.jpg")), media=Media(folder)) == ["created"]


def test_a_media_folder_elsewhere_is_refused(folder: Path, media: Path) -> None:
    (folder / "media").rmdir()
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "a.jpg").write_bytes(plain())
    (folder / "media").symlink_to(folder.parent / "elsewhere")
    assert refusal(line(fields=lead("media/a.jpg")), media=Media(folder)) == (
        "“media/a.jpg” is no file inside the folder"
    )


def test_without_its_file_a_new_page_goes_in_without_the_block(folder: Path, media: Path) -> None:
    there = put(folder, "there.jpg", plain())
    pictures = [shown(name)["value"] for name in (there, "media/gone.jpg", there)]
    body = [
        paragraph('Read <a href="media/gone.pdf">it</a>'),
        shown("media/gone.jpg"),
        {"type": "gallery", "value": pictures},
        {"type": "gallery", "value": pictures[1:]},
        {
            "type": "video",
            "value": {"title": "x", "url": "https://e.org/", "picture": "media/gone.jpg"},
        },
    ]
    report = run(line(body=body, fields=lead("media/gone.jpg")), media=Media(folder))[0]
    assert report.outcome == "created"
    assert report.message.split("; ") == [
        "body, block 1: there is no file “media/gone.pdf”, and is left out",
        "body, block 2: there is no file “media/gone.jpg”, and is left out",
        "body, block 3, 2: there is no file “media/gone.jpg”, and is left out",
        "body, block 4, 1: there is no file “media/gone.jpg”, and is left out",
        "body, block 4: too little is left of it, and is left out",
        "body, block 5, picture: there is no file “media/gone.jpg”, and is left out",
        "picture: there is no file “media/gone.jpg”, and is left out",
    ]
    page = about().get_latest_revision_as_object()
    assert [block.block_type for block in page.body] == ["paragraph", "gallery", "video"]
    assert page.body[0].value.source == "<p>Read it</p>"
    assert len(page.body[1].value) == 2
    assert (page.picture, page.picture_alt) == (None, "")


def test_without_its_file_a_page_that_is_there_keeps_what_it_has(folder: Path, media: Path) -> None:
    there = put(folder, "there.jpg", plain())
    body = [paragraph("Old"), shown(there)]
    run(line(body=body, fields=lead(there), live=True), media=Media(folder))
    changed = line(
        title="New", body=[paragraph("New"), shown("media/gone.jpg")], fields=lead("media/gone.jpg")
    )
    report = run(changed, media=Media(folder))[0]
    assert report.outcome == "changed"
    assert "body: it stays as it was" in report.message
    assert "picture: it stays as it was" in report.message
    page = about()
    assert (page.title, page.picture.key, page.picture_alt) == ("New", "there", "A river")
    assert str(page.body[0].value) == "<p>Old</p>"
    assert kinds() == ["paragraph", "picture"]
    assert outcomes(changed, media=Media(folder)) == ["unchanged"]


def test_without_the_folder_what_is_stored_is_found(folder: Path, media: Path) -> None:
    given = line(fields=lead(put(folder, "river.jpg", plain())))
    run(given, media=Media(folder))
    assert outcomes(given) == ["unchanged"]
    assert outcomes(line("other", fields=lead("media/river.jpg"))) == ["created"]
    assert CoalitionImage.objects.count() == 1


def test_two_files_that_differ_in_their_end_only(folder: Path, media: Path) -> None:
    one, two = put(folder, "a.jpg", plain()), put(folder, "a.png", plain(kind="PNG"))
    given = [line("a", fields=lead(one)), line("b", fields=lead(two))]
    reports = run(*given, media=Media(folder))
    assert [report.outcome.value for report in reports] == ["created", "refused"]
    assert reports[1].message == (
        "“media/a.jpg” has the name of “media/a.png” but for its end; rename it"
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("media/a.jpg", "picture: an object is needed"),
        ({"image": "media/a.jpg"}, "picture, alt: say in one sentence what the picture tells"),
        ({"image": "media/a.jpg", "alt": " "}, "picture, alt: say in one sentence"),
        ({"image": "media/a.jpg", "alt": 5}, "picture, alt: a text is needed"),
        ({"image": "media/a.jpg", "alt": "x" * 301}, "picture, alt: 301 characters; 300 is the"),
        ({"image": 5, "alt": "x"}, "picture: a text is needed"),
        ({"alt": "x"}, "picture: a text is needed"),
        ({"image": "media/a.jpg", "alt": "x", "credit": "y"}, "picture: unknown members credit"),
    ],
)
def test_a_wrong_lead_picture_is_named(folder: Path, media: Path, value: Any, reason: str) -> None:
    put(folder, "a.jpg", plain())
    assert reason in refusal(line(fields={"picture": value}), media=Media(folder))


def test_null_takes_the_picture_away(folder: Path, media: Path) -> None:
    run(line(fields=lead(put(folder, "a.jpg", plain())), live=True), media=Media(folder))
    assert outcomes(line(), media=Media(folder)) == ["unchanged"]
    assert about().picture is not None
    assert outcomes(line(fields={"picture": None}), media=Media(folder)) == ["changed"]
    assert (about().picture, about().picture_alt) == (None, "")


def test_a_refused_line_leaves_no_file(
    folder: Path, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    given = line(fields=lead(put(folder, "a.jpg", plain())), body=[{"type": "heading"}])
    bad = {**given, "fields": {**given["fields"], "summary": "x" * 301}}
    used = Media(folder)
    with django_capture_on_commit_callbacks(execute=True):
        assert outcomes(bad, media=used) == ["refused"]
    assert not CoalitionImage.objects.exists()
    assert files_in(media) == []
    # The same file in a later line of the same run.
    assert outcomes(line("b", fields=lead("media/a.jpg")), media=used) == ["created"]


def test_a_dry_run_stores_no_file(folder: Path, media: Path) -> None:
    stored = stored_picture("red")
    CoalitionImage.objects.filter(pk=stored.pk).update(key="known")
    before = files_in(media)
    new, known = put(folder, "new.jpg", plain()), put(folder, "known.jpg", plain("blue"))
    given = [line("a", fields=lead(new)), line("b", fields=lead(known))]
    assert outcomes(*given, media=Media(folder, dry_run=True)) == ["created", "created"]
    assert files_in(media) == before


def test_documents_have_keys_too(kh: Section, media: Path, settings: Settings) -> None:
    one, two = stored_document(), stored_document()
    assert one.key != two.key
    assert one.interchange_name == f"{one.key}.pdf"


@pytest.mark.parametrize("line_section", ["th", None])
def test_another_sections_file_is_not_replaced(
    folder: Path, media: Path, line_section: str | None
) -> None:
    """Two sections may both have a cover.jpg; neither shows the other's."""
    for code in ("kh", "th"):
        provision_section(code=code, kind="country", languages_used=["en"])
    picture = put(folder, "cover.jpg", plain("teal"))
    run(line("a", section="kh", fields=lead(picture)), media=Media(folder))
    before = CoalitionImage.objects.get()
    assert outcomes(line("b", section=line_section, fields=lead(picture)), media=Media(folder)) == [
        "created"
    ]
    put(folder, "cover.jpg", plain("red"))
    [report] = run(line("c", section=line_section, fields=lead(picture)), media=Media(folder))
    assert (report.outcome, "is a file of section kh already" in report.message) == (
        "refused",
        True,
    )
    after = CoalitionImage.objects.get()
    assert (after.file_hash, after.collection_id) == (before.file_hash, before.collection_id)
