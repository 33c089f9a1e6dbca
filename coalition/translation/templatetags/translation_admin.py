"""Names of languages, sections and kinds in the admin's lists of translations."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coalition.core import languages
from coalition.sections.models import Section
from coalition.translation.admin.base import language_name, section_name
from coalition.translation.queue import Kind

register = template.Library()


@register.filter
def lang_and_dir(code: str) -> SafeString:
    """The attributes of a text in that language."""
    return format_html('lang="{}" dir="{}"', languages.html_lang(code), languages.direction(code))


@register.filter
def language_name_of(code: str) -> str:
    """For who reads, and in itself."""
    return language_name(code)


@register.filter
def section_name_of(section: Section | None) -> str:
    """For who reads; the network's, without a section."""
    return section_name(section)


@register.filter
def kind_label(kind: str) -> str:
    """What a row of the queue waits for."""
    return str(Kind(kind).label)


@register.simple_tag
def translation_edit_url(page_id: int) -> str:
    """Where a translation is worked on, segment by segment."""
    try:
        return reverse("translation_edit", args=[page_id])
    except NoReverseMatch:
        return reverse("wagtailadmin_pages:edit", args=[page_id])
