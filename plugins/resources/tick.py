"""What `tick` does for resources."""

from coalition.jobs.tick import on_tick
from plugins.resources.domain.texts import ask_for, due

AT_ONCE = 20


@on_tick("resource-texts")
def resource_texts() -> int:
    """Have documents read whose file is new: replaced, imported, or there before the plugin."""
    return ask_for(due()[:AT_ONCE])
