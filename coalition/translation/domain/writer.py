"""Writes what wagtail-localize knows of source pages, for many pages in some twenty queries.

Its own writer asks the database several times for every string of every page.
"""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

from coalition.core.models import CoalitionPage
from coalition.core.models.page import UNSEEN

# As many values as SQLite takes in one query, and a margin.
MOST_VALUES = 500


@transaction.atomic
def write_sources(
    pages: Sequence[CoalitionPage], *, anew: bool = False
) -> dict[int, TranslationSource]:
    """The source of each page, as the public sees it now, with its segments; page id -> source.

    Pages that have not changed since they were last written cost nothing more, unless they are to
    be written `anew`: what is a segment may have changed with the code. What stands no
    longer in a page goes; translations of it stay, should it come back.
    """
    kind = ContentType.objects.get_for_model(Page)
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(pk=page.translation_key, content_type=kind) for page in pages],
        ignore_conflicts=True,
    )
    wanted = Q(object__in=[page.translation_key for page in pages])
    rows = TranslationSource.objects.filter(wanted).select_for_update(no_key=True)
    before = {(row.object_id, row.locale_id): row for row in rows.order_by("pk")}
    texts = {page.pk: page.to_json() for page in pages}
    changed = [p for p in pages if anew or _differs(before.get(_place(p)), texts[p.pk])]
    versions = {label: get_schema_version(label) for label in {p._meta.app_label for p in changed}}
    TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object_id=page.translation_key,
                locale_id=page.locale_id,
                specific_content_type=page.cached_content_type,
                object_repr=str(page)[:200],
                content_json=texts[page.pk],
                schema_version=versions[page._meta.app_label],
                last_updated_at=timezone.now(),
            )
            for page in changed
        ],
        update_conflicts=True,
        unique_fields=["object", "locale"],
        update_fields=["object_repr", "content_json", "schema_version", "last_updated_at"],
    )
    now = {(row.object_id, row.locale_id): row for row in TranslationSource.objects.filter(wanted)}
    sources = {page.pk: now[_place(page)] for page in pages}
    _write_segments([(sources[page.pk], page) for page in changed])
    return sources


def _place(page: Page) -> tuple[UUID, int]:
    return page.translation_key, page.locale_id


def _differs(source: TranslationSource | None, text: str) -> bool:
    """Whether something differs that is not written when a draft is saved or a page locked."""
    return source is None or _public(source.content_json) != _public(text)


def _public(text: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(text).items() if name not in UNSEEN}


@dataclass(frozen=True)
class Found:
    """A segment of a page, and where it stands."""

    source: TranslationSource
    value: Any

    @property
    def context(self) -> tuple[UUID, UUID]:
        """What names its path."""
        return self.source.object_id, TranslationContext._get_path_id(self.value.path)


def _write_segments(pages: Sequence[tuple[TranslationSource, CoalitionPage]]) -> None:
    found = [Found(source, value) for source, page in pages for value in extract_segments(page)]
    contexts = _contexts(found)
    of_kind = _by_kind(found)
    strings = _strings(of_kind[StringSegmentValue])
    templates = _templates(of_kind[TemplateSegmentValue])
    objects = _objects(of_kind[RelatedObjectSegmentValue])
    sources = [source for source, _page in pages]

    def place(segment: Found) -> dict[str, Any]:
        return {
            "source_id": segment.source.pk,
            "context_id": contexts[segment.context],
            "order": segment.value.order,
        }

    _replace(
        StringSegment,
        sources,
        [
            place(segment)
            | {
                "string_id": strings[_string(segment)],
                "attrs": json.dumps(segment.value.attrs, cls=DjangoJSONEncoder),
            }
            for segment in of_kind[StringSegmentValue]
        ],
    )
    _replace(
        TemplateSegment,
        sources,
        [
            place(segment) | {"template_id": templates[_template(segment)]}
            for segment in of_kind[TemplateSegmentValue]
        ],
    )
    _replace(
        RelatedObjectSegment,
        sources,
        [
            place(segment) | {"object_id": objects[segment.value.translation_key]}
            for segment in of_kind[RelatedObjectSegmentValue]
        ],
    )
    _replace(
        OverridableSegment,
        sources,
        [
            place(segment) | {"data_json": json.dumps(segment.value.data, cls=DjangoJSONEncoder)}
            for segment in of_kind[OverridableSegmentValue]
        ],
    )


def _by_kind(found: Iterable[Found]) -> dict[type, list[Found]]:
    kinds: dict[type, list[Found]] = defaultdict(list)
    for segment in found:
        kinds[type(segment.value)].append(segment)
    return kinds


def _replace(
    model: type[models.Model], sources: Sequence[TranslationSource], rows: list[dict[str, Any]]
) -> None:
    """Leave of the segments of `sources` those in `rows`, and add those that are not there."""
    wanted = {tuple(row.values()): row for row in rows}
    names = list(rows[0]) if rows else ["source_id"]
    manager = model._default_manager
    gone = []
    for pk, *values in manager.filter(source__in=sources).values_list("pk", *names):
        if wanted.pop(tuple(values), None) is None:
            gone.append(pk)
    for some in _parts(gone):
        manager.filter(pk__in=some).delete()
    manager.bulk_create(model(**row) for row in wanted.values())


def _contexts(found: Sequence[Found]) -> dict[tuple[UUID, UUID], int]:
    paths = {segment.context: segment.value.path for segment in found}
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(object_id=key, path_id=path_id, path=path)
            for (key, path_id), path in paths.items()
        ],
        ignore_conflicts=True,
    )
    rows = TranslationContext.objects.filter(object__in={key for key, _path in paths})
    return {(key, path): pk for key, path, pk in rows.values_list("object", "path_id", "pk")}


def _string(segment: Found) -> tuple[int, UUID]:
    data = segment.value.string.data
    return segment.source.locale_id, String._get_data_hash(data)


def _strings(found: Sequence[Found]) -> dict[tuple[int, UUID], int]:
    texts = {_string(segment): segment.value.string.data for segment in found}
    String.objects.bulk_create(
        [
            String(locale_id=locale, data_hash=name, data=data)
            for (locale, name), data in texts.items()
        ],
        ignore_conflicts=True,
    )
    ids = {}
    for some in _parts(sorted({name for _locale, name in texts})):
        rows = String.objects.filter(data_hash__in=some)
        ids.update(
            {(loc, name): pk for loc, name, pk in rows.values_list("locale", "data_hash", "pk")}
        )
    return ids


def _template(segment: Found) -> UUID:
    value = segment.value
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(found: Sequence[Found]) -> dict[UUID, int]:
    values = {_template(segment): segment.value for segment in found}
    Template.objects.bulk_create(
        [
            Template(
                uuid=name,
                template=value.template,
                template_format=value.format,
                string_count=value.string_count,
            )
            for name, value in values.items()
        ],
        ignore_conflicts=True,
    )
    ids: dict[UUID, int] = {}
    for some in _parts(sorted(values)):
        ids.update(Template.objects.filter(uuid__in=some).values_list("uuid", "pk"))
    return ids


def _objects(found: Sequence[Found]) -> dict[UUID, UUID]:
    values = {segment.value.translation_key: segment.value for segment in found}
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(pk=key, content_type=v.content_type) for key, v in values.items()],
        ignore_conflicts=True,
    )
    return {key: key for key in values}


def _parts(values: Sequence[Hashable]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), MOST_VALUES):
        yield values[start : start + MOST_VALUES]
