"""Answers as the search page shows them: every value with its label and its link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coalition.core.links import Language

from .domain.queries import Hit, SearchAnswer
from .excerpts import Part
from .labels import Labels


@dataclass(frozen=True)
class Version:
    """Another language of a result."""

    url: str
    name: str
    html_lang: str
    dir: str


@dataclass(frozen=True)
class Result:
    """One hit."""

    url: str
    title: str
    language: Language
    excerpt: str
    excerpt_html: SafeString
    type_label: str
    section_label: str
    published: datetime
    also_in: list[Version]


@dataclass(frozen=True)
class Value:
    """One value of a facet; its link chooses it, or takes the choice back when `active`."""

    value: str
    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    """The values by which results can be narrowed, those with most pages first."""

    name: str
    label: str
    values: list[Value]


def results(answer: SearchAnswer, labels: Labels) -> list[Result]:
    """The hits with their labels."""
    return [_result(hit, labels) for hit in answer.hits]


def facets(answer: SearchAnswer, labels: Labels, chosen: dict[str, str]) -> list[Facet]:
    """One facet for each filter; `chosen` are the parameters of the page."""
    shown = (
        ("language", "in", _("Language"), labels.language),
        ("section", "section", _("Section"), labels.section),
        ("type", "type", _("Kind of page"), labels.type),
        ("topic", "topic", _("Topic"), labels.topic),
    )
    ours = [
        Facet(name, label, _values(parameter, answer.facets[name], names, chosen))
        for name, parameter, label, names in shown
    ]
    return [*ours, *_of_plugins(answer, labels, chosen)]


def _of_plugins(answer: SearchAnswer, labels: Labels, chosen: dict[str, str]) -> Iterator[Facet]:
    for name, facet in labels.facets.items():
        counts = answer.facets.get(name, {})
        # A chosen value that no page has may be anything: it is shown as it is.
        names = {value: facet.label_of(value) for value in counts}
        if (names or chosen.get(name)) and (label := facet.label):
            yield Facet(name, label, _values(name, counts, names, chosen))


def address(parameters: dict[str, str]) -> str:
    """A link to the search page with these parameters, to which `name=value` can be added."""
    query = urlencode(parameters)
    return f"?{query}&" if query else "?"


def _values(
    parameter: str, counts: dict[str, int], names: dict[str, str], chosen: dict[str, str]
) -> list[Value]:
    active = chosen.get(parameter)
    others = {name: value for name, value in chosen.items() if name != parameter}
    if active and active not in counts:
        counts = {**counts, active: 0}
    return [
        Value(
            value=value,
            label=names.get(value, value),
            count=count,
            url=address(others if value == active else {**others, parameter: value}).rstrip("&"),
            active=value == active,
        )
        for value, count in counts.items()
    ]


def _result(hit: Hit, labels: Labels) -> Result:
    entry = hit.entry
    return Result(
        url=entry.url,
        title=entry.title,
        language=Language(entry.language),
        excerpt=hit.excerpt,
        excerpt_html=format_html_join("", "{}", ((_marked(part),) for part in hit.parts)),
        type_label=labels.type.get(entry.type, ""),
        section_label=labels.section[hit.section] if entry.section else "",
        published=entry.published,
        also_in=[_version(version.language, version.url) for version in hit.also_in],
    )


def _marked(part: Part) -> SafeString:
    return (
        format_html("<mark>{}</mark>", part.text) if part.found else conditional_escape(part.text)
    )


def _version(code: str, url: str) -> Version:
    language = Language(code)
    return Version(url, language.name, language.html_lang, language.dir)
