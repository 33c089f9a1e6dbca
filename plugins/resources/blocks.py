"""The block that brings resources into other pages."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from coalition.core.blocks.body import LINKS
from coalition.core.models import Topic
from coalition.plugins import gate

MOST = 12


def topics() -> list[tuple[str, str]]:
    """Every topic by its slug."""
    language = get_language() or "en"
    found = [(row.slug, row.name_in(language)) for row in Topic.objects.prefetch_related("names")]
    return sorted(found, key=lambda choice: choice[1].casefold())


class NewestResourcesBlock(blocks.StructBlock):
    """The newest resources of the section in which the page stands."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    topic = blocks.ChoiceBlock(
        label=_("Topic"),
        choices=topics,
        required=False,
        default="",
        search_index=False,
        help_text=_("Only resources about this topic; empty for all."),
    )
    number = blocks.IntegerBlock(
        label=_("How many at most"), min_value=1, max_value=MOST, default=3, search_index=False
    )

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As Wagtail, with `resources` and the address of the repository."""
        from plugins.resources.listing import newest_for
        from plugins.resources.queries import repository_of

        context: dict[str, Any] = super().get_context(value, parent_context)
        section, language = gate.section_here(), get_language() or "en"
        repository = repository_of(section, language)
        return {
            **context,
            "resources": newest_for(section, language, value["topic"], value["number"]),
            "repository": repository.url if repository else "",
        }

    def get_preview_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Resources that are nowhere."""
        titles = (_("Your right to meet in public"), _("How to ask for a public record"))
        samples = [{"entry": {"title": title, "url": "#"}} for title in titles]
        return {**(parent_context or {}), "self": value, "value": value, "resources": samples}

    class Meta:
        icon = "folder-open-inverse"
        label = _("Newest resources")
        group = LINKS
        template = "resources/blocks/newest.html"
        description = _("The newest documents and links of this section's repository.")
        preview_value = {"heading": _("Worth reading"), "topic": "", "number": 2}
