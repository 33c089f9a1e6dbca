"""Blocks that plugins bring: where the plugin is off, their content stays and nothing is shown."""

from typing import Any

from django.utils.safestring import SafeString
from wagtail.blocks import Block

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
