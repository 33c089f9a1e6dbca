"""What belongs to a section: its pages and collections, and whatever points at them.

The rule, for models and for rows alike: a section, the pages of its trees and its collections
belong to it. So does a row with a relation to one that does (a foreign key, many-to-many, a content
type with an id, a translation key), and a row that one which does has to itself (one-to-one). The
groups of a section lead to its people that way, and people to what they have written.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Collection, Page

from coalition.sections.models import Section
from countries.models import SectionPage

Model = type[models.Model]
Rows = dict[Model, set[Any]]
# Rows of these belong to nobody or to the network, although they have a relation that counts.
OF_NOBODY = {
    "wagtaildocs.Document": "not the site's own model of documents",
    "wagtailimages.Image": "not the site's own model of pictures",
    "wagtailimages.Rendition": "not the site's own either",
    "wagtailcore.Site": "the network's one site",
    "wagtailcore.WorkflowContentType": "workflows of other things than pages, which are nobody's",
    "wagtailsearch.SQLiteFTSIndexEntry": "the same as IndexEntry, in a table of SQLite's own",
}
# Shared rows that are there for the sake of those that point at them.
FOR_THE_SAKE_OF = {
    "taggit.Tag": ("taggit.TaggedItem", "tag"),
    "wagtail_localize.String": ("wagtail_localize.StringSegment", "string"),
}
KEY = "translation_key"


def models_with_rows() -> list[Model]:
    """Every model with a table, those made for many-to-many relations included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def owned_models() -> list[Model]:
    """The models that can have rows of a section."""
    found: set[Model] = {Section, Page, Collection}
    found |= {apps.get_model(label) for label in FOR_THE_SAKE_OF}
    before = 0
    while before < len(found):
        before = len(found)
        for model in models_with_rows():
            if model._meta.label in OF_NOBODY:
                continue
            if any(not targets or targets & found for targets, _rows in _ways_to(model)):
                found.add(model)
            if model in found:
                found |= {field.related_model for field in _own(model)}
                found |= set(model._meta.parents)
    return [model for model in models_with_rows() if model in found]


def owned_rows(section: Section) -> Rows:
    """The ids of the rows that are the section's, by model."""
    roots = SectionPage.objects.filter(section=section).values_list("path", flat=True)
    pages = models.Q(pk=None)
    for path in roots:
        pages |= models.Q(path__startswith=path)
    below = section.collection.get_descendants(inclusive=True)
    rows: Rows = {
        Section: {section.pk},
        Page: set(Page.objects.filter(pages).values_list("pk", flat=True)),
        Collection: set(below.values_list("pk", flat=True)),
    }
    fixed, owned, before = set(rows), owned_models(), -1
    while before < (before := sum(map(len, rows.values()))):
        for model in owned:
            _follow(model, rows, fixed)
    return {model: rows[model] for model in owned if rows.get(model)}


def _follow(model: Model, rows: Rows, fixed: set[Model]) -> None:
    """Add what one step leads to."""
    if model not in fixed:
        for targets, rows_to in _ways_to(model):
            ids = set[Any]().union(*(rows.get(target, ()) for target in targets))
            if ids or not targets:
                rows.setdefault(model, set()).update(rows_to(rows, ids))
    for parent in set(model._meta.parents) - fixed:
        rows.setdefault(parent, set()).update(rows.get(model, ()))
    for field in _own(model) if rows.get(model) else ():
        mine = model._base_manager.filter(pk__in=rows[model])
        theirs = mine.exclude(**{field.name: None}).values_list(field.attname, flat=True)
        if field.related_model not in fixed:
            rows.setdefault(field.related_model, set()).update(theirs)
    if by := FOR_THE_SAKE_OF.get(model._meta.label):
        pointing = apps.get_model(by[0])
        mine = pointing._base_manager.filter(pk__in=rows.get(pointing, ()))
        rows.setdefault(model, set()).update(mine.values_list(by[1], flat=True))


Way = tuple[set[Model], Callable[[Rows, set[Any]], Iterable[Any]]]


def _ways_to(model: Model) -> Iterator[Way]:
    """The models that a relation leads to (none: it may be any), and the rows that do."""
    manager = model._base_manager
    parents = set(model._meta.parents)
    # What a page mentions makes it nobody's; where it stands does.
    if Page in parents or model is Page:
        if model is not Page:
            yield {Page}, lambda rows, ids: manager.filter(pk__in=ids).values_list("pk", flat=True)
        return
    for field in model._meta.get_fields():
        forward = isinstance(field, models.ForeignKey | models.ManyToManyField)
        if forward and isinstance(field.related_model, type):
            yield {field.related_model}, _by(manager, field.name)
        elif isinstance(field, GenericForeignKey):
            yield set(), _by_content_type(manager, field)
        elif field.name == KEY and isinstance(field, models.UUIDField):
            yield (
                {Page},
                lambda rows, ids: manager.filter(
                    translation_key__in=Page.objects.filter(pk__in=ids).values(KEY)
                ).values_list("pk", flat=True),
            )
    if hasattr(model, "object_id") and not hasattr(model, "content_object"):
        yield from _log_entries(model)


def _by(manager: Any, name: str) -> Callable[[Rows, set[Any]], Iterable[Any]]:
    def rows_to(rows: Rows, ids: set[Any]) -> Iterable[Any]:
        found: Iterable[Any] = manager.filter(**{f"{name}__in": ids}).values_list("pk", flat=True)
        return found

    return rows_to


def _by_content_type(manager: Any, field: Any) -> Callable[[Rows, set[Any]], Iterable[Any]]:
    return _by_type_and_id(manager, field.ct_field, field.fk_field)


def _log_entries(model: Model) -> Iterator[Way]:
    """Rows with a type and an id, but without a relation made of them."""
    names = {field.name for field in model._meta.get_fields()}
    if {"content_type", "object_id"} <= names:
        yield set(), _by_type_and_id(model._base_manager, "content_type", "object_id")


def _by_type_and_id(
    manager: Any, type_name: str, id_name: str
) -> Callable[[Rows, set[Any]], Iterable[Any]]:
    def rows_to(rows: Rows, _ids: set[Any]) -> Iterable[Any]:
        kinds = {kind.pk: kind.model_class() for kind in ContentType.objects.all()}
        for pk, kind, target in manager.values_list("pk", type_name, id_name):
            target_model = kinds.get(kind)
            if str(target) in {str(known) for known in rows.get(target_model, ())}:
                yield pk

    return rows_to


def _own(model: Model) -> list[Any]:
    """One-to-one relations to something that is not its parent."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.OneToOneField)
        and not field.remote_field.parent_link
        and field.related_model not in (Page,)
    ]


def contents(rows: Rows) -> dict[str, dict[Any, tuple[Any, ...]]]:
    """What stands in these rows: model -> id -> values."""
    return {
        model._meta.label: {
            row[0]: row[1:]
            for row in model._base_manager.filter(pk__in=ids).values_list(
                "pk", *(field.attname for field in model._meta.local_fields)
            )
        }
        for model, ids in rows.items()
    }


def label(model: Model) -> str:
    return str(model._meta.label)
