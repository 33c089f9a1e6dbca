"""Reads of pages as the public may see them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page

from coalition.core import languages
from coalition.core.models.key import PageKey
from coalition.plugins.pages import of_plugins_on
from coalition.sections.archive import of_open_sections

OWN_TEXT = Q(alias_of=None) | Q(alias_of__locale=F("locale"))


def path_in(code: str, rest: str) -> str:
    """`Page.url_path` of the page at `rest` below the home of the language `code`."""
    return "/".join(["", code, *filter(None, rest.split("/")), ""])


def public_pages() -> QuerySet[Page]:
    """Pages that are live, behind no restriction, in no archived section, of no plugin that is off.

    Aliases are the same pages once more. All that shows pages to the public begins here.
    """
    pages: QuerySet[Page] = Page.objects.live().public().filter(alias_of=None)
    return of_plugins_on(of_open_sections(pages))


def network_name(language: str) -> str:
    """What the network calls itself in a language: the title of its home."""
    homes = Page.objects.filter(depth=2, locale__language_code=language)
    return homes.values_list("title", flat=True).first() or settings.WAGTAIL_SITE_NAME


def page_at(code: str, rest: str) -> Page | None:
    """The live page at `rest` in the language `code`, restricted or not, as its own type.

    An alias of a page in another language does not count: its text is in that language. Nor does
    a page of an archived section, or of a plugin that is off there.
    """
    path = path_in(code, rest)
    # Paths have no index, slugs do.
    pages = of_plugins_on(of_open_sections(Page.objects.live()))
    pages = pages.filter(OWN_TEXT, slug=_last(path), url_path=path)
    page = pages.filter(locale__language_code=code).select_related("locale").first()
    if page is None:
        return None
    specific: Page = page.specific
    specific.locale = page.locale
    return specific


def public_at(rest: str) -> dict[str, Page]:
    """The public pages at `rest` by language: slugs are the same in all of them."""
    paths = [path_in(code, rest) for code in languages.codes()]
    pages = public_pages().filter(slug__in={_last(path) for path in paths}, url_path__in=paths)
    return {page.locale.language_code: page for page in pages.select_related("locale")}


@dataclass(frozen=True)
class Versions:
    """Language and path of a page where it is public; `source` is the language it comes from.

    `stale_since`: language -> since when the source says something that it does not say.
    """

    paths: dict[str, str]
    source: str | None = None
    stale_since: dict[str, datetime] = field(default_factory=dict)


def versions_of(page: Page) -> Versions:
    """Every language in which `page` is public, in one query beside that of the restrictions."""
    keys = PageKey.objects.filter(translation_key=OuterRef("translation_key"))
    rows = (
        public_pages()
        .filter(translation_key=page.translation_key)
        .annotate(source=Subquery(keys.values("source_language")[:1]))
        .values_list(
            "locale__language_code", "url_path", "source", "translation_state__stale_since"
        )
    )
    found = list(rows)
    return Versions(
        paths={code: path for code, path, _source, _since in found},
        source=found[0][2] if found else None,
        stale_since={code: since for code, _path, _source, since in found if since},
    )


def original_of(page: Page) -> Page | None:
    """The page in the language it was written in; None for that page itself and for aliases."""
    if page.depth <= 1 or page.alias_of_id:
        return None
    key = PageKey.objects.filter(translation_key=page.translation_key).first()
    if key is None or key.source_language == page.locale.language_code:
        return None
    others = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    found: Page | None = (
        others.filter(locale__language_code=key.source_language).select_related("locale").first()
    )
    return found


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
