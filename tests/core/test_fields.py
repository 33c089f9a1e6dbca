"""Bodies: blocks by area, and migrations that know the area's name only."""

import pytest
from django.db.migrations.writer import MigrationWriter
from wagtail import blocks

from coalition.core.blocks import blocks_of, register_block
from coalition.core.fields import PluginStreamField
from home.models import StandardPage
from tests.factories import now, standard_page

AREAS = {
    "timeline": ["milestone"],
    "partners": ["partner"],
    "evidence": ["evidence"],
    "third-parties": ["third_party"],
}


@pytest.mark.parametrize(("area", "names"), AREAS.items())
def test_blocks_of_each_area(area: str, names: list[str]) -> None:
    assert [name for name, _block in blocks_of(area)] == names
    field = PluginStreamField(area)
    assert list(field.stream_block.child_blocks) == names


def test_bodies_have_at_least_text() -> None:
    names = [name for name, _block in blocks_of("body")]
    assert {"heading", "paragraph", "quote"} <= set(names)


def test_migrations_hold_no_block() -> None:
    written, _imports = MigrationWriter.serialize(PluginStreamField("timeline", blank=True))
    assert written == "coalition.core.fields.PluginStreamField(area='timeline', blank=True)"


def test_a_clone_has_the_same_area() -> None:
    assert PluginStreamField("timeline").clone().area == "timeline"


def test_an_area_takes_blocks_until_it_is_used() -> None:
    register_block("test-area", "note", blocks.CharBlock())
    assert list(PluginStreamField("test-area").stream_block.child_blocks) == ["note"]


def test_an_unknown_area_is_empty() -> None:
    assert blocks_of("nothing") == []


STORED = [
    ("heading", "Land"),
    ("paragraph", "<p>Who owns it?</p>"),
    ("quote", {"text": "We do.", "attribution": "A farmer"}),
]


@pytest.mark.django_db
def test_a_body_comes_back_as_it_was_stored() -> None:
    body = [{"type": name, "value": value} for name, value in STORED]
    page: StandardPage = now(standard_page(body=body))
    assert [(block["type"], block["value"]) for block in page.body.raw_data] == STORED


def test_block_whose_name_is_taken_is_refused() -> None:
    register_block("taken-area", "note", blocks.CharBlock())
    with pytest.raises(ValueError, match="there is a block “note” in the area “taken-area”"):
        register_block("taken-area", "note", blocks.CharBlock())
