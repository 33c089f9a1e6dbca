"""What stands around a page, as templates need it."""

from dataclasses import dataclass

from coalition.core import languages


@dataclass(frozen=True)
class Language:
    """A language as templates need it."""

    code: str

    @property
    def home_url(self) -> str:
        """The home in it."""
        return f"/{self.code}/"

    @property
    def html_lang(self) -> str:
        """For the `lang` attribute."""
        return languages.html_lang(self.code)

    @property
    def dir(self) -> str:
        """For the `dir` attribute."""
        return languages.direction(self.code)

    @property
    def name(self) -> str:
        """What it calls itself."""
        return languages.autonym(self.code)


@dataclass(frozen=True)
class Choice:
    """A language in the switcher; where the page is missing, the link leads to the notice."""

    language: Language
    url: str
    current: bool
    available: bool


@dataclass(frozen=True)
class Link:
    """A link in the navigation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class FeedLink:
    """An Atom feed: what it tells of and where it is."""

    title: str
    url: str


@dataclass(frozen=True)
class TopicLink:
    """A topic of the page, and the search for all pages about it."""

    name: str
    url: str


@dataclass(frozen=True)
class Step:
    """A link of the trail that leads to a page; `of_the_page`: its label is in that language."""

    label: str
    url: str
    of_the_page: bool
