"""Where a plugin is used: pages of its types, and pages that hold its blocks."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from coalition.core.fields import PluginStreamField
from coalition.core.queries import public_pages
from coalition.plugins import registry
from coalition.sections.models import Section


def page_ids(slug: str, section: Section | None) -> list[int]:
    """Pages whose looks depend on the plugin, of `section`, or of the network and every section."""
    found = {pk for pages in (*_of_types(slug), *_with_blocks(slug)) for pk in _ids(pages, section)}
    return sorted(found)


def pages_by_type(slug: str) -> dict[str, int]:
    """How many pages there are of each of its types, drafts too."""
    return {model.__name__: model.objects.count() for model in registry.page_types(slug)}


def pages_with_blocks(slug: str) -> int:
    """How many pages hold one of its blocks."""
    return len({pk for pages in _with_blocks(slug) for pk in _ids(pages, None)})


def by_section(slug: str) -> dict[str, int]:
    """How many pages of its types each section has, by code; `network` for those of none."""
    counted: Counter[str] = Counter()
    for pages in _of_types(slug):
        counted.update(code or "network" for code in pages.values_list("section__code", flat=True))
    return dict(sorted(counted.items()))


def shown(slug: str, section: Section | None) -> int:
    """How many pages that readers see now would be hidden by switching it off."""
    ids = [pk for pages in _of_types(slug) for pk in _ids(pages, section)]
    return public_pages().filter(pk__in=ids).count()


def _of_types(slug: str) -> Iterator[QuerySet[Any]]:
    for model in registry.page_types(slug):
        yield model.objects.all()


def _with_blocks(slug: str) -> Iterator[QuerySet[Any]]:
    from coalition.core.receivers import coalition_models

    named: dict[str, list[str]] = defaultdict(list)
    for area, name in registry.block_names(slug):
        named[area].append(name)
    for model in coalition_models() if named else ():
        for field in model._meta.concrete_fields:
            names = named.get(field.area, []) if isinstance(field, PluginStreamField) else []
            for name in names:
                # As both databases write JSON out.
                pages = model.objects.alias(stored=Cast(field.name, TextField()))
                yield pages.filter(stored__contains=f'"type": "{name}"')


def _ids(pages: QuerySet[Any], section: Section | None) -> Iterator[int]:
    if section is not None:
        pages = pages.filter(section=section)
    yield from pages.values_list("pk", flat=True)


def shown_by_section(slug: str) -> dict[int | None, int]:
    """Pages of its types that readers see now, by the section's id; None is all there are.

    One query for each of its types.
    """
    counted: Counter[int | None] = Counter()
    public = public_pages()
    for pages in _of_types(slug):
        rows = pages.filter(pk__in=public.values("pk")).values_list("section_id", flat=True)
        sections = list(rows)
        counted.update(pk for pk in sections if pk is not None)
        counted[None] += len(sections)
    return dict(counted)
