"""Reads of sections: for readers, and who keeps them."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser

from coalition.sections.models import Role, Section, SectionStatus


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


def is_secretariat(user: AbstractUser | AnonymousUser) -> bool:
    """Whether somebody opens, changes and archives sections. One query in a request."""
    if not user.is_active or isinstance(user, AnonymousUser):
        return False
    if not hasattr(user, "_is_secretariat"):
        seats = user.groups.filter(section_group__role=Role.SECRETARIAT)
        user._is_secretariat = user.is_superuser or seats.exists()  # type: ignore[attr-defined]
    return bool(user._is_secretariat)  # type: ignore[attr-defined]
