from coalition.plugins.base import NavItem
from coalition.plugins.routes import address


def items(place):
    return [NavItem("Demo menu", address("demo", "list", section=place.section))]
