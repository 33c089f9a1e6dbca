"""Topics: tags that all languages share, with a name in each."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.models import Page

from coalition.core import visibility
from coalition.core.languages import choices as language_choices


class Topic(ClusterableModel, TagBase):
    """A subject of the network. The slug is the same everywhere, the name is not."""

    free_tagging = False

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        InlinePanel("names", label=_("Name in another language")),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new slug changes what is known of the pages about it."""
        renamed = type(self).objects.filter(pk=self.pk).exclude(slug=self.slug).exists()
        super().save(*args, **kwargs)
        if renamed:
            visibility.announce(self.pages())

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete; the pages about it lose it."""
        pages = list(self.pages())
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        visibility.announce(pages)
        return deleted

    def pages(self) -> QuerySet[Page]:
        """The pages about it, in all languages."""
        pages: QuerySet[Page] = Page.objects.filter(topic_items__tag=self)
        return pages

    def name_in(self, language: str) -> str:
        """The topic's name for readers of `language`, its own name where none was given."""
        return self._names.get(language) or str(self.name)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name.language: name.name for name in self.names.all()}


class TopicName(models.Model):
    """What a topic is called in one language."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language"], name="topic_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class PageTopic(ItemBase):
    """That a page is about a topic."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="page_topics")
    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="topic_once_per_page")
        ]
