"""Pages of the network as a whole, and lists."""

from .contact_page import ContactPage
from .home_page import HomePage
from .list_page import ListPage
from .standard_page import StandardPage

__all__ = ["ContactPage", "HomePage", "ListPage", "StandardPage"]
