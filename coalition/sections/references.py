"""What a page refers to, and whether the person who wrote that may know it.

Choosers offer what people may know; a request made by hand could name the id of anything, whose
title the editor would then show.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, cast

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page

from coalition.sections.isolation import Person, may_know, out_of_reach, sees_everything
from coalition.sections.models import Section

# Wagtail's own context of a request ends before its answer is rendered.
_at_work: ContextVar[Person | None] = ContextVar("at_work", default=None)
CHOSEN = (Page, AbstractImage, AbstractDocument)


class Reference(NamedTuple):
    """That a field names a page, a picture or a document."""

    field: str
    model: type[Model]
    pk: str


def references_of(instance: Model) -> set[Reference]:
    """Everything the fields of `instance` name, in blocks and in links too. No query."""
    return {
        reference
        for reference in _references_of(instance)
        if reference.pk and issubclass(reference.model, CHOSEN)
    }


def _references_of(instance: Model) -> Iterator[Reference]:
    for field in cast(Iterable[Any], instance._meta.get_fields()):
        if hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            for model, pk, *_paths in field.extract_references(value) if value else ():
                yield Reference(field.name, model, str(pk))
        elif isinstance(field, ForeignKey) and isinstance(field.related_model, type):
            chosen = field.value_from_object(instance)
            yield Reference(field.name, field.related_model, str(chosen))


def fields_with_unknown(user: Person, references: Iterable[Reference]) -> list[str]:
    """The names of fields that name what `user` must not learn of; a query or two for each."""
    if sees_everything(user):
        return []
    unknown = {ref.field for ref in references if ref.pk.isdecimal() and not _known(user, ref)}
    return sorted(unknown)


def _known(user: Person, reference: Reference) -> bool:
    if issubclass(reference.model, Page):
        return not out_of_reach(user, [int(reference.pk)], to_link_to=True)
    item = reference.model._default_manager.filter(pk=reference.pk).first()
    return item is None or may_know(user, item)


@contextmanager
def at_work(user: Person) -> Iterator[None]:
    """While a request of the admin is answered: whom what is shown is shown to."""
    token = _at_work.set(user)
    try:
        yield
    finally:
        _at_work.reset(token)


def one_at_work() -> Person | None:
    """Whoever is signed in to the admin and gets its answer now."""
    return _at_work.get()


def hidden_from_the_one_at_work(item: Any) -> bool:
    """Whether whoever is signed in to the admin must not be shown the name of `item`.

    Outside the admin nobody is. Pictures and documents of the network as a whole stay visible:
    its pages are translated by people of the sections.
    """
    user = one_at_work()
    if user is None or sees_everything(user):
        return False
    if isinstance(item, Page):
        return out_of_reach(user, [item.pk], to_link_to=True)
    if not isinstance(item, AbstractImage | AbstractDocument) or item.collection is None:
        return False
    ancestors = item.collection.get_ancestors(inclusive=True)
    return Section.objects.filter(collection__in=ancestors).exists() and not may_know(user, item)


def mask_names() -> None:
    """Called once, when the hooks are read: choosers and links keep what they name to themselves.

    The ids stay, so that saving a page loses nothing that somebody else has put there.
    """
    _mask(AdminPageChooser, parent_id=None)
    _mask(AdminImageChooser, preview={"url": "", "width": 0, "height": 0}, default_alt_text="")
    _mask(AdminDocumentChooser)
    _mask_link(PageLinkElementHandler, lambda pk: Page.objects.filter(pk=pk).first())
    _mask_link(
        DocumentLinkElementHandler,
        lambda pk: get_document_model()._default_manager.filter(pk=pk).first(),
    )


def _mask(chooser: Any, **more: Any) -> None:
    original = chooser.get_value_data_from_instance

    @wraps(original)
    def get_value_data_from_instance(self: Any, instance: Any) -> Any:
        if not hidden_from_the_one_at_work(instance):
            return original(self, instance)
        words = _("Not open to you")
        return {"id": instance.pk, "edit_url": "", self.display_title_key: words, **more}

    chooser.get_value_data_from_instance = get_value_data_from_instance


def _mask_link(handler: Any, find: Any) -> None:
    original = handler.get_attribute_data

    @wraps(original)
    def get_attribute_data(self: Any, attrs: Any) -> Any:
        pk = str(attrs.get("id", ""))
        if pk.isdecimal() and hidden_from_the_one_at_work(find(pk)):
            return {"id": int(pk), "url": None, "parentId": None}
        return original(self, attrs)

    handler.get_attribute_data = get_attribute_data
