"""What stands around every public page: languages, navigation, notices, links for machines.

Built lazily: an admin or JSON answer pays nothing for it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.core.middleware import asked_language, language_of_path
from coalition.core.models.key import PageKey

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage


@dataclass(frozen=True)
class Language:
    """A language as templates need it."""

    code: str

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
class Notice:
    """That the page is not there in the language asked for."""

    asked: Language
    shown: Language
    text: str


class Chrome:
    """The frame of one answer. `page` is the page shown, None for search and errors."""

    site_name = settings.WAGTAIL_SITE_NAME

    def __init__(self, request: HttpRequest, page: "CoalitionPage | None") -> None:
        self.request = request
        self.page = page
        self.language = Language(translation.get_language() or settings.LANGUAGE_CODE)
        self.content = Language(page.locale.language_code) if page else self.language

    @property
    def home_url(self) -> str:
        """The home in the reader's language."""
        return f"/{self.language.code}/"

    @property
    def search_url(self) -> str:
        """Search in the reader's language."""
        return reverse("search")

    @property
    def title(self) -> str:
        """For `<title>`."""
        if self.page is None:
            return self.site_name
        return str(self.page.seo_title or self.page.title)

    @property
    def description(self) -> str:
        """For `<meta name="description">`."""
        if self.page is None:
            return ""
        return str(self.page.search_description or self.page.summary)

    @cached_property
    def section(self) -> dict[str, str] | None:
        """The section the page belongs to: name, code and the URL of its root."""
        section = self.page.section if self.page else None
        if section is None:
            return None
        root = "/".join(self.request.path_info.split("/")[2:4])
        return {
            "name": section.name_in(self.language.code),
            "code": section.code,
            "url": f"/{self.language.code}/{root}/",
        }

    @property
    def nav(self) -> list[Link]:
        """The main navigation."""
        return [
            Link(label, url, self.request.path_info.startswith(url))
            for label, url in (
                (_("Countries"), f"{self.home_url}countries/"),
                (_("Networks"), f"{self.home_url}networks/"),
                (_("Campaigns"), f"{self.home_url}campaigns/"),
                (_("Stories"), f"{self.home_url}stories/"),
            )
        ]

    @cached_property
    def _live(self) -> set[str]:
        """The languages in which the page is live."""
        if self.page is None:
            return set(languages.codes())
        codes = self.page.get_translations(inclusive=True).live()
        return set(codes.values_list("locale__language_code", flat=True))

    def _path_in(self, code: str) -> str:
        prefix = language_of_path(self.request.path_info)
        rest = self.request.path_info[len(prefix) + 1 :] if prefix else "/"
        return f"/{code}{rest}"

    @cached_property
    def switcher(self) -> list[Choice]:
        """All languages; those the page is live in first."""
        choices = [
            Choice(
                language=Language(code),
                url=self._path_in(code),
                current=code == self.language.code,
                available=code in self._live,
            )
            for code in languages.codes()
        ]
        return sorted(choices, key=lambda choice: not choice.available)

    @property
    def canonical(self) -> str | None:
        """The page's absolute address, without any query."""
        return f"{settings.BASE_URL}{self.request.path_info}" if self.page else None

    @cached_property
    def hreflang(self) -> list[dict[str, str]]:
        """Alternates for search engines, with x-default; languages without ISO 639-1 are out."""
        if self.page is None:
            return []
        alternates = [
            {"hreflang": tag, "url": f"{settings.BASE_URL}{self._path_in(code)}"}
            for code in languages.codes()
            if code in self._live and (tag := languages.hreflang(code))
        ]
        return [*alternates, {"hreflang": "x-default", "url": self._default_url}]

    @property
    def _default_url(self) -> str:
        assert self.page is not None
        if self.page.depth == 2:
            return f"{settings.BASE_URL}/"
        key = PageKey.objects.filter(translation_key=self.page.translation_key).first()
        source = key.source_language if key else self.content.code
        code = source if source in self._live else self.content.code
        return f"{settings.BASE_URL}{self._path_in(code)}"

    @cached_property
    def notice(self) -> Notice | None:
        """For a reader sent here from a language in which the page is missing."""
        asked = asked_language(self.request)
        if asked is None or self.page is None:
            return None
        text = _("This page is not available in %(asked)s yet. It is shown in %(shown)s.") % {
            "asked": languages.language_name(asked, asked),
            "shown": languages.language_name(self.content.code, asked),
        }
        return Notice(asked=Language(asked), shown=self.content, text=text)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: a `chrome` without a page, built when a template first asks for it."""
    return {"chrome": SimpleLazyObject(lambda: Chrome(request, None))}
