"""What every page type of the network has to say of itself, checked whenever Django starts.

A type that leaves something out works at first, and then is missing in search, in the interchange
format or in translations; a plugin's author is told here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import models
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from coalition.core.fields import PluginStreamField
from coalition.core.interchange.values import is_nameless
from coalition.core.models import CoalitionPage
from coalition.core.models.page_form import CoalitionCopyForm, CoalitionPageForm

PageType = type[CoalitionPage]

TYPE_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
# The same in every language: one path serves all of them, and one search finds them by topic.
SHARED = ("slug", "topics")


@register
def check_page_types(**kwargs: Any) -> list[CheckMessage]:
    """Every rule for every concrete page type of the network."""
    from coalition.core.receivers import coalition_models

    models_checked = coalition_models()
    return [
        *_unique_names(models_checked),
        *(problem for model in models_checked for problem in check_page_type(model)),
    ]


def check_page_type(model: PageType) -> Iterator[CheckMessage]:
    """Every rule for one page type."""
    for rule in (_interchange, _search, _templates, _translation, _slug, _streams, _choices):
        yield from rule(model)


def own_fields(model: PageType) -> dict[str, Any]:
    """What editors write on this type beyond Wagtail's page: fields and rows, by name."""
    of_wagtail = {field.name for field in Page._meta.get_fields()}
    fields = {
        field.name: field
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.editable
        and field.name not in of_wagtail
        and not isinstance(field, TaggableManager)
        and not (field.remote_field and getattr(field.remote_field, "parent_link", False))
    }
    rows = {
        relation.name: relation
        for relation in get_all_child_relations(model)
        if relation.name not in of_wagtail and isinstance(relation.remote_field, ParentalKey)
    }
    return {**fields, **rows}


def _error(model: PageType, number: int, problem: str, hint: str) -> CheckMessage:
    return Error(
        f"{model._meta.label}: {problem}", hint=hint, obj=model, id=f"coalition.E{number:03}"
    )


def _unique_names(models_checked: Iterable[PageType]) -> Iterator[CheckMessage]:
    by_name: dict[str, list[PageType]] = defaultdict(list)
    for model in models_checked:
        by_name[model.interchange_type].append(model)
    for name, same in by_name.items():
        for model in same[1:] if name else ():
            yield _error(
                model,
                2,
                f"interchange_type “{name}” is that of {same[0]._meta.label}.",
                "Give it a name of its own; files and search tell types apart by it.",
            )


def _interchange(model: PageType) -> Iterator[CheckMessage]:
    if not TYPE_NAME.fullmatch(model.interchange_type):
        yield _error(
            model,
            1,
            f"interchange_type is “{model.interchange_type}”.",
            "Set the type's name in the interchange format: up to 30 of a–z, 0–9 and hyphens.",
        )
    own = own_fields(model)
    # The format writes the words for a picture with the picture.
    words = {f"{name}_alt" for name in model.interchange_fields}
    carried = {"body", *model.interchange_fields, *words}
    if missing := sorted(set(own) - carried):
        yield _error(
            model,
            3,
            f"interchange_fields leaves out {', '.join(missing)}.",
            "Name every field of the type there, or what editors write is lost in an export.",
        )
    known = {field.name for field in model._meta.get_fields()}
    if unknown := sorted(set(model.interchange_fields) - known):
        yield _error(
            model,
            4,
            f"interchange_fields names {', '.join(unknown)}, which it does not have.",
            "Use the names of the model's fields.",
        )


def _search(model: PageType) -> Iterator[CheckMessage]:
    found = {
        field.field_name for field in model.search_fields if isinstance(field, index.BaseField)
    }
    base = {field.field_name for field in CoalitionPage.search_fields}
    if missing := sorted(base - found):
        yield _error(
            model,
            5,
            f"search_fields has lost {', '.join(missing)}.",
            "Begin it with *CoalitionPage.search_fields.",
        )
    if not model.searchable:
        return
    texts = {name for name, field in own_fields(model).items() if is_prose(field)}
    if unfound := sorted(texts - found - base):
        lines = ", ".join(f'index.SearchField("{name}")' for name in unfound)
        yield _error(
            model,
            6,
            f"search_fields leaves out {', '.join(unfound)}.",
            f"Add {lines} to search_fields of {model.__qualname__} in {model.__module__}, after "
            "*CoalitionPage.search_fields; where readers shall find no page of this type, set "
            "searchable = False there.",
        )


def is_prose(field: Any) -> bool:
    """Whether readers read it: long text or blocks, but no choice among given values."""
    return isinstance(field, models.TextField | StreamField) and not field.choices


def _templates(model: PageType) -> Iterator[CheckMessage]:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        yield _error(
            model,
            7,
            f"there is no template {model.template}.",
            "Make it below the app's templates/, extending base.html.",
        )


def _translation(model: PageType) -> Iterator[CheckMessage]:
    declared = {field.field_name for field in model.override_translatable_fields}
    if undeclared := sorted(set(own_fields(model)) - declared):
        yield _error(
            model,
            8,
            f"override_translatable_fields leaves out {', '.join(undeclared)}.",
            "Declare each as TranslatableField (translators write it) or SynchronizedField "
            "(it is the same in every language), after those of CoalitionPage.",
        )


def _slug(model: PageType) -> Iterator[CheckMessage]:
    shared = {
        field.field_name
        for field in model.override_translatable_fields
        if isinstance(field, SynchronizedField)
    }
    if missing := [name for name in SHARED if name not in shared]:
        yield _error(
            model,
            9,
            f"{', '.join(missing)} would differ from language to language.",
            "Begin override_translatable_fields with *CoalitionPage.override_translatable_fields.",
        )
    if not issubclass(model.base_form_class, CoalitionPageForm) or not issubclass(
        model.copy_form_class, CoalitionCopyForm
    ):
        yield _error(
            model,
            10,
            "its editor's form does not check addresses.",
            "Derive base_form_class from CoalitionPageForm and copy_form_class from "
            "CoalitionCopyForm.",
        )


def _streams(model: PageType) -> Iterator[CheckMessage]:
    for name, field in own_fields(model).items():
        if isinstance(field, StreamField) and not isinstance(field, PluginStreamField):
            yield _error(
                model,
                11,
                f"{name} is a StreamField.",
                "Use PluginStreamField: its blocks stand in no migration, and a plugin that is "
                "switched off keeps what was written.",
            )


def _choices(model: PageType) -> Iterator[CheckMessage]:
    if nameless := sorted(name for name, field in own_fields(model).items() if is_nameless(field)):
        yield _error(
            model,
            12,
            f"the interchange format has no name for what is chosen in {', '.join(nameless)}.",
            "Let a ForeignKey lead to a page, a picture or a document, and many to many to "
            "sections; rows choose nothing. For a list of pages use a PluginStreamField with an "
            "area and a block of its own (docs/plugins/reference.md).",
        )
