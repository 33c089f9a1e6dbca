"""What submitting pages would make, and what of it is not possible: a dry run without writing.

Some ten queries, whatever the number of pages and languages.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from wagtail.models import Locale, Page

from coalition.core import languages as known
from coalition.sections.models import Section, section_of
from coalition.translation.originals import asked_for
from coalition.translation.reach import adding_places


@dataclass
class Plan:
    """Into one language: pages that would be made, that exist, and that are not possible.

    `orphans` have no page above them in that language; where the `shut` ones stand who asks may
    not add pages.
    """

    language: str
    made: list[Page] = field(default_factory=list)
    there: list[Page] = field(default_factory=list)
    orphans: list[Page] = field(default_factory=list)
    shut: list[Page] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many pages are asked for."""
        return len(self.made) + len(self.there) + len(self.orphans) + len(self.shut)


def languages_for(page: Page, user: AbstractUser) -> list[str]:
    """The languages of the page's section in which `user` may add pages there or below."""
    section: Section | None = section_of(page)
    codes = section.languages if section else known.codes()
    places = adding_places(user, Locale.objects.filter(language_code__in=codes))
    return [code for code in known.codes() if _meet(page.path, places.get(code, ()))]


def _meet(path: str, places: Iterable[str]) -> bool:
    return any(path.startswith(place) or place.startswith(path) for place in places)


def plan(
    pages: Sequence[Page], *, below: bool, languages: Sequence[str], user: AbstractUser
) -> list[Plan]:
    """One for each language, in that order."""
    asked = asked_for(pages, below=below, languages=languages)
    originals = {page.pk: page for page, _code in asked}.values()
    above = {page.path[: -Page.steplen] for page in originals}
    parents = dict(Page.objects.filter(path__in=above).values_list("path", "translation_key"))
    have = defaultdict(set)
    wanted = {page.translation_key for page in originals} | set(parents.values())
    locales = Locale.objects.filter(language_code__in=languages)
    rows = Page.objects.filter(locale__in=locales, translation_key__in=wanted)
    for code, key in rows.values_list("locale__language_code", "translation_key"):
        have[code].add(key)
    places = adding_places(user, locales)
    return [
        _plan(
            code,
            [page for page, wanted_in in asked if wanted_in == code],
            parents,
            have[code],
            tuple(places.get(code, ())),
        )
        for code in languages
    ]


def _plan(
    code: str,
    originals: Sequence[Page],
    parents: dict[str, UUID],
    have: set[UUID],
    places: tuple[str, ...],
) -> Plan:
    """`have` are the pages there are in that language; what is made is added."""
    found = Plan(code)
    for page in originals:
        above = page.path[: -Page.steplen]
        if page.translation_key in have:
            found.there.append(page)
        elif not above.startswith(places):
            found.shut.append(page)
        elif parents.get(above) not in have:
            found.orphans.append(page)
        else:
            found.made.append(page)
            have.add(page.translation_key)
    return found
