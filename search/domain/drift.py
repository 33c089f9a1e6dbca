"""Whether entries are what the public may see, and whether the engine has what entries have."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from coalition.core.queries import public_pages
from search import engines
from search.engines import base
from search.models import SearchEntry

from . import index


@dataclass
class Drift:
    """Page ids by what is wrong with them; `pages` counts those with which nothing is."""

    missing: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    pages: int = 0
    engine: base.Drift = field(default_factory=base.Drift)

    def lines(self) -> Iterator[str]:
        """A sentence for each kind of difference."""
        kinds = (
            ("Public pages without an entry", self.missing),
            ("Entries that differ from their page", self.outdated),
            ("Entries of pages that are not public", self.surplus),
            ("Entries that the engine lacks", self.engine.missing),
            ("Entries of which the engine has an old text", self.engine.outdated),
            ("Pages that the engine has and that have no entry", self.engine.surplus),
        )
        for kind, ids in kinds:
            if ids:
                shown = ", ".join(map(str, ids[:10])) + (", …" if len(ids) > 10 else "")
                yield f"{kind}: {len(ids)} (page ids {shown})."


def measure() -> Drift:
    """Compare all pages with their entries, text by text, and these with the engine."""
    drift = Drift(engine=engines.current().drift())
    for pages in index.all_pages():
        changes = index.compare(pages)
        for entry in changes.write:
            (drift.outdated if entry.pk in changes.stored else drift.missing).append(entry.pk)
        drift.surplus += [pk for pk in changes.remove if pk in changes.stored]
        drift.pages += changes.unchanged
    return drift


def rebuild() -> int:
    """Write all entries anew, then the engine's index. Searching and publishing go on meanwhile.

    Returns the number of entries the engine then has.
    """
    for pages in index.all_pages():
        with transaction.atomic():
            index.write(index.compare(pages), follow=False)
    return engines.current().rebuild()


def pages_without_entry() -> int:
    """The number of public pages that have none; far quicker than `measure`."""
    models = ContentType.objects.get_for_models(*index.searchable_models())
    return public_pages().filter(search_entry=None, content_type__in=models.values()).count()


def entries_without_page() -> int:
    """The number of entries whose page is not public."""
    return SearchEntry.objects.exclude(page__in=public_pages().values("pk")).count()


def follow_types() -> int:
    """Drop entries of page types that are gone, and make those of types that have come back.

    That is what is left to do when a plugin's package was taken out or put in again. Returns the
    number of pages looked at.
    """
    types = set(SearchEntry.objects.order_by().values_list("type", flat=True).distinct())
    models = {model.interchange_type: model for model in index.searchable_models()}
    lost = Page.objects.filter(search_entry__type__in=types - set(models))
    back = [model for name, model in models.items() if name not in types]
    kinds = ContentType.objects.get_for_models(*back).values() if back else []
    due = [*lost, *public_pages().filter(content_type__in=[kind.pk for kind in kinds])]
    index.refresh(due)
    return len(due)
