"""The roots of sections and the lists of them."""

from .section_list_page import SectionListPage
from .section_page import SectionPage

__all__ = ["SectionListPage", "SectionPage"]
