"""What search knows of resources beside their texts."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from coalition.core.models import CoalitionPage
from coalition.plugins.base import SearchFacet
from plugins.resources.facts import language_label
from plugins.resources.licences import licence_label
from plugins.resources.models import ResourcePage


def _written_in(page: CoalitionPage) -> Iterable[str]:
    return [page.written_in] if isinstance(page, ResourcePage) else []


def _licence(page: CoalitionPage) -> Iterable[str]:
    return [page.licence] if isinstance(page, ResourcePage) else []


WRITTEN_IN = SearchFacet(label=_("Written in"), values=_written_in, label_of=language_label)
LICENCE = SearchFacet(label=_("Licence"), values=_licence, label_of=licence_label)
