"""What stands around every public page: languages, navigation, notices, links for machines.

Built lazily: an admin or JSON answer pays nothing for it.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coalition.core import languages, notices, sharing, structured
from coalition.core.addresses import absolute
from coalition.core.files.renditions import SharedPicture, shared_picture
from coalition.core.links import Choice, FeedLink, Language, Link, Step, TopicLink
from coalition.core.middleware import (
    asked_language,
    asks_for_little,
    language_of_path,
    split_path,
)
from coalition.core.queries import Versions, network_name, versions_of
from coalition.plugins.base import Place
from coalition.plugins.contributions import nav_of_plugins
from coalition.plugins.pages import of_plugins_on

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage, Topic


class Chrome:
    """The frame of one answer. `page` is the page shown, None for search and errors.

    `path` is what the switcher repeats in other languages; None is the request's own.
    """

    def __init__(
        self, request: HttpRequest, page: "CoalitionPage | None", path: str | None = None
    ) -> None:
        self.request = request
        self.page = page
        # A preview's request may be the editor's own; the page knows where it stands.
        self.path = path or (page and page.url_path) or request.path_info
        self.language = Language(translation.get_language() or settings.LANGUAGE_CODE)
        self.content = Language(page.locale.language_code) if page else self.language

    @cached_property
    def site_name(self) -> str:
        """What the network calls itself in the reader's language: the title of its home."""
        if self.page and self.page.depth == 2 and self.content == self.language:
            return str(self.page.title)
        return network_name(self.language.code)

    @property
    def light(self) -> bool:
        """Whether the reader's browser asks for little data (Save-Data)."""
        return asks_for_little(self.request)

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

    @property
    def share(self) -> list[sharing.Way]:
        """Services to pass the page on with; none for what is no page."""
        if self.page is None or self.canonical is None:
            return []
        return sharing.ways(self.title, self.canonical)

    @property
    def mailto(self) -> str:
        """The page's title and address as a mail to nobody yet."""
        return sharing.mailto(self.title, self.canonical or "")

    @property
    def qr_url(self) -> str:
        """Its address as a QR code."""
        return f"/{self.content.code}/-/qr{split_path(self.path)[1]}"

    @property
    def structured_data(self) -> SafeString:
        """What machines are told of the page."""
        if self.page is None or self.page.alias_of_id:
            return SafeString("")
        told = self.page.structured_data(self.site_name)
        if self.card:
            told["image"] = self.card_url
        return structured.script(told, self.content.code)

    @cached_property
    def card(self) -> SharedPicture | None:
        """The picture that stands on a shared link."""
        return shared_picture(self.page) if self.page else None

    @property
    def card_url(self) -> str:
        """Its absolute address."""
        return absolute(self.card.url) if self.card else ""

    @property
    def homes(self) -> list[Language]:
        """Every language of the network, for the foot of the page."""
        return [Language(code) for code in languages.codes()]

    @cached_property
    def section(self) -> dict[str, str] | None:
        """The section that this is in: name, code and the URL of its root."""
        section = self.place.section
        if section is None:
            return None
        return {
            "name": section.name_in(self.language.code),
            "code": section.code,
            "url": section.url_in(self.language.code),
        }

    @property
    def feeds(self) -> list[FeedLink]:
        """The feeds of the page's language: of the section first, of the network last."""
        network = FeedLink(self.site_name, f"/{self.content.code}/feed/")
        section = self.page.section if self.page else None
        if section is None:
            return [network]
        name = section.name_in(self.content.code)
        return [FeedLink(name, f"{section.url_in(self.content.code)}feed/"), network]

    @cached_property
    def place(self) -> Place:
        """Where this is, as plugins are told of it."""
        section = self.page.section if self.page else getattr(self.request, "section", None)
        return Place(self.request, self.language.code, section, self.page)

    @cached_property
    def nav(self) -> list[Link]:
        """The main navigation, and what plugins add to it."""
        here = self._path_in(self.language.code)
        return [
            Link(label, url, here.startswith(url))
            for label, url in (
                (_("Countries"), f"{self.home_url}countries/"),
                (_("Networks"), f"{self.home_url}networks/"),
                (_("Campaigns"), f"{self.home_url}campaigns/"),
                (_("Stories"), f"{self.home_url}stories/"),
                *((item.label, item.url) for item in nav_of_plugins(self.place)),
            )
        ]

    @cached_property
    def trail(self) -> list[Step]:
        """From the home down to the page's parent."""
        if self.page is None or self.page.depth is None or self.page.depth < 3:
            return []
        above = of_plugins_on(self.page.get_ancestors().live().filter(depth__gt=2))
        return [
            Step(_("Home"), self.home_url, of_the_page=False),
            *(
                Step(title, path, of_the_page=True)
                for title, path in above.values_list("title", "url_path")
            ),
        ]

    @cached_property
    def _versions(self) -> Versions:
        """Where the page is public; every language without a page."""
        if self.page is None:
            return Versions({code: self._path_in(code) for code in languages.codes()})
        return versions_of(self.page)

    @property
    def _paths(self) -> dict[str, str]:
        return self._versions.paths

    def _path_in(self, code: str) -> str:
        rest = split_path(self.path)[1] if language_of_path(self.path) else "/"
        return f"/{code}{rest}"

    @cached_property
    def switcher(self) -> list[Choice]:
        """All languages, those the page is public in first; the others lead to the notice."""
        choices = [
            Choice(
                language=Language(code),
                url=self._paths.get(code) or self._path_in(code),
                current=code == self.language.code,
                available=code in self._paths,
            )
            for code in languages.codes()
        ]
        return sorted(choices, key=lambda choice: not choice.available)

    @property
    def canonical(self) -> str | None:
        """The page's absolute address, without any query; an alias names the original."""
        if self.page is None:
            return None
        original = self.page.alias_of if self.page.alias_of_id else None
        return absolute(original.url_path if original else self.path)

    @cached_property
    def hreflang(self) -> list[dict[str, str]]:
        """Alternates for search engines, with x-default; languages without ISO 639-1 are out."""
        if self.page is None or not self._paths:
            return []
        alternates = [
            {"hreflang": tag, "url": absolute(self._paths[code])}
            for code in languages.codes()
            if code in self._paths and (tag := languages.hreflang(code))
        ]
        return [*alternates, {"hreflang": "x-default", "url": self._default_url(self.page)}]

    def _default_url(self, page: "CoalitionPage") -> str:
        """For readers of no language of ours: `/` asks their browser, other pages their source."""
        if page.depth == 2:
            return absolute("/")
        source = self._paths.get(self._versions.source or "")
        return absolute(source or self.path)

    @cached_property
    def notices(self) -> list[notices.Notice]:
        """That the page is shown in another language than asked for, and that it is behind."""
        if self.page is None:
            return []
        told = []
        if asked := asked_language(self.request):
            told.append(notices.in_another_language(Language(asked), self.content, self.switcher))
        since, source = self._versions.stale_since.get(self.content.code), self._versions.source
        if since and source in self._paths:
            told.append(notices.behind(since, Language(source), self.language, self.switcher))
        return told


def topic_links(topics: Iterable["Topic"], language: str) -> list[TopicLink]:
    """The topics by their names in `language`."""
    found = list(topics)
    prefetch_related_objects(found, "names")
    search = reverse("search")
    links = [
        TopicLink(topic.name_in(language), f"{search}?{urlencode({'topic': topic.slug})}")
        for topic in found
    ]
    return sorted(links, key=lambda link: link.name.casefold())


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: a `chrome` without a page, built when a template first asks for it."""
    return {"chrome": SimpleLazyObject(lambda: Chrome(request, None))}
