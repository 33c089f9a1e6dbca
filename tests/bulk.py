"""Pages by the thousand, as rows: through Wagtail each one costs some hundred queries.

What comes out is what publishing would have written: page, key and search entry. There are no
revisions and no log entries, and engines have to be rebuilt by those who search.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.db.models.sql import InsertQuery
from wagtail.models import Page

from coalition.core import languages
from coalition.core.models import CoalitionPage, PageKey
from coalition.sections.models import Section, SectionKind
from countries.domain.folders import folder_for
from countries.models import SectionPage
from home.models import ListPage
from search.domain import index

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 500
WORDS = [
    *("land", "water", "forest", "river", "village", "school", "market", "road", "people"),
    *("women", "children", "workers", "union", "court", "law", "rights", "petition", "council"),
    *("minister", "company", "factory", "mine", "dam", "fish", "rice", "harvest", "flood"),
]


@dataclass
class Spec:
    """One page: where, what, and its type's own fields. Translations have the same `key`."""

    parent: Page
    slug: str
    title: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    section: Section | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def words(number: int, count: int = 100) -> str:
    """Text of `count` words that differs from number to number."""
    return " ".join(WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(count))


def insert_pages(model: type[CoalitionPage], specs: Iterable[Spec]) -> list[CoalitionPage]:
    """Live pages of one type below their parents, in the order given."""
    made: list[CoalitionPage] = []
    steps = _Steps()
    specs = iter(specs)
    while chunk := list(islice(specs, CHUNK)):
        made += _insert(model, chunk, steps)
    for parent_id, count in steps.added.items():
        Page.objects.filter(pk=parent_id).update(numchild=F("numchild") + count)
    return made


class _Steps:
    """The next free place below each parent."""

    def __init__(self) -> None:
        self.last: dict[int, int] = {}
        self.added: dict[int, int] = defaultdict(int)

    def path_below(self, parent: Page) -> str:
        if parent.pk not in self.last:
            below = Page.objects.child_of(parent).order_by("-path")
            path = below.values_list("path", flat=True).first()
            self.last[parent.pk] = Page._str2int(path[-Page.steplen :]) if path else 0
        self.last[parent.pk] += 1
        self.added[parent.pk] += 1
        path_below: str = Page._get_path(parent.path, parent.depth + 1, self.last[parent.pk])
        return path_below


def _insert(
    model: type[CoalitionPage], specs: Sequence[Spec], steps: _Steps
) -> list[CoalitionPage]:
    content_type = ContentType.objects.get_for_model(model)
    pages = [_page(model, spec, content_type, steps) for spec in specs]
    rows = Page.objects.bulk_create(
        Page(**{name.attname: getattr(page, name.attname) for name in Page._meta.concrete_fields})
        for page in pages
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
    # Django refuses to insert rows of a child table in bulk; its compiler does not.
    query = InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, pages)
    query.get_compiler(connection=connection).execute_sql()
    PageKey.objects.bulk_create(
        (
            PageKey(
                translation_key=page.translation_key,
                key=str(page.translation_key),
                source_language=page.locale.language_code,
            )
            for page in pages
        ),
        ignore_conflicts=True,
    )
    changes = index.compare(pages)
    index.SearchEntry.objects.bulk_create(changes.write)
    return pages


def _page(
    model: type[CoalitionPage], spec: Spec, content_type: ContentType, steps: _Steps
) -> CoalitionPage:
    path = steps.path_below(spec.parent)
    published = PUBLISHED + timedelta(minutes=Page._str2int(path[-Page.steplen :]))
    return model(
        title=spec.title,
        draft_title=spec.title,
        slug=spec.slug,
        url_path=f"{spec.parent.url_path}{spec.slug}/",
        path=path,
        depth=spec.parent.depth + 1,
        locale=spec.parent.locale,
        translation_key=spec.key,
        content_type=content_type,
        section=spec.section,
        first_published_at=published,
        last_published_at=published,
        latest_revision_created_at=published,
        **spec.fields,
    )


def make_pages(
    model: type[CoalitionPage],
    parents: Sequence[Page],
    count: int,
    *,
    section: Section | None = None,
    length: int = 100,
    **fields: Any,
) -> list[CoalitionPage]:
    """`count` pages of `length` words, each of them once below every one of `parents`.

    `parents` are one page in several languages; what is made below them are translations.
    """

    def specs() -> Iterator[Spec]:
        for number in range(count):
            key = uuid.uuid4()
            slug, text = f"{model.interchange_type}-{number}", words(number, length)
            body = [{"type": "paragraph", "value": f"<p>{text}</p>"}]
            own = {"summary": text[:120], "body": body, **fields}
            for parent in parents:
                yield Spec(parent, slug, text[:40], key, section, own)

    return insert_pages(model, specs())


def make_translations(page: CoalitionPage, parents: Sequence[Page]) -> list[CoalitionPage]:
    """The page once more below each of `parents`, in their languages."""
    specs = [
        Spec(parent, page.slug, page.title, page.translation_key, page.section, {"body": page.body})
        for parent in parents
    ]
    return insert_pages(type(page), specs)


def make_sections(count: int, codes: Sequence[str] = ("en",)) -> list[Section]:
    """Countries with their roots and lists in the languages `codes`; no groups, no workflows."""
    taken = set(Section.objects.values_list("code", flat=True))
    free = (code for code in sorted(languages.country_codes()) if code not in taken)
    sections = Section.objects.bulk_create(
        Section(
            code=code,
            kind=SectionKind.COUNTRY,
            slug=f"country-{code}",
            languages=list(codes),
            default_language=codes[0],
        )
        for code in islice(free, count)
    )
    folders = [folder_for(SectionKind.COUNTRY, code) for code in codes]
    roots = insert_pages(SectionPage, _roots(sections, folders))
    for slug, lists in (("campaigns", "campaign"), ("stories", "story")):
        insert_pages(ListPage, _lists(roots, slug, lists))
    return sections


def _roots(sections: Iterable[Section], folders: Sequence[Page]) -> Iterator[Spec]:
    for section in sections:
        key = uuid.uuid4()
        for folder in folders:
            title = section.name_in(folder.locale.language_code)
            yield Spec(folder, section.slug, title, key, section)


def _lists(roots: Iterable[CoalitionPage], slug: str, lists: str) -> Iterator[Spec]:
    keys: dict[int, uuid.UUID] = defaultdict(uuid.uuid4)
    for root in roots:
        assert root.section is not None
        yield Spec(root, slug, slug.title(), keys[root.section.pk], root.section, {"lists": lists})
