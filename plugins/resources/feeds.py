"""The newest resources as an Atom feed, network-wide or of a section."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from coalition.core import languages
from coalition.core.addresses import absolute
from coalition.plugins.routes import address
from plugins.resources.listing import entries_of
from search.feeds import NEWEST, NewestPages, answer, clean
from search.models import SearchEntry


@csrf_exempt
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Raises Http404 where there is no public repository in this language."""
    return answer(NewestResources(), request)


class NewestResources(NewestPages):
    """What a repository lists; resources in another language say so in their titles."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchEntry:
        """The repository of `request.section`, or of the network. Raises Http404."""
        found = SearchEntry.objects.select_related("section", "page").filter(
            type="repository",
            language=get_language(),
            section=request.section,  # type: ignore[attr-defined]
        )
        root = found.first()
        if root is None:
            raise Http404("No repository in this language.")
        self.language = root.language
        return root

    def title(self, root: SearchEntry) -> str:
        """The repository's, with the name of its section, else of the network."""
        place = root.section.name_in(root.language) if root.section else self.author_name(root)
        return clean(f"{root.title} · {place}")

    def feed_url(self, root: SearchEntry) -> str:
        """The feed itself."""
        return absolute(address("resources", "feed", section=root.section))

    def items(self, root: SearchEntry) -> list[SearchEntry]:
        """The newest, first."""
        found = entries_of(root.section, root.language).select_related("section", "page")
        return list(found[:NEWEST])

    def item_title(self, item: SearchEntry) -> str:
        """With the language, where it is not that of the feed."""
        title = super().item_title(item)
        if item.language == self.language:
            return title
        return f"{title} ({languages.autonym(item.language)})"
