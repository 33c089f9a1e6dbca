"""Narrows a repository by what its resources are."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.sections.models import Section
from home.filters import ListFilter
from plugins.resources.licences import Licence
from plugins.resources.models.resource_page import ResourcePage
from search.models import SearchEntry

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
        names = {code: languages.autonym(code) for code in values["written_in"]}
        self._offer("written_in", _("Written in"), _("All languages"), names)
        labels = dict(Licence.choices)
        licences = {value: str(labels.get(value, value)) for value in values["licence"]}
        self._offer("licence", _("Licence"), _("All licences"), licences)
        years = {str(year): str(year) for year in sorted(values["year"], reverse=True)}
        self._offer("year", _("Year"), _("All years"), years, in_order=True)
        if len(values["publisher"]) <= MOST_PUBLISHERS:
            publishers = {name: name for name in values["publisher"]}
            self._offer("publisher", _("Publisher"), _("All publishers"), publishers)

    @staticmethod
    def _values(section: Section | None) -> dict[str, set[Any]]:
        """What the resources of the list have, in one query."""
        pages = ResourcePage.objects.filter(pk__in=every(section).values("pk"))
        rows = list(pages.order_by().values_list(*BY_FIELD).distinct())
        return {name: {row[at] for row in rows if row[at]} for at, name in enumerate(BY_FIELD)}

    def narrowed(self) -> QuerySet[SearchEntry]:
        """The entries that were asked for."""
        found = super().narrowed()
        wanted = {name: self.chosen[name] for name in BY_FIELD if name in self.chosen}
        if not wanted:
            return found
        return found.filter(pk__in=ResourcePage.objects.filter(**wanted).values("pk"))
