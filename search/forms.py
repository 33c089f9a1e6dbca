"""Input of the search page and of its JSON."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.core import languages
from coalition.plugins.contributions import search_facets_of_plugins

from . import analysis
from .domain.queries import MAX_PAGE_SIZE, SearchRequest
from .labels import Labels
from .terms import MAX_LENGTH

ALL = "all"


class SuggestQuery(forms.Form):
    """The parameters of `/api/v1/search/suggest`."""

    q = forms.CharField(required=False, max_length=MAX_LENGTH)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["q"].error_messages["max_length"] = _(
            "q is too long. Shorten it to %(limit_value)d characters."
        )
        self._offer("language", languages.codes())

    def _offer(self, name: str, values: list[str]) -> None:
        message = _("The value of %(name)s is not known here. Use one of: %(known)s.") % {
            "name": name,
            "known": ", ".join(values),
        }
        self.fields[name] = forms.ChoiceField(
            required=False,
            choices=[(value, value) for value in values],
            error_messages={"invalid_choice": message},
        )

    @property
    def language(self) -> str:
        """The reader's, that of the site when they name none."""
        return self.cleaned_data.get("language") or settings.LANGUAGE_CODE


class SearchQuery(SuggestQuery):
    """The parameters of `/api/v1/search`. Unknown sections, types and topics find nothing.

    So do unknown values of the facets of plugins; their parameters are `{slug}.{name}`.
    """

    section = forms.CharField(required=False)
    type = forms.CharField(required=False)
    topic = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE_SIZE)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._offer("in", [ALL, *languages.codes()])
        self.facets = search_facets_of_plugins()
        self.fields.update({name: forms.CharField(required=False) for name in self.facets})
        page = _("Set page to a whole number from 1 on.")
        size = _("Set page_size to a whole number from 1 to %(most)d.") % {"most": MAX_PAGE_SIZE}
        for name, message in {"page": page, "page_size": size}.items():
            self.fields[name].error_messages.update(
                invalid=message, min_value=message, max_value=message
            )

    def request(self) -> SearchRequest:
        """What is asked for; what is not valid is left out."""
        data = self.cleaned_data
        within = data.get("in") or ALL
        return SearchRequest(
            q=data.get("q", ""),
            language=self.language,
            within=None if within == ALL else within,
            section=data.get("section") or None,
            type=data.get("type") or None,
            topic=data.get("topic") or None,
            facets=self.chosen_facets(),
            page=data.get("page") or 1,
            page_size=data.get("page_size") or SearchRequest.page_size,
        )

    def chosen_facets(self) -> dict[str, str]:
        """The facets of plugins by which results are narrowed."""
        data = self.cleaned_data
        return {name: data[name] for name in self.facets if data.get(name)}


class SearchForm(SearchQuery):
    """The form of the search page, in the reader's language. Any input leads to an answer."""

    _fallbacks = {
        "in": gettext_lazy("That language is not known here. All languages were searched."),
        "section": gettext_lazy("That section is not known here. All sections were searched."),
        "type": gettext_lazy("That kind of page is not known here. All kinds were searched."),
        "topic": gettext_lazy("That topic is not known here. All topics were searched."),
        "page": gettext_lazy("The results have no such page. This is the first one."),
    }

    def __init__(self, data: Any, labels: Labels) -> None:
        words = analysis.normal(data.get("q", ""))
        self.shortened = len(words) > MAX_LENGTH
        given = {name: data.get(name, "") for name in (*self._fallbacks, *labels.facets)}
        super().__init__({**given, "q": words[:MAX_LENGTH].strip(), "language": labels.reader})
        self.fields["q"].label = _("What are you looking for?")
        self.fields["in"] = _choice(_("Language"), _("All languages"), labels.language, ALL)
        self.fields["section"] = _choice(_("Section"), _("All sections"), labels.section)
        self.fields["type"] = _choice(_("Kind of page"), _("All kinds of pages"), labels.type)
        self.fields["topic"] = _choice(_("Topic"), _("All topics"), labels.topic)
        self._wrong = list(self.errors)
        # The form then shows what was searched; what was wrong with it is said apart.
        self.data = {**self.data, **dict.fromkeys(self._wrong, "")}
        self.full_clean()

    def complaints(self) -> list[str]:
        """A sentence for each parameter that was not understood."""
        found = [str(text) for name, text in self._fallbacks.items() if name in self._wrong]
        if self.shortened:
            text = _("Only the first %(limit)d characters of your words were searched.")
            found.append(text % {"limit": MAX_LENGTH})
        return found

    def chosen(self) -> dict[str, str]:
        """The parameters that differ from their defaults, `page` apart, as a link repeats them."""
        names = ("q", "in", "section", "type", "topic")
        values = {name: self.cleaned_data.get(name, "") for name in names}
        ours = {name: value for name, value in values.items() if value and value != ALL}
        return {**ours, **self.chosen_facets()}


def _choice(label: str, none: str, values: dict[str, str], empty: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[(empty, none), *values.items()])
