"""Atom feeds: the newest public pages in one language, of the network or of a section."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from coalition.core import languages
from coalition.core.addresses import absolute
from coalition.core.queries import network_name
from search.domain.queries import entries, without_frames
from search.models import SearchEntry

NEWEST = 20
MAX_AGE = 300
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

if TYPE_CHECKING:
    EntryFeed = Feed[SearchEntry, SearchEntry]
else:
    EntryFeed = Feed


# Nothing is written here; without the exemption a POST would be told of cookies instead of 405.
@csrf_exempt
@require_safe
@conditional_page
def feed(request: HttpRequest, section: str = "") -> HttpResponse:
    """The feed of the language; `section` is the path of a section below the home.

    Raises Http404 where the section has no public page in this language.
    """
    return answer(NewestPages(), request, path=section)


def answer(feed: "NewestPages", request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """The feed as caches may keep it."""
    response = feed(request, **kwargs)
    patch_cache_control(response, max_age=MAX_AGE, public=True)
    return response


class Atom(Atom1Feed):
    """Atom with BCP 47 tags, and the same bytes again as long as nothing changes."""

    def root_attributes(self) -> dict[str, str]:
        """As Django, with `zh-Hans` where Django has `zh-hans`."""
        tag = languages.html_lang(self.feed["language"])
        return {**super().root_attributes(), "xml:lang": tag}

    def latest_post_date(self) -> datetime:
        """The last change; in a feed without entries, when the page above it was published."""
        return super().latest_post_date() if self.items else self.feed["opened"]


class NewestPages(EntryFeed):
    """The pages below one root. The root, a home or a section's page, is the feed's own page."""

    feed_type = Atom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchEntry:
        """The root at `path` below the home of the active language. Raises Http404."""
        language = get_language() or settings.LANGUAGE_CODE
        path = kwargs["path"]
        url = f"/{language}/{path}/" if path else f"/{language}/"
        root = (
            SearchEntry.objects.filter(
                language=language, type="section" if path else "home", url=url
            )
            .select_related("section", "page")
            .first()
        )
        if root is None:
            raise Http404("No feed in this language.")
        return root

    def title(self, root: SearchEntry) -> str:
        """What it tells of."""
        if root.section is None:
            return clean(root.title)
        return clean(f"{root.title} · {network_name(root.language)}")

    def author_name(self, root: SearchEntry) -> str:
        """The network, in the language of the feed."""
        return clean(root.title if root.section is None else network_name(root.language))

    def subtitle(self, root: SearchEntry) -> str | None:
        """The summary of the root."""
        return clean(root.summary) or None

    def link(self, root: SearchEntry) -> str:
        """The root."""
        return absolute(root.url)

    def feed_url(self, root: SearchEntry) -> str:
        """The feed itself."""
        return absolute(f"{root.url}feed/")

    def feed_guid(self, root: SearchEntry) -> str:
        """Stays when names and addresses change."""
        return identity(root)

    def feed_extra_kwargs(self, root: SearchEntry) -> dict[str, Any]:
        """For `Atom.latest_post_date`."""
        return {"opened": root.published}

    def items(self, root: SearchEntry) -> list[SearchEntry]:
        """The newest, first."""
        found = without_frames(entries(language=root.language, section=root.section))
        return list(found.select_related("section", "page")[:NEWEST])

    def item_title(self, item: SearchEntry) -> str:
        """Plain text."""
        return clean(item.title)

    def item_description(self, item: SearchEntry) -> str | None:  # type: ignore[override]
        """The summary; Django declares it to be HTML."""
        return escape(clean(item.summary)) if item.summary else None

    def item_link(self, item: SearchEntry) -> str:
        """Where it is read."""
        return absolute(item.url)

    def item_guid(self, item: SearchEntry) -> str:
        """The same for ever, whatever the page is called."""
        return identity(item)

    def item_pubdate(self, item: SearchEntry) -> datetime:
        """When it was first published."""
        return item.published

    def item_updateddate(self, item: SearchEntry) -> datetime:
        """When it was last published."""
        return max(item.published, item.page.last_published_at or item.published)

    def item_categories(self, item: SearchEntry) -> list[str]:
        """Its topics, by slug: the same in every language."""
        return list(item.topics)


def identity(entry: SearchEntry) -> str:
    """A URN for a page in one language."""
    return uuid5(entry.page.translation_key, entry.language).urn


def clean(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
