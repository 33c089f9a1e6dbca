"""The rows of the small lists that only campaigns have."""

from django.utils.translation import gettext_lazy as _

from coalition.core.blocks import register_block
from coalition.core.blocks.lists import NamedLinkBlock

register_block("funders", "funder", NamedLinkBlock(label=_("Funder")))
