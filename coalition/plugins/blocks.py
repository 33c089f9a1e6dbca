"""Blocks that plugins bring: where the plugin is off, their content stays and nothing is shown."""

from collections import Counter
from typing import Any

from django.db.models import Model
from django.forms import Media
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.admin import telepath
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import Block, StreamBlock
from wagtail.blocks.stream_block import StreamBlockAdapter

from coalition.plugins import gate
from coalition.plugins.boundary import attempt

NOTHING = SafeString("")


class GatedBlock(Block):
    """Mixed into the class of each block that a plugin brings."""

    plugin: str

    def render(self, value: Any, context: Any = None) -> Any:
        """As its class does, where the plugin is on; nothing when it fails."""
        if not gate.is_on_here(self.plugin):
            return NOTHING
        draw = super().render
        return attempt(self.plugin, "blocks", lambda: draw(value, context=context), NOTHING)

    def get_searchable_content(self, value: Any) -> list[str]:
        """As its class does, where the plugin is on: what is not shown is not found."""
        if not gate.is_on_here(self.plugin):
            return []
        read = super().get_searchable_content
        return attempt(self.plugin, "blocks", lambda: list(read(value)), [])


def gated(block: Block, slug: str) -> Block:
    """The block, with its own class below GatedBlock; adapters find it by its class as before."""
    kind = type(block)
    block.__class__ = type(kind.__name__, (GatedBlock, kind), {"__module__": kind.__module__})
    block.plugin = slug
    return block


class PluginStreamBlock(StreamBlock):
    """What the bodies of pages are made of: blocks of the core and of plugins."""


class PluginStreamBlockAdapter(StreamBlockAdapter):
    """Tells the editor which blocks are off, so that it does not offer them.

    Their definitions stay: without them what was written could not be shown, and would be lost.
    """

    js_constructor = "coalition.plugins.PluginStreamBlock"

    def js_args(self, block: StreamBlock) -> list[Any]:
        """As Wagtail's."""
        *others, meta = super().js_args(block)
        return [*others, {**meta, "off": off_here(block)}]

    @cached_property
    def media(self) -> Media:
        """Wagtail's script first: this one builds on it."""
        media: Media = super().media
        return media + Media(js=[versioned_static("coalition_plugins/blocks.js")])


telepath.register(PluginStreamBlockAdapter(), PluginStreamBlock)


def off_here(block: StreamBlock) -> list[str]:
    """Names of the blocks in a stream whose plugin is off in the place that is being edited."""
    return [
        name
        for name, child in block.child_blocks.items()
        if isinstance(child, GatedBlock) and not gate.is_on_here(child.plugin)
    ]


def count_of_off(instance: Model) -> Counter[tuple[str, str]]:
    """How many blocks of plugins that are off each body has: (field, name of the block)."""
    found: Counter[tuple[str, str]] = Counter()
    for field in instance._meta.concrete_fields:
        block = getattr(field, "stream_block", None)
        names = set(off_here(block)) if isinstance(block, PluginStreamBlock) else set()
        for item in getattr(instance, field.name).raw_data if names else ():
            if item["type"] in names:
                found[field.name, item["type"]] += 1
    return found
