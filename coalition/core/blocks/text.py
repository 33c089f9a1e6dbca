"""Blocks of text: rich text, quotes, call-outs, questions with their answers."""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT_FEATURES = ["bold", "italic", "h3", "h4", "ol", "ul", "link", "document-link", "hr"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINK_SCHEMES = {"", "http", "https", "mailto", "tel"}
# Browsers skip these inside a scheme.
_SKIPPED = re.compile(r"[\x00-\x20]")


def check_links(html: str) -> None:
    """Raise ValidationError for a link that does something else than lead somewhere."""
    for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        address = _SKIPPED.sub("", str(link["href"]))
        if _scheme(address) not in LINK_SCHEMES:
            raise ValidationError(
                _(
                    "The link “%(address)s” leads nowhere on the web. Use an address that begins "
                    "with https://, http://, mailto: or tel:."
                ),
                params={"address": address[:60]},
            )


def _scheme(address: str) -> str | None:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


class ProseBlock(blocks.RichTextBlock):
    """Rich text whose links lead to pages, documents, the web, a mailbox or a telephone."""

    def __init__(self, *, features: list[str] = RICH_TEXT_FEATURES, **kwargs: object) -> None:
        super().__init__(features=features, validators=[check_links], **kwargs)


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("Words"), rows=3)
    attribution = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        default="",
        help_text=_("A role is enough. Name nobody who could be harmed by it."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"
        description = _("Somebody's words, set apart from the text.")
        preview_value = {
            "text": _("We found out from a map that the river was no longer ours."),
            "attribution": _("A fisher from the lake"),
        }


class CalloutKind(models.TextChoices):
    """What a call-out is; its name stands above it."""

    NOTE = "note", _("Note")
    WARNING = "warning", _("Warning")
    TIP = "tip", _("Tip")


class CalloutValue(blocks.StructValue):
    """A call-out as its template needs it."""

    def kind_label(self) -> str | Promise:
        """The name of its kind; a kind that is no more is a note."""
        return dict(CalloutKind.choices).get(self["kind"], CalloutKind.NOTE.label)


class CalloutBlock(blocks.StructBlock):
    """A few sentences that readers should not miss."""

    kind = blocks.ChoiceBlock(
        choices=CalloutKind.choices,
        default=CalloutKind.NOTE,
        label=_("Kind"),
        help_text=_("Its name stands above the text, so that nothing hangs on a colour."),
        search_index=False,
    )
    text = ProseBlock(features=SHORT_TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        template = "core/blocks/callout.html"
        value_class = CalloutValue
        description = _("A note, a warning or a tip that readers should not miss.")
        preview_value = {
            "kind": CalloutKind.WARNING,
            "text": _("<p>Do not bring your own phone to the meeting.</p>"),
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer, closed until it is opened."""

    question = blocks.CharBlock(label=_("Question"))
    answer = ProseBlock(features=SHORT_TEXT_FEATURES, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class AccordionBlock(blocks.ListBlock):
    """Questions with answers that open one by one."""

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        template = "core/blocks/accordion.html"
        min_num = 1
        description = _("Questions that open to show their answers.")
        help_text = _(
            "Put nothing here that everybody has to read: most answers stay closed. On paper they "
            "are all open."
        )
        preview_value = [
            {
                "question": _("Who can take part?"),
                "answer": _("<p>Everyone who lives or works in the district.</p>"),
            },
            {
                "question": _("What happens to my name?"),
                "answer": _("<p>It is handed over with the petition and then deleted here.</p>"),
            },
        ]
