"""What search knows of resources beside their texts."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from coalition.core.models import CoalitionPage
from coalition.plugins.base import SearchFacet
from plugins.resources.facts import language_label
from plugins.resources.licences import Licence
from plugins.resources.models import ResourcePage


def _languages(page: CoalitionPage) -> Iterable[str]:
    return [page.written_in] if isinstance(page, ResourcePage) and page.written_in else []


def _licences(page: CoalitionPage) -> Iterable[str]:
    return [page.licence] if isinstance(page, ResourcePage) and page.licence else []


def _licence_label(value: str) -> str:
    return str(dict(Licence.choices).get(value, value))


WRITTEN_IN = SearchFacet(label=_("Written in"), values=_languages, label_of=language_label)
LICENCE = SearchFacet(label=_("Licence"), values=_licences, label_of=_licence_label)
