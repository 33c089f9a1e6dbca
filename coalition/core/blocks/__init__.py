"""The blocks of bodies and of the small lists in pages, by area.

The names that are registered here stand in the database and in the interchange format.
"""

from . import body, lists
from .registry import blocks_of, register_block
from .text import RICH_TEXT_FEATURES

__all__ = ["RICH_TEXT_FEATURES", "blocks_of", "register_block"]

for area, name, block in (*body.BLOCKS, *lists.BLOCKS):
    register_block(area, name, block)
