"""What it means that a plugin is off: pages of its types are as if they were not there.

They keep their `live` flag, as in an archived section (docs/decisions/0012-plugins.md). Whether a
page is hidden is asked of its type and its place in the tree, here and nowhere else.
"""

from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page, get_page_models

from coalition.plugins import gate, registry
from coalition.sections.archive import ROOT_LENGTH, section_at
from coalition.sections.models import Section

P = TypeVar("P", bound=Page)


def of_plugins_on(pages: QuerySet[P]) -> QuerySet[P]:
    """Those of `pages` whose plugin, if they have one, is installed and on where they stand.

    No query of its own but that of the switches.
    """
    found, switches = pages.filter(content_type__in=installed_types()), gate.switches()
    for slug in registry.installed():
        models = registry.page_types(slug)
        if not models:
            continue
        kinds = ContentType.objects.get_for_models(*models).values()
        on = switches.is_on(slug, gate.NETWORK)
        others = [pk for pk in switches.own_sections() if switches.is_on(slug, pk) != on]
        hidden = Q(content_type__in=[kind.pk for kind in kinds])
        if others:
            found = found.alias(path_of_section=Substr("path", 1, ROOT_LENGTH))
            there = _roots_are(others)
            hidden &= there if on else ~there
        elif on:
            continue
        found = found.exclude(hidden)
    return found


def installed_types() -> list[int]:
    """Ids of the content types of all page types: rows of a plugin that is gone have another."""
    kinds = ContentType.objects.get_for_models(*get_page_models())
    return sorted(kind.pk for kind in kinds.values())


def _roots_are(section_ids: list[int]) -> Q:
    """Pages in the trees of these sections; no query of its own."""
    there = Q(pk=None)
    for model in get_page_models():
        if getattr(model, "is_section_root", False):
            roots = model.objects.filter(section__in=section_ids)
            there |= Q(path_of_section__in=roots.values("path"))
    return there


def is_type_on(model: Any, section: Section | None) -> bool:
    """Whether pages of this type are shown, and may be made, in `section`."""
    slug = registry.slug_of_model(model)
    return slug is None or gate.is_on(slug, section)


def can_be_made_at(model: Any, parent: Page) -> bool:
    """Whether a page of this type may be made below `parent`: the core's always may."""
    slug = registry.slug_of_model(model)
    return slug is None or gate.is_on(slug, section_at(parent))


def plugin_children_of(parent: type[Page]) -> list[type[Page]]:
    """The page types of plugins that name `parent` in their parent_page_types."""
    return [
        model
        for slug in registry.installed()
        for model in registry.page_types(slug)
        if getattr(model, "parent_page_types", None) is not None
        and parent in model.clean_parent_page_models()
    ]


def is_type_on_anywhere(model: Any) -> bool:
    """Whether there can be pages of this type that readers see."""
    slug = registry.slug_of_model(model)
    return slug is None or gate.is_on_anywhere(slug)
