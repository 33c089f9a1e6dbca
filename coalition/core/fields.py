"""A StreamField whose blocks are looked up when needed, so that no migration ever holds them."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from coalition.plugins.blocks import PluginStreamBlock

from . import blocks


class PluginStreamField(StreamField):
    """A body made of the blocks registered for its `area` (`body`, `timeline`, …).

    Blocks come from the core and from plugins; removing one must never erase content or ask for
    a migration, so migrations know the area's name only.
    """

    def __init__(self, area: str = "body", **kwargs: Any) -> None:
        self.area = area
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        """The top-level block, built at first use, when all apps have registered theirs."""
        block = PluginStreamBlock(blocks.blocks_of(self.area))
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """The area alone: no block definitions, no choices."""
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], {**kwargs, "area": self.area}
