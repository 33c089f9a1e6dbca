"""Which blocks there are, by area: bodies, timelines, lists of partners."""

from wagtail import blocks

_areas: dict[str, dict[str, blocks.Block]] = {}


def register_block(area: str, name: str, block: blocks.Block) -> None:
    """Make `block` available in every PluginStreamField of `area` under `name`.

    Raises ValueError when another block has the name: what is stored tells them apart by it.
    """
    if name in _areas.setdefault(area, {}):
        raise ValueError(
            f"there is a block “{name}” in the area “{area}” already; a plugin begins the names of "
            "its blocks with its slug"
        )
    _areas[area][name] = block


def blocks_of(area: str) -> list[tuple[str, blocks.Block]]:
    """The blocks registered for `area`, in order of registration."""
    return list(_areas.get(area, {}).items())
