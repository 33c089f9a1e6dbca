"""The blocks of bodies and of the small lists in pages, by area."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT_FEATURES = ["bold", "italic", "h3", "h4", "ol", "ul", "link", "document-link", "hr"]

_areas: dict[str, dict[str, blocks.Block]] = {}


def register_block(area: str, name: str, block: blocks.Block) -> None:
    """Make `block` available in every PluginStreamField of `area` under `name`."""
    _areas.setdefault(area, {})[name] = block


def blocks_of(area: str) -> list[tuple[str, blocks.Block]]:
    """The blocks registered for `area`, in order of registration."""
    return list(_areas.get(area, {}).items())


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("Words"))
    attribution = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        help_text=_("A role is enough. Name nobody who could be harmed by it."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"


class MilestoneBlock(blocks.StructBlock):
    """A dated step of a campaign."""

    date = blocks.DateBlock(label=_("Date"))
    text = blocks.CharBlock(label=_("What happens"))

    class Meta:
        icon = "date"
        label = _("Step")


class NamedLinkBlock(blocks.StructBlock):
    """A name with a link, if there is one."""

    name = blocks.CharBlock(label=_("Name"))
    url = blocks.URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "group"
        label = _("Partner")


class EvidenceBlock(blocks.StructBlock):
    """Where a reader can check what a story says."""

    title = blocks.CharBlock(label=_("What it is"))
    url = blocks.URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "link"
        label = _("Evidence")


class ThirdPartyBlock(blocks.StructBlock):
    """Somebody outside the coalition who had a part in it."""

    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=_("Part in it"), required=False)
    url = blocks.URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "group"
        label = _("Third party")


def _rich_text(**kwargs: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=RICH_TEXT_FEATURES, **kwargs)


register_block(
    "body",
    "heading",
    blocks.CharBlock(icon="title", label=_("Heading"), template="core/blocks/heading.html"),
)
register_block("body", "paragraph", _rich_text(icon="pilcrow", label=_("Text")))
register_block("body", "quote", QuoteBlock())
register_block("timeline", "milestone", MilestoneBlock())
register_block("partners", "partner", NamedLinkBlock())
register_block("evidence", "evidence", EvidenceBlock())
register_block("third-parties", "third_party", ThirdPartyBlock())
