"""What every page of the network has: a section, a summary, a body and topics."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from coalition.core import visibility
from coalition.core.chrome import Chrome
from coalition.core.fields import PluginStreamField

from .key import PageKey
from .topic import PageTopic


class CoalitionPage(Page):
    """Base of all page types.

    `interchange_type` is the type's name in the interchange format and in search;
    `interchange_fields` are the names of its own fields there. The section is that of the
    nearest section root above; it is stored, and kept right when the page moves.
    """

    interchange_type: ClassVar[str] = ""
    interchange_fields: ClassVar[tuple[str, ...]] = ("summary",)
    searchable: ClassVar[bool] = True
    is_section_root: ClassVar[bool] = False

    section = models.ForeignKey(
        "sections.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("section"),
    )
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. They stand in lists, in search and on shared links."),
    )
    body = PluginStreamField("body", blank=True, verbose_name=_("body"))
    topics = ClusterTaggableManager(through=PageTopic, blank=True, verbose_name=_("topics"))

    content_panels: ClassVar[list[Panel]] = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Panel]] = [*Page.promote_panels, FieldPanel("topics")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("summary", boost=3),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("slug"),
        SynchronizedField("topics"),
    ]
    context_object_name = "page"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and announce in the same transaction what this changes for the public."""
        before = (
            type(self)._base_manager.filter(pk=self.pk).values_list("live", "url_path").first()
            if self.pk
            else None
        )
        with transaction.atomic():
            if before is None and not self.is_section_root:
                self.section = inherited_section(self)
            super().save(*args, **kwargs)
            if before is None:
                PageKey.of(self)
            elif before[1] != self.url_path:
                visibility.announce_tree(self)
                return
            if self.live or (before and before[0]):
                visibility.announce([self])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page and the frame around it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "chrome": Chrome(request, self)}

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """Where an imported page of this type goes when its line names no parent.

        The root of the section in that language, or the network's home; None where neither is.
        """
        from coalition.core.interchange.types import root_of

        return root_of(section, language)

    def with_content_json(self, content: dict[str, Any]) -> "CoalitionPage":
        """A revision of this page; the section is where the page stands now, not then."""
        page: CoalitionPage = super().with_content_json(content)
        page.section = self.section
        return page


def inherited_section(page: Page) -> Any:
    """The section of the page's parent, None below the network's own pages."""
    parent = page.get_parent()
    return getattr(parent.specific, "section", None) if parent else None
