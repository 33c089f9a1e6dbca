"""Entries with pages behind them, made in bulk: saving pages one by one takes too long."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from wagtail.models import Locale, Page

from coalition.sections.models import Section
from search import analysis, engines
from search.models import SearchEntry

PUBLISHED = datetime(2026, 1, 15, 12, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Text:
    """What a page says in one language."""

    key: str
    language: str
    title: str = "Untitled"
    summary: str = ""
    body: str = ""
    type: str = "standard"
    section: Section | None = None
    topics: tuple[str, ...] = ()
    published: datetime = PUBLISHED


def make_entries(texts: Iterable[Text]) -> list[SearchEntry]:
    """Entries of pages below the root, in the engine already."""
    texts = list(texts)
    pages = Page.objects.bulk_create(_page(text) for text in texts)
    entries = SearchEntry.objects.bulk_create(
        _entry(page, text) for page, text in zip(pages, texts, strict=True)
    )
    engines.current().sync([entry.pk for entry in entries])
    return entries


def make_entry(language: str = "en", **fields: object) -> SearchEntry:
    """One entry, with a key of its own when none is given."""
    fields.setdefault("key", f"page-{next(_numbers)}")
    return make_entries([Text(language=language, **fields)])[0]


def _page(text: Text) -> Page:
    number = next(_numbers)
    locale, _created = Locale.objects.get_or_create(language_code=text.language)
    return Page(
        title=text.title,
        slug=f"sample-{number}",
        path=f"0001X{number:07d}",
        depth=3,
        url_path=f"/{text.language}/{text.key}/",
        locale=locale,
    )


def _entry(page: Page, text: Text) -> SearchEntry:
    entry = SearchEntry(
        page=page,
        key=text.key,
        language=text.language,
        section=text.section,
        type=text.type,
        topics=list(text.topics),
        url=page.url_path,
        published=text.published,
        title=analysis.normal(text.title),
        summary=analysis.normal(text.summary),
        body=analysis.normal(text.body),
    )
    texts = json.dumps([entry.title, entry.summary, entry.body])
    entry.digest = hashlib.blake2b(texts.encode(), digest_size=16).hexdigest()
    return entry
