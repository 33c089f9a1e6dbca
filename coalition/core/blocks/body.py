"""The blocks that bodies are made of, in the order and the groups in which editors choose them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .links import DocumentBlock, DocumentsBlock, RelatedPagesBlock, VideoBlock
from .pictures import GalleryBlock, PictureBlock
from .statistics import StatisticBlock, StatisticsBlock
from .table import TableBlock
from .text import AccordionBlock, CalloutBlock, ProseBlock, QuestionBlock, QuoteBlock

TEXT = _("Text")
PICTURES = _("Pictures")
FACTS = _("Facts")
LINKS = _("Links and files")

# Two blocks, not one with a level: the value of a heading is its text.
HEADING = blocks.CharBlock(
    icon="h2",
    label=_("Heading"),
    group=TEXT,
    max_length=200,
    template="core/blocks/heading.html",
    description=_("Begins a new part of the page. Readers who listen jump from one to the next."),
    preview_value=_("What the new law changes"),
)
SUBHEADING = blocks.CharBlock(
    icon="h3",
    label=_("Subheading"),
    group=TEXT,
    max_length=200,
    template="core/blocks/subheading.html",
    description=_("Divides what stands below a heading."),
    preview_value=_("For people who rent their land"),
)
PARAGRAPH = ProseBlock(
    icon="pilcrow",
    label=_("Text"),
    group=TEXT,
    description=_("Paragraphs, lists and links."),
    preview_value=_(
        "<p>From January on nobody may be moved from their land without a <b>public hearing</b> "
        "in their own language.</p><ul><li>The hearing is announced 30 days before.</li>"
        "<li>Everybody may speak.</li></ul>"
    ),
)

BLOCKS = tuple(
    ("body", name, block)
    for name, block in (
        ("heading", HEADING),
        ("subheading", SUBHEADING),
        ("paragraph", PARAGRAPH),
        ("quote", QuoteBlock(group=TEXT)),
        ("callout", CalloutBlock(group=TEXT)),
        ("accordion", AccordionBlock(QuestionBlock(), group=TEXT)),
        ("picture", PictureBlock(group=PICTURES)),
        ("gallery", GalleryBlock(PictureBlock(), group=PICTURES)),
        ("statistics", StatisticsBlock(StatisticBlock(), group=FACTS)),
        ("table", TableBlock(group=FACTS)),
        ("documents", DocumentsBlock(DocumentBlock(), group=LINKS)),
        ("related_pages", RelatedPagesBlock(blocks.PageChooserBlock(label=_("Page")), group=LINKS)),
        ("video", VideoBlock(group=LINKS)),
    )
)
