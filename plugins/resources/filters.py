"""Narrows a repository by what its resources are."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalition.sections.models import Section
from home.filters import ListFilter
from plugins.resources.facts import language_label
from plugins.resources.licences import licence_label
from plugins.resources.models.resource_page import ResourcePage
from search.models import SearchEntry

Values = dict[str, set[Any]]
BY_FIELD = ("written_in", "licence", "year", "publisher")
MOST_PUBLISHERS = 60
"""More are no list to choose from: the publisher is then found by search."""


def every(section: Section | None) -> QuerySet[SearchEntry]:
    """All public resources there, in each of their languages."""
    found = SearchEntry.objects.filter(type=ResourcePage.interchange_type)
    return found if section is None else found.filter(section=section)


class ResourceFilter(ListFilter):
    """Topic and section, as every list, and language, licence, year and publisher."""

    def __init__(self, data: Any, found: QuerySet[SearchEntry], section: Section | None) -> None:
        super().__init__(data, every(section), whole_network=section is None)
        self.found = found
        values = self._values(section)
        self._of_field("written_in", _("Written in"), _("All languages"), values, language_label)
        self._of_field("licence", _("Licence"), _("All licences"), values, licence_label)
        self._of_field("year", _("Year"), _("All years"), values, str)
        if len(values["publisher"]) <= MOST_PUBLISHERS:
            self._of_field("publisher", _("Publisher"), _("All publishers"), values, str)

    def _of_field(
        self, name: str, label: str, none: str, values: Values, label_of: Callable[[Any], str]
    ) -> None:
        found = sorted(filter(None, values[name]), reverse=name == "year")
        self._offer(
            name,
            label,
            none,
            {str(value): label_of(value) for value in found},
            in_order=name == "year",
            some_without=len(found) < len(values[name]),
        )

    @staticmethod
    def _values(section: Section | None) -> Values:
        """What the resources of the list have, in one query."""
        pages = ResourcePage.objects.filter(pk__in=every(section).values("pk"))
        rows = list(pages.order_by().values_list(*BY_FIELD).distinct())
        return {name: {row[at] for row in rows} for at, name in enumerate(BY_FIELD)}

    def narrowed(self) -> QuerySet[SearchEntry]:
        """The entries that were asked for."""
        found = super().narrowed()
        wanted = {name: self.chosen[name] for name in BY_FIELD if name in self.chosen}
        if not wanted:
            return found
        return found.filter(pk__in=ResourcePage.objects.filter(**wanted).values("pk"))
