"""Pages of the network as a whole, and lists."""

from .home_page import HomePage
from .list_page import ListPage
from .standard_page import StandardPage

__all__ = ["HomePage", "ListPage", "StandardPage"]
