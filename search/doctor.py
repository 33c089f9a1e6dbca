"""What `doctor` says about search."""

from coalition.core.doctor import examines

from . import engines
from .domain import drift

MEND = "Run “manage.py search_index rebuild”."


@examines("search")
def problems() -> list[str]:
    """Whole sentences that say what to do; empty when all is well."""
    engine = engines.current()
    if found := engine.problems():
        return found
    if lacking := drift.pages_without_entry():
        found.append(f"Search does not know {lacking} public pages. {MEND}")
    if left := drift.entries_without_page():
        found.append(f"Search still shows {left} pages that are not public. {MEND}")
    if differing := engine.drift().count:
        found.append(
            f"The search engine {engine.name} differs from the pages in {differing} of them. "
            f"Jobs that are still due may mend this; if they do not: {MEND}"
        )
    return found
