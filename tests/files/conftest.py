"""A media folder of the test's own, an editor who may add files, and a look at what is stored."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Collection, GroupCollectionPermission

from coalition.accounts.models import User
from coalition.core.models import CoalitionDocument, CoalitionImage
from tests.factories import UserFactory

from . import nasty, nasty_pdf
from .traces import TELLTALE, traces, unpacked

RIGHTS = [
    f"{verb}_{what}" for what in ("image", "document") for verb in ("add", "change", "choose")
]


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """The media folder; uploads wait in a folder beside it, never in memory."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "temp")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    (tmp_path / "temp").mkdir()
    return tmp_path / "media"


@pytest.fixture
def temp(media: Path) -> Path:
    """Where uploads wait."""
    return media.parent / "temp"


@pytest.fixture
def collection(db: None) -> Collection:
    """The collection of a section."""
    added: Collection = Collection.get_first_root_node().add_child(name="Cambodia")
    return added


@pytest.fixture
def editor(collection: Collection) -> User:
    """Somebody who may add and change files in the collection of a section, and nothing else."""
    group = Group.objects.create(name="Editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(
        codename__in=RIGHTS, content_type__app_label__in=("wagtailimages", "wagtaildocs")
    ):
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=permission
        )
    user = UserFactory.create()
    user.groups.add(group)
    return user


@pytest.fixture
def admin(
    client: Client,
    editor: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[..., Any]:
    """Sends a form as the editor and commits: `admin(path, {...})`, without a form just looks."""
    # The demonstration waives the second factor.
    settings.DEMO = True
    client.force_login(editor)

    def send(path: str, form: dict[str, Any] | None = None, **headers: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(path) if form is None else client.post(path, form, headers=headers)

    return send


@pytest.fixture
def image(media: Path, collection: Collection) -> CoalitionImage:
    """A picture that was stored by code, from a file that gave away."""
    return stored_image(collection=collection)


@pytest.fixture
def document(media: Path, collection: Collection) -> CoalitionDocument:
    """A PDF that was stored by code, from a file that gave away."""
    return CoalitionDocument.objects.create(
        title="A report",
        collection=collection,
        file=named(nasty_pdf.saved(nasty_pdf.report()), "Report by Sokha.pdf"),
    )


def stored_image(data: bytes | None = None, name: str = "IMG_1 Sokha.jpg", **more: Any) -> Any:
    """A picture, stored by code."""
    file = named(data or nasty.jpeg(), name)
    return CoalitionImage.objects.create(title="A picture", file=file, **more)


def named(data: bytes, name: str) -> ContentFile[bytes]:
    """An upload: what a browser sends."""
    return ContentFile(data, name=name)


def files_in(folder: Path) -> list[str]:
    """The paths of all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def given_away(media: Path) -> dict[str, list[str]]:
    """What any stored file gives away, by path; the path itself counts."""
    found = {}
    for name in files_in(media):
        data = (media / name).read_bytes()
        if name.endswith(".pdf"):
            words = [word for word in TELLTALE if word in nasty_pdf.everything_in(data)]
            told = [f"bytes {word!r}" for word in words]
        else:
            told = traces(data)
        told += ["bytes, unpacked"] if nasty.SECRET in unpacked(data) else []
        told += ["name"] if "Sokha" in name or "IMG" in name else []
        if told:
            found[name] = told
    return found


def opened(path: Path) -> BytesIO:
    """A stored file."""
    return BytesIO(path.read_bytes())
