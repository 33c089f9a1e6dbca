"""The chooser of blocks: groups, words of help, previews that ask nobody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coalition.core.blocks import blocks_of
from coalition.plugins.blocks import GatedBlock

# Blocks of plugins are for the plugins' own tests.
BODY = {name: block for name, block in blocks_of("body") if not isinstance(block, GatedBlock)}
GROUPS = {
    "Text": ["heading", "subheading", "paragraph", "quote", "callout", "accordion"],
    "Pictures": ["picture", "gallery"],
    "Facts": ["statistics", "table"],
    "Links and files": ["documents", "related_pages", "video"],
}
SHOWN = {
    "heading": "<h2>What the new law changes</h2>",
    "subheading": "<h3>For people who rent their land</h3>",
    "paragraph": "<b>public hearing</b>",
    "quote": "A fisher from the lake",
    "callout": "Do not bring your own phone to the meeting.",
    "accordion": "<summary>Who can take part?</summary>",
    "picture": 'alt="People in boats on a lake at sunrise"',
    "gallery": "Boats on the lake, three weeks before the harvest.",
    "statistics": "people who signed",
    "table": "Who was heard before land was leased",
    "documents": "Letter to the ministry",
    "related_pages": "How a village won its hearing",
    "video": "A video on <bdi>video.example.org</bdi>.",
}


def test_blocks_are_grouped() -> None:
    groups: dict[str, list[str]] = {}
    for name, block in BODY.items():
        groups.setdefault(str(block.meta.group), []).append(name)
    assert groups == GROUPS


@pytest.mark.parametrize("name", BODY)
def test_each_block_has_a_name_an_icon_and_help(name: str) -> None:
    block = BODY[name]
    assert str(block.label)
    assert block.meta.icon != "placeholder"
    assert str(block.get_description()).endswith(".")
    assert block.is_previewable


@pytest.mark.parametrize("name", BODY)
def test_a_preview_looks_like_the_site_and_asks_nobody(admin: Client, name: str) -> None:
    path = reverse("wagtailadmin_block_preview")
    answer = admin.get(path, {"id": BODY[name].definition_prefix})
    html = answer.content.decode()
    assert SHOWN[name] in html
    assert '<link rel="stylesheet" href="/static/coalition/site.css">' in html
    assert re.findall(r'(?:src|srcset|data)="(?!/static/)', html) == []
    assert re.findall(r"<(?:script|iframe|style)|style=", html) == []
