"""What the plugin brings."""

from django.utils.translation import gettext_lazy as _

from coalition.plugins.base import CoalitionPlugin


class ResourcesPlugin(CoalitionPlugin):
    """A repository of documents and links for the network and for each section."""

    name = "plugins.resources"
    verbose_name = _("Resources")
    slug = "resources"
    requires_api = 1
    settings_form = ".forms.ResourcesSettings"
    blocks = {"body": {"resources_newest": ".blocks.NewestResourcesBlock"}}
    nav = ".nav.items"
    urls = ".urls"
    listens = {
        "page_published": ".listening.published",
        "plugin_switched": ".listening.switched",
        "documents_changed": ".listening.documents",
    }
    search_facets = {"language": ".search.WRITTEN_IN", "licence": ".search.LICENCE"}
    demo = "demo"
    search_text = ".domain.texts.text_of"
