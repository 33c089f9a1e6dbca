"""The rows of the small lists in pages: timelines, partners, evidence, third parties."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .links import WebAddressBlock


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
    url = WebAddressBlock(label=_("Link"), required=False, default="")

    class Meta:
        icon = "group"
        label = _("Partner")


class EvidenceBlock(blocks.StructBlock):
    """Where a reader can check what a story says."""

    title = blocks.CharBlock(label=_("What it is"))
    url = WebAddressBlock(label=_("Link"), required=False, default="")

    class Meta:
        icon = "link"
        label = _("Evidence")


class ThirdPartyBlock(blocks.StructBlock):
    """Somebody outside the coalition who had a part in it."""

    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=_("Part in it"), required=False, default="")
    url = WebAddressBlock(label=_("Link"), required=False, default="")

    class Meta:
        icon = "group"
        label = _("Third party")


BLOCKS = (
    ("timeline", "milestone", MilestoneBlock()),
    ("partners", "partner", NamedLinkBlock()),
    ("evidence", "evidence", EvidenceBlock()),
    ("third-parties", "third_party", ThirdPartyBlock()),
)
