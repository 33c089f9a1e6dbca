"""Where “Leave now” leads."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def quick_exit_url() -> str:
    """The other site, for scripts that go there without asking this one first."""
    address: str = settings.QUICK_EXIT_URL
    return address
