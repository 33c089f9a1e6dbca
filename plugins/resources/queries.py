"""Which repository is meant in a place."""

from django.db.models import F, Q

from coalition.plugins import gate
from coalition.sections.models import Section
from search.models import SearchEntry


def repository_of(section: Section | None, language: str) -> SearchEntry | None:
    """The public repository of the section in `language`, else that of the network.

    One query.
    """
    here = Q(section=section.pk) if section else Q(pk=None)
    if gate.is_on("resources", None):
        here |= Q(section=None)
    found = SearchEntry.objects.filter(here, type="repository", language=language)
    return found.order_by(F("section").desc(nulls_last=True)).defer("body").first()
