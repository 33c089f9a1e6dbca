"""Resources as lists show them: each once, in the reader's language where it is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from coalition.core.links import Language
from coalition.sections.models import Section
from plugins.resources.facts import Facts
from plugins.resources.models.resource_page import ResourcePage
from search.domain.queries import entries_once
from search.models import SearchEntry


@dataclass(frozen=True)
class Shown:
    """A resource in a list; `untranslated` is its language where that is not the reader's.

    `place` is the name of its section, in lists of more than one.
    """

    entry: SearchEntry
    facts: Facts
    untranslated: Language | None
    place: str


def entries_of(section: Section | None, language: str) -> QuerySet[SearchEntry]:
    """The public resources of a section, for None of the network and all sections."""
    return entries_once(language=language, type=ResourcePage.interchange_type, section=section)


def newest_for(
    section: Section | None, language: str, topic: str, number: int | None
) -> list[Shown]:
    """The newest, about `topic` if one is named by its slug."""
    found = entries_of(section, language)
    if topic:
        found = found.filter(page__topic_items__tag__slug=topic)
    return shown_of(found[: number or 3], language)


def shown_of(entries: Iterable[SearchEntry], language: str, *, places: bool = False) -> list[Shown]:
    """The resources with their facts, in one query; with the names of their `places` in two."""
    found = list(entries)
    if places:
        prefetch_related_objects(found, "section__names")
    pages = (
        ResourcePage.objects.filter(pk__in=[entry.pk for entry in found])
        .select_related("document")
        .defer_streamfields()
        .in_bulk()
    )
    return [
        Shown(
            entry=entry,
            facts=Facts(pages[entry.pk]),
            untranslated=Language(entry.language) if entry.language != language else None,
            place=entry.section.name_in(language) if places and entry.section else "",
        )
        for entry in found
        if entry.pk in pages
    ]
