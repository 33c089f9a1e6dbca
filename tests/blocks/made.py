"""Values of blocks, and what readers get of them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.blocks import StreamValue

from coalition.core.fields import PluginStreamField
from coalition.core.links import Language

TABLE = {
    "caption": "Hearings",
    "columns": [
        {"type": "row_heading", "heading": "Province"},
        {"type": "text", "heading": "Hearing"},
        {"type": "number", "heading": "Families"},
    ],
    "rows": [{"values": ["Coast", "none", "1 240"]}, {"values": ["Hills", "none", "-3"]}],
}


def stream(*blocks: tuple[str, Any]) -> StreamValue:
    """A body as it comes from the database."""
    field = PluginStreamField("body")
    return field.stream_block.to_python([{"type": name, "value": value} for name, value in blocks])


def rendered(name: str, value: Any, language: str = "en", interface: str = "") -> str:
    """A body of one block in `language`, as readers of `interface` get it; lines are joined."""
    context = {"body": stream((name, value)), "written": Language(language)}
    with translation.override(interface or language):
        html = render_to_string("components/body.html", context)
    return re.sub(r"\s*\n\s*", "", html)


def inside(html: str) -> str:
    """What stands in the element around the body."""
    return re.sub(r'^<div class="prose wrap"[^>]*>|</div>$', "", html)


def problem(name: str, value: Any) -> Any:
    """What an editor is told of a block: messages by member, or a list of messages."""
    body = PluginStreamField("body").stream_block
    try:
        body.clean(stream((name, value)))
    except ValidationError as error:
        return _told(error.block_errors[0])
    return None


def _told(error: Any) -> Any:
    inner = getattr(error, "block_errors", None) or getattr(error, "cell_errors", None) or error
    if isinstance(inner, dict):
        return {name: _told(part) for name, part in inner.items()}
    own = list(getattr(error, "non_block_errors", None) or [])
    return [str(message) for message in own] or error.messages
