from django.http import HttpResponse

from coalition.plugins.base import NavItem
from coalition.plugins.routes import address


def footer(place):
    return "companion footer"


def items(place):
    return [NavItem("Companion menu", address("companion", "list", section=place.section))]


def listing(request):
    return HttpResponse("companion list")
