"""The languages that a section writes in, when a page of its own came there by translation."""

from django.db import transaction
from wagtail.log_actions import log

from coalition.sections.models import Section
from countries.domain import history


@transaction.atomic
def take_up_language(*, section: Section, language: str) -> bool:
    """Note that the section writes in `language`, after those it has. Returns whether that is new.

    Its lists are not made here, for they would be public at once: `doctor` names what is lacking
    and `repair_sections` makes it.
    """
    row = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    section.languages = row.languages
    if language in row.languages:
        return False
    section.languages = row.languages = [*row.languages, language]
    row.save(update_fields=["languages"])
    log(instance=row, action=history.LANGUAGES_ADDED, data={"languages": [language]})
    return True
