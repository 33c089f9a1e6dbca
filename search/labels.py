"""What readers of one language call the values that search filters by."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.core.models import Topic
from coalition.core.templatetags.page_types import type_label
from coalition.plugins.contributions import PluginFacet, search_facets_of_plugins
from coalition.plugins.pages import is_type_on_anywhere
from coalition.sections.models import Section, SectionStatus

from .domain.index import searchable_models
from .engines.base import NETWORK


@dataclass(frozen=True)
class Labels:
    """Value -> label, by parameter. `reader` is the language the labels are in.

    `facets` are those of plugins, which know their labels.
    """

    reader: str
    language: dict[str, str]
    section: dict[str, str]
    type: dict[str, str]
    topic: dict[str, str]
    facets: dict[str, PluginFacet]


def labels_in(language: str) -> Labels:
    """All labels for readers of `language`, which has to be the active one."""
    sections = Section.objects.filter(status=SectionStatus.OPEN).prefetch_related("names")
    topics = Topic.objects.prefetch_related("names")
    return Labels(
        reader=language,
        language={code: languages.autonym(code) for code in languages.codes()},
        section={
            **_sorted({section.code: section.name_in(language) for section in sections}),
            NETWORK: _("The whole network"),
        },
        type=_sorted(
            {
                model.interchange_type: type_label(model.interchange_type)
                for model in searchable_models()
                if is_type_on_anywhere(model)
            }
        ),
        topic=_sorted({topic.slug: topic.name_in(language) for topic in topics}),
        facets=search_facets_of_plugins(),
    )


def _sorted(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: item[1].casefold()))
