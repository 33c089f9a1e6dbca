"""Rows, pages and bodies with a word in every place that holds text."""

import datetime
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

# Columns that hold no words of anybody, whatever model they are in. One line each for a new one.
NO_WORDS = {
    *("path", "url_path", "slug", "key", "code", "hash", "digest", "file_hash", "imported_hash"),
    *("language", "languages", "language_code", "default_language", "source_language"),
    *("object_id", "parent_object_id", "to_object_id", "contentpath", "content_path", "model_path"),
    *(
        "action",
        "plugin",
        "filter_spec",
        "focal_point_key",
        "schema_version",
        "field_path",
        "lists",
    ),
    *("preferred_language", "current_time_zone", "dismissibles", "translation_type", "tool_name"),
    *("attrs", "field_error", "segments", "kind", "type", "position", "queue_name"),
}
# The same, for one model: a public text, or something else under a name that elsewhere is a text.
NO_WORDS_IN = {
    "accounts.User.password": "a hash",
    "search.SearchEntry.": "only what the public finds",
    "sections.SectionName.name": "the public's name of the section",
    "wagtailsearch.IndexEntry.autocomplete": "the same words, cut up",
    "core.PageKey.": "the name under which the public knows a page",
    "account.EmailConfirmation.": "mail is never confirmed here",
}


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """The model's own columns for words."""
    label = model._meta.label
    return [
        field
        for field in model._meta.local_fields
        if (isinstance(field, models.CharField | models.TextField | models.JSONField | StreamField))
        and not field.choices
        and not isinstance(field, models.SlugField)
        and field.name not in NO_WORDS
        and f"{label}." not in NO_WORDS_IN
        and f"{label}.{field.name}" not in NO_WORDS_IN
    ]


class Filler:
    """Fills with words that begin with `word`; `find` gives the row to point at, by its model."""

    def __init__(self, word: str, find: Callable[[type[models.Model]], Any]) -> None:
        self.word, self.find = word, find

    def words(self, model: type[models.Model], name: str) -> str:
        """The word for one column: where it turns up, one sees where it came from."""
        return f"{self.word}-{model.__name__}-{name}".lower().replace("_", "-")

    def text(self, model: type[models.Model], field: models.Field) -> Any:
        """The value of a column for words."""
        words = self.words(model, field.name)
        if isinstance(field, StreamField):
            return field.stream_block.to_python(self.block(field.stream_block, words))
        if isinstance(field, models.JSONField):
            return {"words": words}
        if isinstance(field, models.EmailField):
            return f"{words}@example.org"
        if isinstance(field, models.URLField):
            return f"https://example.org/{words}"
        return f"<p>{words}</p>" if "RichText" in type(field).__name__ else words

    def texts(self, model: type[models.Model]) -> dict[str, Any]:
        return {field.name: self.text(model, field) for field in text_columns(model)}

    def row(self, model: type[models.Model], **fixed: Any) -> Any:
        """A saved row of `model`, with words in it and what else it cannot do without."""
        values = self.texts(model)
        for field in model._meta.local_fields:
            needed = not (field.has_default() or field.null or field.primary_key or field.blank)
            if field.name not in values and (needed or isinstance(field, models.ForeignKey)):
                values[field.name] = self.needed(field)
        made = model(**{**values, **fixed})
        made.save()
        return made

    def needed(self, field: Any) -> Any:
        """A value for a column that is no text."""
        if isinstance(field, models.ForeignKey):
            return self.find(field.related_model)
        if field.choices:
            return field.flatchoices[0][0]
        if isinstance(field, models.DateTimeField):
            return timezone.now()
        if isinstance(field, models.DateField):
            return timezone.localdate()
        if isinstance(field, models.UUIDField):
            return uuid4()
        return 1 if isinstance(field, models.IntegerField) else "1"

    def page(self, model: type[Page], parent: Page, slug: str, **fixed: Any) -> Any:
        """An unsaved page with words in all it has, and what stands in it."""
        values: dict[str, Any] = {**self.texts(Page), **self.texts(model), "slug": slug}
        values["draft_title"] = values["title"] = self.words(model, "title")
        page = model(locale=parent.locale, live=False, **{**values, **fixed})
        for field in model._meta.related_objects:
            child = field.related_model
            inline = isinstance(field.field, ParentalKey) and child._meta.app_label != "wagtailcore"
            if inline and text_columns(child):
                setattr(page, field.get_accessor_name(), [self.child(child)])
        return page

    def child(self, model: type[models.Model]) -> Any:
        """An unsaved row that is saved with its page."""
        values = self.texts(model)
        today = timezone.localdate()
        for field in model._meta.local_fields:
            if isinstance(field, models.DateField):
                # In order: from when, until when.
                today += datetime.timedelta(days=400)
                values[field.name] = today
        return model(**values)

    def block(self, block: blocks.Block, words: str) -> Any:
        """A stored value of a block, with `words` in all its text."""
        if isinstance(block, blocks.StreamBlock):
            return [self._item(child, name, words) for name, child in block.child_blocks.items()]
        if isinstance(block, blocks.StructBlock):
            return {name: self.block(child, words) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self._item(block.child_block, "item", words)]
        if isinstance(block, TypedTableBlock):
            kind, child = next(iter(block.child_blocks.items()))
            columns = [{"type": kind, "heading": words}]
            rows = [{"values": [self.block(child, words)]}]
            return {"columns": columns, "rows": rows, "caption": words}
        return self._leaf(block, words)

    def _item(self, block: blocks.Block, name: str, words: str) -> dict[str, Any]:
        words = f"{words}-{re.sub('_', '-', name)}"
        return {"type": name, "id": str(uuid4()), "value": self.block(block, words)}

    def _leaf(self, block: blocks.Block, words: str) -> Any:
        chooser = isinstance(block, blocks.ChooserBlock)
        if chooser or isinstance(block, ImageChooserBlock | DocumentChooserBlock):
            return self.find(block.model_class).pk
        if isinstance(block, blocks.RichTextBlock):
            return f"<p>{words}</p>"
        if isinstance(block, blocks.URLBlock):
            return f"https://example.org/{words}"
        if isinstance(block, blocks.BooleanBlock):
            return True
        if isinstance(block, blocks.DateBlock | blocks.DateTimeBlock):
            return timezone.localdate().isoformat()
        if isinstance(block, blocks.IntegerBlock | blocks.FloatBlock | blocks.DecimalBlock):
            return 1
        return "" if isinstance(block, blocks.ChoiceBlock) else words
