"""The roots of sections, the lists of them, and what was taken down in an emergency."""

from .section_list_page import SectionListPage
from .section_page import SectionPage
from .takedown import Takedown, TakenDownPage

__all__ = ["SectionListPage", "SectionPage", "Takedown", "TakenDownPage"]
