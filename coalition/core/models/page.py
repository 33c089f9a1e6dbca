"""What every page of the network has: a section, a summary, a picture, a body and topics."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel, TitleFieldPanel
from wagtail.models import Page, Revision, TaskState
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from coalition.core import structured, visibility
from coalition.core.addresses import absolute
from coalition.core.chrome import Chrome, topic_links
from coalition.core.fields import PluginStreamField
from coalition.plugins import gate
from coalition.plugins.pages import can_be_made_at, plugin_children_of
from coalition.sections.models import section_of

from . import slugs
from .key import PageKey
from .page_form import CoalitionCopyForm, CoalitionPageForm
from .permissions import CoalitionPermissionTester
from .topic import PageTopic

# What is written when a draft is saved or a page is locked: nothing that the public sees.
UNSEEN = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "wagtail_admin_comments",
}
NO_ALT = _(
    "Say in one sentence what the picture tells: readers who do not see it have nothing else. Or "
    "take the picture away."
)


class CoalitionPage(Page):
    """Base of all page types.

    `interchange_type` is the type's name in the interchange format and in search;
    `interchange_fields` are the names of its fields there, to which a type adds its own. What
    `is_frame` is no news, and as near to one page as to any other: a home, an address. What
    `is_provisioned` is made by the site itself too, and an import takes it over by its place. The
    section is that of the nearest section root above; it is stored, and kept right when the page
    moves.
    """

    interchange_type: ClassVar[str] = ""
    interchange_fields: ClassVar[tuple[str, ...]] = (
        "summary",
        "picture",
        "seo_title",
        "search_description",
    )
    searchable: ClassVar[bool] = True
    is_frame: ClassVar[bool] = False
    is_provisioned: ClassVar[bool] = False
    is_section_root: ClassVar[bool] = False
    slug: str

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
    picture = models.ForeignKey(
        "core.CoalitionImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_(
            "What the picture tells, for readers who do not see it, in one sentence. Name nobody "
            "who could be harmed by it."
        ),
    )
    body = PluginStreamField("body", blank=True, verbose_name=_("body"))
    topics = ClusterTaggableManager(through=PageTopic, blank=True, verbose_name=_("topics"))

    content_panels: ClassVar[list[Panel]] = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
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
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("picture"),
        TranslatableField("picture_alt"),
    ]
    base_form_class = CoalitionPageForm
    copy_form_class = CoalitionCopyForm
    context_object_name = "page"

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail, with a slug made from a title in any script."""
        self._fill_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """What is asked of a draft: a title, and a slug that is free in every language."""
        self._fill_slug()
        super().minimal_clean()
        slugs.check_slug(self)

    def clean(self) -> None:
        """A slug is free in every language; a picture is told in words."""
        super().clean()
        slugs.check_slug(self)
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": NO_ALT})

    def lacking(self) -> dict[str, str]:
        """What has to be filled in before it is public: field -> what to do. A draft may lack it.

        Asked by the editor's form and by imports, not when a page that is public is saved: what
        it depends on may have gone since.
        """
        return {}

    def _fill_slug(self) -> None:
        if not self.slug and self.path:
            self.slug = slugs.free_slug(self)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and announce in the same transaction what this changes for the public."""
        saved = type(self)._base_manager.filter(pk=self.pk) if self.pk else None
        before = saved.values("live", "slug", "url_path").first() if saved is not None else None
        if before is None:
            self._settle()
        super().save(*args, **kwargs)
        if before is None:
            PageKey.of(self)
        elif before["url_path"] != self.url_path:
            visibility.announce_tree(self)
            if before["slug"] != self.slug:
                slugs.rename_translations(self, before["slug"])
            return
        written = kwargs.get("update_fields")
        if written is not None and UNSEEN.issuperset(written):
            return
        if self.live or (before and before["live"]):
            visibility.announce([self])

    def _settle(self) -> None:
        """Take on the section and the language of the place where the page is made."""
        parent = self.get_parent()
        if parent is None or parent.depth == 1:
            return
        self.locale_id = parent.locale_id
        if not self.is_section_root:
            self.section = section_of(parent)

    @classmethod
    def fits_below(cls, parent: Page) -> bool:
        """Whether it may stand there by what its type says, whatever is switched on."""
        return bool(super().can_create_at(parent))

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """As Wagtail, but no page of a plugin that is off there."""
        return cls.fits_below(parent) and can_be_made_at(cls, parent)

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """As Wagtail, and the page types of plugins that name this one as their parent."""
        models = super().clean_subpage_models()
        return [*models, *(kind for kind in plugin_children_of(cls) if kind not in models)]

    def get_workflow(self) -> Any:
        """The workflow of translations for the translation of a public text, else as Wagtail."""
        from coalition.approval.queries import translations_workflow

        return translations_workflow(self) or super().get_workflow()

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """As Wagtail; but what is public or was submitted stays as it was read, and the editor's
        automatic saving goes on in another revision."""
        if overwrite_revision is not None and (
            overwrite_revision.pk == self.live_revision_id
            or TaskState.objects.filter(revision=overwrite_revision).exists()
        ):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def permissions_for_user(self, user: Any) -> CoalitionPermissionTester:
        """What `user` may do with the page."""
        return CoalitionPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, its topics and the frame around it; what follows is shown in its section."""
        gate.stand_in(self.section)
        return {
            **super().get_context(request, *args, **kwargs),
            "chrome": Chrome(request, self),
            "topics": topic_links(self.topics.all(), get_language() or settings.LANGUAGE_CODE),
        }

    def structured_data(self, network: str) -> dict[str, Any]:
        """What machines are told of the page, by the terms of schema.org; an article unless said.

        `network` is the name of the network in the reader's language.
        """
        told = {
            "@type": "Article",
            "headline": self.title,
            "url": absolute(self.url_path),
            "publisher": structured.organization(network, f"/{self.locale.language_code}/"),
        }
        if self.summary:
            told["description"] = self.summary
        if self.first_published_at:
            told["datePublished"] = self.first_published_at.date().isoformat()
        if self.last_published_at:
            told["dateModified"] = self.last_published_at.date().isoformat()
        return told

    @classmethod
    def default_parent(cls, *, section: Any, language: str) -> Page | None:
        """Where an imported page of this type goes when its line names no parent.

        The root of the section in that language, or the network's home; None where neither is.
        """
        from coalition.core.interchange.types import root_of

        return root_of(section, language)

    def with_content_json(self, content: dict[str, Any]) -> "CoalitionPage":
        """A revision of this page; section and address are those of now, not of then."""
        page: CoalitionPage = super().with_content_json(content)
        page.section_id = self.section_id
        if slugs.is_fixed(self):
            page.slug = self.slug
        return page
