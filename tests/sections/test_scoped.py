"""Pictures, documents, reports and links of another section, asked for in every way a form can.

Beside `tests/canary`, which walks all addresses: here are their queries, and requests that no
page of the admin sends.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from home.models import StandardPage
from tests.countries.test_admin import form
from tests.factories import UserFactory, now, standard_page
from tests.network import Network
from tests.sections.test_isolation import PLANT, STRANGERS, client_of, planted, renamed, text_of

__all__ = ["planted"]
pytestmark = pytest.mark.usefixtures("demo")
LINKS = ["link", "document-link"]
UNKNOWN = "is not open to you"
Planted = dict[str, list[int]]


@pytest.fixture
def tagged(network: Network, planted: Planted) -> Planted:
    """Thailand's picture and document with tags, and somebody of Thailand by name."""
    for model, key in ((get_image_model(), "image"), (get_document_model(), "document")):
        model.objects.get(pk=planted[key][0]).tags.add(f"{PLANT} tag")
    person = UserFactory.create(username=f"{PLANT}-person", first_name=PLANT)
    person.groups.add(network.user("editor-th").groups.get())
    page = Page.objects.get(pk=planted["page"][4]).specific
    page.locked, page.locked_by, page.owner = True, person, person
    page.save()
    page.save_revision(user=person, log_action=True)
    call_command("update_index", verbosity=0)
    return planted


def queries(network: Network, ids: Planted) -> Iterator[str]:
    """Lists with everything that narrows them to what is Thailand's."""
    collection, word = ids["collection"][0], PLANT[:5]
    person = network.user(f"{PLANT}-person").pk
    for place in ("images", "documents"):
        for part in ("", "results/", "chooser/", "chooser/results/", "multiple/add/"):
            for query in (
                f"collection_id={collection}",
                f"q={word}&collection_id={collection}",
                f"tag={PLANT}+tag",
                f"tag={PLANT}",
                f"q={word}&collection_id=",
                f"uploaded_by_user={person}",
            ):
                yield f"/admin/{place}/{part}?{query}"
    for part in ("", "taggit/tag/"):
        yield f"/admin/tag-autocomplete/{part}?term={word}"
    for report in (
        "locked",
        "workflow",
        "workflow_tasks",
        "site-history",
        "aging-pages",
        "page-types-usage",
    ):
        for part in ("", "results/"):
            for query in ("", f"user={person}", f"locked_by={person}", "export=csv", f"q={word}"):
                yield f"/admin/reports/{report}/{part}?{query}"
    root = network.root(network.th).pk
    own = network.root(network.kh).pk
    for page in (root, own, Page.objects.get(url_path="/en/countries/").pk, 1):
        for query in (f"q={word}", f"owner={person}", f"edited_by={person}", "is_site_root=", "x"):
            yield f"/admin/pages/{page}/?{query}"
            yield f"/admin/pages/{page}/results/?{query}"
        yield f"/admin/choose-page/{page}/?q={word}&allow_external_link=true"
    yield f"/admin/choose-page/search/?q={word}&page_type=home.standardpage"
    yield f"/admin/pages/search/?q={word}&content_type=home.standardpage"
    yield f"/admin/bulk/core/coalitionimage/add_tags/?id={ids['image'][0]}"
    yield f"/admin/bulk/core/coalitiondocument/add_to_collection/?id={ids['document'][0]}"
    yield f"/admin/?q={word}"


@pytest.mark.parametrize("name", [*STRANGERS, "editor-kh", "translator-km", "reader-km"])
def test_no_list_shows_what_is_thailands(network: Network, tagged: Planted, name: str) -> None:
    client = client_of(network, name)
    seen = {url: text_of(client.get(url)) for url in queries(network, tagged)}
    # A tag that was asked for is repeated.
    assert [url for url, text in seen.items() if PLANT in text and PLANT not in url] == []
    asked = [text for url, text in seen.items() if f"tag={PLANT}" in url]
    assert not [text for text in asked if f"{PLANT} p" in text or f"{PLANT} f" in text]


