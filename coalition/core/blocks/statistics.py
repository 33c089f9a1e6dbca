"""Figures with their sources."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .links import LinkedValue, WebAddressBlock


class StatisticBlock(blocks.StructBlock):
    """A figure, what it counts and who says so."""

    number = blocks.CharBlock(
        label=_("Figure"), max_length=40, help_text=_("Short: “3 in 4”, “12,000”.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=200)
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False, default="")
    url = WebAddressBlock(label=_("Link to the source"), required=False, default="")

    class Meta:
        icon = "decimal"
        label = _("Figure")
        value_class = LinkedValue


class StatisticsBlock(blocks.ListBlock):
    """Figures that stand out."""

    class Meta:
        icon = "decimal"
        label = _("Figures")
        template = "core/blocks/statistics.html"
        min_num = 1
        max_num = 12
        description = _("A few figures that stand out, each with its source.")
        help_text = _("Give the source of each: figures are what is doubted first.")
        preview_value = [
            {
                "number": "3 / 4",
                "label": _("families who lost land and were not heard"),
                "source": _("Survey of 1,200 households"),
            },
            {"number": "12 000", "label": _("people who signed"), "source": "", "url": ""},
        ]
