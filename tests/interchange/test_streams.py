"""Streams of blocks: with their types, or as bare values where there is one type alone."""

from typing import Any

import pytest
from wagtail import blocks

from coalition.core.blocks import registry
from coalition.core.fields import PluginStreamField
from coalition.core.interchange import streams
from coalition.core.interchange.line import LineError

PARTNER = {"name": "Fishers", "url": ""}


class Nobody:
    """Finds nothing: these blocks name nothing."""

    draft = False


def read(rows: list[Any]) -> Any:
    field = PluginStreamField("partners", name="partners")
    before = field.stream_block.to_python([])
    stream, _removed = streams.read(rows, field, before, Nobody())  # type: ignore[arg-type]
    return streams.written(stream, field)


def test_the_only_block_of_an_area_is_written_bare() -> None:
    assert read([PARTNER]) == [PARTNER]


def test_one_of_several_says_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {**registry._areas["partners"], "note": blocks.CharBlock()}
    monkeypatch.setitem(registry._areas, "partners", both)
    rows = [{"type": "partner", "value": PARTNER}, {"type": "note", "value": "Since 2020"}]
    assert read(rows) == rows
    with pytest.raises(LineError, match="unknown type None; there are partner, note"):
        read([PARTNER])