def test_the_same_lists_show_it_to_its_own(network: Network, tagged: Planted) -> None:
    client = client_of(network, "focal-th")
    seen = [url for url in queries(network, tagged) if PLANT in text_of(client.get(url))]
    assert len(seen) > 30


# Pictures and documents


def upload(network: Network, url: str, field: str, data: dict[str, Any]) -> Any:
    png = get_test_image_file().file.getvalue()
    file = SimpleUploadedFile("a.png", png, "image/png")
    if "documents" in url:
        file = SimpleUploadedFile("a.txt", b"text", "text/plain")
    return network.client("editor-kh").post(url, {"title": "New", field: file, **data})


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/admin/images/add/", "file"),
        ("/admin/images/multiple/add/", "files[]"),
        ("/admin/images/chooser/create/", "image-chooser-upload-file"),
        ("/admin/documents/add/", "file"),
        ("/admin/documents/multiple/add/", "files[]"),
        ("/admin/documents/chooser/create/", "document-chooser-upload-file"),
    ],
)
@pytest.mark.parametrize("whose", ["th", "root"])
def test_nothing_is_uploaded_into_anothers_collection(
    network: Network, settings: Any, tmp_path: Path, url: str, field: str, whose: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    theirs = network.th.collection if whose == "th" else network.th.collection.get_parent()
    prefix = field.removesuffix("file") if "chooser" in url else ""
    data = {
        f"{prefix}collection": theirs.pk,
        f"{prefix}title": "New",
        "collection": theirs.pk,
    }
    upload(network, url, field, data)
    for model in (get_image_model(), get_document_model()):
        stored = set(model.objects.values_list("collection", flat=True))
        assert stored <= {network.kh.collection.pk}


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_nothing_of_ones_own_is_moved_there(
    network: Network, settings: Any, tmp_path: Path, kind: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = network.client("editor-kh")
    own, theirs = network.kh.collection, network.th.collection
    if kind == "images":
        item = get_image_model().objects.create(
            title="Ours", file=get_test_image_file(), collection=own
        )
        url, bulk = f"/admin/images/{item.pk}/", "coalitionimage"
    else:
        item = get_document_model().objects.create(
            title="Ours", file=ContentFile(b"text", "a.txt"), collection=own
        )
        url, bulk = f"/admin/documents/edit/{item.pk}/", "coalitiondocument"
    client.post(url, {"title": "Ours", "collection": theirs.pk, "tags": ""})
    client.post(
        f"/admin/bulk/core/{bulk}/add_to_collection/?id={item.pk}", {"collection": theirs.pk}
    )
    item.refresh_from_db()
    assert item.collection == own


# Links to what one may not know


def edited(network: Network, page: StandardPage, body: Any, name: str = "editor-kh") -> Any:
    data = form(title="A long text", body=body, summary="kept")
    return network.client(name).post(f"/admin/pages/{page.pk}/edit/", data)


@pytest.fixture
def own(network: Network) -> StandardPage:
    return standard_page(network.root(network.kh), live=False, title="Ours")


def bodies(ids: Planted) -> dict[str, Any]:
    page, image, document = ids["page"][0], ids["image"][0], ids["document"][0]
    link = f'<p>See <a linktype="page" id="{page}">this</a></p>'
    file = f'<p>See <a linktype="document" id="{document}">this</a></p>'
    return {
        "page": streamfield([("heading", "Typed"), ("related_pages", listed(page))]),
        "link": streamfield([("heading", "Typed"), ("paragraph", rich_text(link, features=LINKS))]),
        "file": streamfield([("heading", "Typed"), ("paragraph", rich_text(file, features=LINKS))]),
        "document": streamfield(
            [("heading", "Typed"), ("documents", listed({"document": document, "title": "T"}))]
        ),
        "picture": streamfield(
            [("heading", "Typed"), ("picture", {"image": image, "alt": "T", "caption": ""})]
        ),
    }


def listed(value: Any) -> dict[str, Any]:
    return {
        "count": 1,
        "0": {"deleted": "", "order": "0", "type": "item", "value": value, "id": ""},
    }


@pytest.mark.parametrize("what", ["page", "link", "file", "document", "picture"])
@pytest.mark.parametrize("action", [None, "action-submit"])
def test_what_is_not_known_cannot_be_named(
    network: Network, planted: Planted, own: StandardPage, what: str, action: str | None
) -> None:
    before = now(own).latest_revision_id
    data = form(title="A long text", body=bodies(planted)[what], summary="kept")
    if action:
        data[action] = "1"
    answer = network.client("editor-kh").post(f"/admin/pages/{own.pk}/edit/", data)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["body"]
    assert UNKNOWN in str(answer.context["form"].errors["body"])
    assert now(own).latest_revision_id == before
    assert PLANT not in content
    for typed in ("A long text", "kept", "Typed"):
        assert typed in content


def test_nor_in_a_new_page_or_its_preview(network: Network, planted: Planted) -> None:
    root = network.root(network.kh)
    data = form(title="New", body=bodies(planted)["page"])
    client = network.client("editor-kh")
    for url in (
        f"/admin/pages/add/home/standardpage/{root.pk}/",
        f"/admin/pages/add/home/standardpage/{root.pk}/preview/",
    ):
        content = client.post(url, data).content.decode()
        assert PLANT not in content
    assert not StandardPage.objects.child_of(root).exists()


def test_what_the_public_knows_can_be_linked_to(network: Network, own: StandardPage) -> None:
    public = standard_page(network.root(network.th), title="Well known")
    body = streamfield([("related_pages", listed(public.pk))])
    assert edited(network, own, body).status_code == 302
    answer = network.client("editor-kh").get(f"/admin/pages/{own.pk}/edit/")
    assert "Well known" in answer.content.decode()
    renamed(public, f"{PLANT} renamed")  # its new title is a draft's
    again = network.client("editor-kh").get(f"/admin/pages/{own.pk}/edit/").content.decode()
    assert PLANT not in again


def test_what_the_secretariat_put_there_stays_and_keeps_its_name_to_itself(
    network: Network, planted: Planted, own: StandardPage
) -> None:
    theirs = planted["page"][0]
    body = streamfield([("related_pages", listed(theirs))])
    assert edited(network, own, body, "secretariat").status_code == 302
    client = network.client("editor-kh")
    content = client.get(f"/admin/pages/{own.pk}/edit/").content.decode()
    assert PLANT not in content
    assert "Not open to you" in content
    body = streamfield([("related_pages", listed(theirs)), ("heading", "Mine")])
    assert edited(network, own, body).status_code == 302
    kept = now(own).get_latest_revision_as_object().body
    assert [block.block_type for block in kept] == ["related_pages", "heading"]
    assert kept[0].value[0].pk == theirs
    assert (
        PLANT in network.client("secretariat").get(f"/admin/pages/{own.pk}/edit/").content.decode()
    )


@pytest.mark.parametrize("field", ["copy", "move", "bulk"])
def test_forms_that_are_refused_name_nothing(
    network: Network, planted: Planted, own: StandardPage, field: str
) -> None:
    theirs = planted["page"][0]
    client = network.client("editor-kh")
    urls = {
        "copy": (
            f"/admin/pages/{own.pk}/copy/",
            {"new_title": "x", "new_slug": "x", "new_parent_page": theirs},
        ),
        "move": (f"/admin/pages/{own.pk}/move/", {"new_parent_page": theirs}),
        "bulk": (f"/admin/bulk/wagtailcore/page/move/?id={own.pk}", {"chooser": theirs}),
    }
    url, data = urls[field]
    assert PLANT not in client.post(url, data, follow=True).content.decode()


def test_tags_of_ones_own_are_offered(network: Network, tagged: Planted) -> None:
    def offered(name: str) -> str:
        return text_of(network.client(name).get(f"/admin/tag-autocomplete/?term={PLANT}"))

    assert offered("focal-kh") == "[]"
    assert offered("campaigner") == "[]"
    assert f"{PLANT} tag" in offered("focal-th")
    assert f"{PLANT} tag" in offered("secretariat")
