"""What was exported and imported elsewhere is exported as it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from wagtail.models import Page

from coalition.core.interchange.types import page_types
from coalition.core.models import CoalitionDocument, CoalitionImage
from coalition.plugins.registry import slug_of_type
from home.models import StandardPage
from tests.interchange.network import build, command, empty_site, texts


def lines(folder: Path, name: str = "pages.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


@pytest.mark.django_db(transaction=True)
def test_export_import_export(
    pytestconfig: pytest.Config, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "here")
    build()
    first, second = tmp_path / "first", tmp_path / "second"
    code, out, err = command("export_content", first)
    assert (code, err) == (0, "")
    written = lines(first)
    # Types of plugins are for the plugins' own tests.
    assert {line["type"] for line in written} == {t for t in page_types() if not slug_of_type(t)}
    assert {line["language"] for line in written} >= {"en", "km", "th"}
    assert [(line["key"], line["language"]) for line in written] == sorted(
        (line["key"], line["language"]) for line in written
    )

    empty_site(pytestconfig)
    settings.MEDIA_ROOT = str(tmp_path / "there")
    assert StandardPage.objects.count() == CoalitionImage.objects.count() == 0
    code, out, err = command("import_content", first)
    assert (code, err) == (0, ""), err
    assert "0 refused" in out
    revisions = Page.objects.get(slug="first").revisions.count()

    assert command("export_content", second)[0] == 0
    before, after = texts(first), texts(second)
    for name in before:
        assert after[name] == before[name]
    assert lines(second / "media", "index.jsonl") == lines(first / "media", "index.jsonl")

    code, out, err = command("import_content", first)
    assert (code, err) == (0, "")
    for line in out.splitlines():
        assert ", 0 created, 0 changed," in line
    code, out, err = command("import_content", second)
    assert (code, err) == (0, "")
    assert ", 0 created, 0 changed," in out.splitlines()[-1]
    assert Page.objects.get(slug="first").revisions.count() == revisions
    assert (CoalitionImage.objects.count(), CoalitionDocument.objects.count()) == (3, 1)
