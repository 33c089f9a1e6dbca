"""Blocks that lead elsewhere: to documents, to other pages, to a video on another site."""

from typing import Any
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from coalition.core.addresses import host_of
from coalition.core.queries import public_pages

WEB = ("http", "https")


class WebAddressBlock(blocks.URLBlock):
    """An address on the web: http or https, nothing that runs or downloads by other means."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.validators = [URLValidator(schemes=WEB)]
        self.field.error_messages["invalid"] = _(
            "Enter a web address, such as https://example.org/report."
        )


class LinkedValue(blocks.StructValue):
    """A value with a `url` that may have been stored by other ways than a form."""

    @property
    def address(self) -> str:
        """The URL if it leads to the web, else nothing."""
        url = self.get("url") or ""
        try:
            parts = urlsplit(url)
            return url if parts.scheme in WEB and parts.hostname else ""
        except ValueError:
            return ""

    @property
    def host(self) -> str:
        """Which site the URL leads to: example.org."""
        return host_of(self.address)


class DocumentBlock(blocks.StructBlock):
    """A document and what readers know it by."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=200,
        help_text=_("What readers find in it, in the language of this page."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")


def _sample_documents() -> list[dict[str, Any]]:
    """Documents that are stored nowhere."""
    model = get_document_model()
    titles = (_("Report on land leases"), _("Letter to the ministry"))
    return [
        {"document": model(pk=0, file="sample.pdf", file_size=size), "title": title}
        for title, size in zip(titles, (1_300_000, 48_000), strict=True)
    ]


class DocumentsBlock(blocks.ListBlock):
    """Documents to download."""

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")
        template = "core/blocks/documents.html"
        min_num = 1
        max_num = 50
        description = _("Documents to download; kind and size are shown.")
        help_text = _("Phones on thin lines read pages better: say in the text what matters.")
        preview_value = staticmethod(_sample_documents)


class RelatedPagesBlock(blocks.ListBlock):
    """Other pages of this site, as far as the public may read them in the page's language."""

    def get_context(
        self, value: blocks.list_block.ListValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As Wagtail, with `pages`: what there is of them in the active language."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["pages"] = in_language([page for page in value if page], get_language() or "")
        return context

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Pages that are nowhere."""
        titles = (_("Who owns the shore?"), _("How a village won its hearing"))
        samples = [{"title": title, "url_path": "#"} for title in titles]
        return {**(parent_context or {}), "pages": samples}

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Related pages")
        template = "core/blocks/related_pages.html"
        preview_template = "core/blocks/preview_related_pages.html"
        preview_value: list[Page] = []
        min_num = 1
        max_num = 12
        description = _("Links to other pages of this site.")
        help_text = _(
            "Choose a page in any language: each translation of this page links to the one in its "
            "own. Pages that are not public there are left out."
        )


def in_language(pages: list[Page], language: str) -> list[Page]:
    """The public versions of `pages` in `language`, in the same order."""
    keys = [page.translation_key for page in pages]
    public = public_pages().filter(translation_key__in=keys, locale__language_code=language)
    found = {page.translation_key: page for page in public}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


class VideoBlock(blocks.StructBlock):
    """A video on another site: a link, of which nothing is loaded until it is followed."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = WebAddressBlock(label=_("Address of the video"))
    picture = ImageChooserBlock(
        label=_("Still picture"),
        required=False,
        help_text=_("One of your own; nothing is taken from the other site."),
    )

    class Meta:
        icon = "media"
        label = _("Video on another site")
        template = "core/blocks/video.html"
        value_class = LinkedValue
        description = _("A link to a video. The other site learns nothing until readers follow it.")
        help_text = _("Say in the text what the video tells: many cannot load it or hear it.")
        preview_value = {
            "title": _("Three days on the lake"),
            "url": "https://video.example.org/watch/3",
            "picture": None,
        }
