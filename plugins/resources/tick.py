"""What `tick` does for resources."""

from coalition.jobs.tick import on_tick
from plugins.resources.domain.texts import due
from plugins.resources.tasks import read_document

AT_ONCE = 20


@on_tick("resource-texts")
def resource_texts() -> int:
    """Have documents read whose file is new: replaced, imported, or there before the plugin."""
    ids = list(due().values_list("pk", flat=True)[:AT_ONCE])
    for pk in ids:
        read_document.enqueue(document_id=pk)
    return len(ids)
