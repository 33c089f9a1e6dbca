"""Which page type a line's `type` names."""

from functools import cache

from wagtail.models import Page, get_page_models

from coalition.core.models import CoalitionPage
from coalition.sections.models import Section


@cache
def page_types() -> dict[str, type[CoalitionPage]]:
    """Every page type by its name in the format, those of plugins included."""
    return {
        model.interchange_type: model
        for model in get_page_models()
        if issubclass(model, CoalitionPage) and model.interchange_type
    }


def root_of(section: Section | None, language: str) -> Page | None:
    """The root of a section in `language`; the home of that language where there is no section."""
    if section is None:
        return Page.objects.filter(depth=2, locale__language_code=language).first()
    for model in page_types().values():
        if model.is_section_root:
            found = model.objects.filter(section=section, locale__language_code=language)
            if page := found.first():
                return page
    return None
