"""Narrows a list of pages by section and topic, among those that the list has."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.core.models import Topic
from coalition.sections.models import Section
from search.models import SearchEntry


class ListFilter(forms.Form):
    """A form to be sent by GET. A value that the list does not have narrows nothing."""

    def __init__(self, data: Any, found: QuerySet[SearchEntry], *, whole_network: bool) -> None:
        super().__init__(data)
        self.found = found
        language = get_language() or "en"
        if whole_network:
            sections = Section.objects.filter(pk__in=found.order_by().values("section"))
            names = {row.code: row.name_in(language) for row in sections.prefetch_related("names")}
            self._offer("section", _("Section"), _("All sections"), names)
        topics = Topic.objects.filter(
            page_topics__content_object__in=found.order_by().values("page")
        ).distinct()
        names = {row.slug: row.name_in(language) for row in topics.prefetch_related("names")}
        self._offer("topic", _("Topic"), _("All topics"), names)

    def _offer(
        self,
        name: str,
        label: str,
        none: str,
        values: dict[str, str],
        *,
        in_order: bool = False,
        some_without: bool = False,
    ) -> None:
        """A choice, where there is one to make: two values, or one where there are `some_without`.

        Sorted by its labels unless it is `in_order`.
        """
        if len(values) + some_without > 1:
            choices = list(values.items())
            if not in_order:
                choices.sort(key=lambda item: item[1].casefold())
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", none), *choices]
            )

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed by."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def address(self) -> str:
        """The beginning of links to the list's other pages."""
        return f"?{urlencode(self.chosen)}&" if self.chosen else "?"

    def narrowed(self) -> QuerySet[SearchEntry]:
        """The entries that were asked for."""
        found = self.found
        if code := self.chosen.get("section"):
            found = found.filter(section__code=code)
        if slug := self.chosen.get("topic"):
            found = found.filter(page__topic_items__tag__slug=slug)
        return found
