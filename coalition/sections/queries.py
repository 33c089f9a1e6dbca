"""Reads of sections for readers."""

from dataclasses import dataclass

from coalition.sections.models import Section, SectionStatus


@dataclass(frozen=True)
class SectionLink:
    """A section in a list: its name in the reader's language and where it is read.

    `language` is the one the page will be in: the reader's if the section uses it.
    """

    name: str
    url: str
    code: str
    kind: str
    language: str


def sections_for_reader(*, language: str, kind: str | None = None) -> list[SectionLink]:
    """Open sections by name. Two queries, however many there are."""
    sections = Section.objects.filter(status=SectionStatus.OPEN).prefetch_related("names")
    if kind:
        sections = sections.filter(kind=kind)
    links = [_link(section, language) for section in sections]
    return sorted(links, key=lambda link: link.name.casefold())


def _link(section: Section, language: str) -> SectionLink:
    return SectionLink(
        name=section.name_in(language),
        url=section.url_in(language),
        code=section.code,
        kind=section.kind,
        language=language if language in section.languages else section.default_language,
    )
