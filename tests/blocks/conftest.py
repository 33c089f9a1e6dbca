"""A media folder, a picture and a document for blocks to show."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from coalition.core.files.renditions import picture_of
from tests.factories import UserFactory


@pytest.fixture
def image(db: None, media: Path) -> Any:
    """A small picture with its renditions."""
    data = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(data, "JPEG")
    made = get_image_model().objects.create(
        title="a", file=ContentFile(data.getvalue(), name="a.jpg")
    )
    with warnings.catch_warnings():
        # Wagtail leaves the temporary files of renditions to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        picture_of(made)
    return made


@pytest.fixture
def document(db: None, media: Path) -> Any:
    """A PDF with one empty page."""
    data = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(data)
    return get_document_model().objects.create(
        title="scan 3 final", file=ContentFile(data.getvalue(), name="a.pdf")
    )


@pytest.fixture
def admin(db: None, client: Client, settings: Settings) -> Client:
    """Signed in for everything; the demonstration waives the second factor."""
    settings.DEMO = True
    client.force_login(UserFactory.create(is_superuser=True))
    return client
