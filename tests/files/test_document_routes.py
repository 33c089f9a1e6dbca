"""Documents, by every way into the site and out of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from coalition.core.models import CoalitionDocument

from . import nasty, nasty_pdf
from .conftest import files_in, given_away, named

Send = Callable[..., Any]
BAD = {
    "locked.pdf": (nasty_pdf.locked, "locked with a password"),
    "portfolio.pdf": (nasty_pdf.with_attachment, "carries other files inside it"),
    "cut.pdf": (lambda: nasty_pdf.saved(nasty_pdf.report())[:900], "damaged or incomplete"),
    "letter.docx": (lambda: b"PK", "Office files name the people who wrote them"),
    "page.pdf": (lambda: nasty.HTML, "There is no PDF in this file"),
    "photo.jpg": (nasty.jpeg, "This is a picture"),
    "run.exe": (lambda: b"MZ", "Documents are PDF, CSV or TXT files"),
}


def report() -> bytes:
    return nasty_pdf.saved(nasty_pdf.report())


def content(answer: Any) -> bytes:
    """What a reader gets."""
    return b"".join(answer.streaming_content)


def add(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A report", "file": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtaildocs:add"), form)


def choose(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A report", "file": named(data, name), "collection": collection.pk}
    form = {f"document-chooser-upload-{key}": value for key, value in form.items()}
    return admin(reverse("wagtaildocs_chooser:create"), form)


def add_multiple(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    form = {"title": "A report", "files[]": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtaildocs:add_multiple"), form, x_requested_with="XMLHttpRequest")


def replace(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    document = CoalitionDocument.objects.first() or CoalitionDocument.objects.create(
        title="A report", collection=collection, file=named(b"a,b\n", "a.csv")
    )
    form = {"title": "A report", "file": named(data, name), "collection": collection.pk}
    return admin(reverse("wagtaildocs:edit", args=[document.pk]), form)


def in_two_steps(admin: Send, collection: Collection, data: bytes, name: str) -> Any:
    """A title too long puts the upload aside until it was made shorter."""
    form = {"title": "long" * 80, "files[]": named(data, name), "collection": collection.pk}
    path = reverse("wagtaildocs:add_multiple")
    answer = admin(path, form, x_requested_with="XMLHttpRequest")
    waiting = UploadedFile.objects.last()
    if waiting is None:
        return answer
    prefix = f"uploaded-document-{waiting.pk}"
    form = {f"{prefix}-title": "A report", f"{prefix}-collection": collection.pk}
    return admin(
        reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[waiting.pk]), form
    )


ROUTES = [add, choose, add_multiple, replace, in_two_steps]
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)


@every_route
def test_nothing_is_given_away(
    route: Send, admin: Send, collection: Collection, media: Path, temp: Path
) -> None:
    answer = route(admin, collection, report(), "Report by Sokha.pdf")
    assert answer.status_code in (200, 302)
    document = CoalitionDocument.objects.get()
    assert files_in(media) == [document.file.name]
    assert document.file.name.startswith("documents/")
    assert given_away(media) == {}
    assert files_in(temp) == []
    assert document.file_size == Path(document.file.path).stat().st_size
    before = document.file_hash
    document._set_file_hash()
    assert document.file_hash == before != ""


@every_route
@pytest.mark.parametrize("name", BAD)
def test_refused_with_a_reason_and_nothing_stored(
    name: str, route: Send, admin: Send, collection: Collection, media: Path, temp: Path
) -> None:
    make, reason = BAD[name]
    answer = route(admin, collection, make(), name)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert [path for path in files_in(media) if not path.endswith(".csv")] == []
    assert files_in(temp) == []


def test_what_waits_for_the_second_step_is_clean(
    admin: Send, collection: Collection, media: Path
) -> None:
    form = {"title": "long" * 80, "files[]": named(report(), "Report by Sokha.pdf")}
    form["collection"] = collection.pk
    admin(reverse("wagtaildocs:add_multiple"), form, x_requested_with="XMLHttpRequest")
    (waiting,) = files_in(media)
    assert waiting.startswith("wagtail_uploads/")
    assert given_away(media) == {}


def test_bulk_actions(
    admin: Send, document: CoalitionDocument, collection: Collection, media: Path
) -> None:
    def bulk(action: str, form: dict[str, Any]) -> Any:
        path = reverse("wagtail_bulk_action", args=["core", "coalitiondocument", action])
        return admin(f"{path}?id={document.pk}", form)

    assert bulk("add_tags", {"tags": "river"}).status_code == 302
    assert bulk("add_to_collection", {"collection": collection.pk}).status_code == 302
    assert document.tags.get().name == "river"
    assert given_away(media) == {}
    assert bulk("delete", {}).status_code == 302
    assert files_in(media) == []


def test_a_reader_gets_it_under_its_title(client: Client, document: CoalitionDocument) -> None:
    document.title = "របាយការណ៍ / 2026"
    document.save()
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E1%9E%9A")
    assert answer["Content-Disposition"].endswith("2026.pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Content-Encoding" not in answer
    assert not answer.cookies
    assert content(answer).startswith(b"%PDF-")
    again = client.get(document.url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A report", "A report.pdf"),
        ("report.pdf", "report.pdf"),
        ('a/b\\c:d*e?"f"<g>|h\r\n', "a b c d e f g h.pdf"),
        ("..", "document-7.pdf"),
        ("x" * 200, "x" * 100 + ".pdf"),
    ],
)
def test_download_names(title: str, name: str) -> None:
    document = CoalitionDocument(pk=7, title=title, collection_id=1)
    document.file.name = "documents/0123.pdf"
    assert document.download_name == name


def test_tables_and_texts_are_served_as_such(client: Client, media: Path, db: None) -> None:
    for name, kind in (("a.csv", "text/csv"), ("a.txt", "text/plain")):
        document = CoalitionDocument.objects.create(
            title="Numbers", file=named(name.encode(), name)
        )
        answer = client.get(document.url)
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="Numbers{name[1:]}"'
        assert content(answer).endswith(name.encode())


def test_a_closed_collection_stays_closed(
    client: Client, admin: Send, document: CoalitionDocument, collection: Collection
) -> None:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="Editors"))
    mine = admin(document.url)
    assert mine.status_code == 200
    assert mine["Cache-Control"] == "private, no-store"
    assert content(mine).startswith(b"%PDF-")
    client.logout()
    answer = client.get(document.url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/_util/login/")


@pytest.mark.parametrize("path", ["999/a.pdf", "1/other.pdf", "1/", "x/a.pdf"])
def test_no_such_document(client: Client, document: CoalitionDocument, path: str) -> None:
    assert client.get(f"/documents/{path}").status_code == 404


def test_not_under_media(client: Client, document: CoalitionDocument) -> None:
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert client.post(document.url).status_code == 405
