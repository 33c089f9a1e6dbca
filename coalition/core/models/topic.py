"""Topics: tags that all languages share, with a name in each."""

from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel

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

    def name_in(self, language: str) -> str:
        """The topic's name for readers of `language`, its own name where none was given."""
        return self._names.get(language, self.name)

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
