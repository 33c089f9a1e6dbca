"""`{% slot "after_content" %}`: where plugins put something into a page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from coalition.plugins.base import SLOTS
from coalition.plugins.contributions import slot_of_plugins

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """What the plugins that are on in the page's section have for the slot; most often nothing."""
    if name not in SLOTS:
        raise template.TemplateSyntaxError(f"There is no slot “{name}”; there is {SLOTS}.")
    chrome: Any = context.get("chrome")
    if chrome is None:
        return SafeString("")
    pieces = ((text,) for text in slot_of_plugins(name, chrome.place))
    return format_html_join("\n", '<div class="slot">{}</div>', pieces)
