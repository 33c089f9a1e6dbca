"""Every hook once."""

from coalition.plugins.base import CoalitionPlugin


class DemoPlugin(CoalitionPlugin):
    """All that a plugin can bring."""

    name = "coalition_demo"
    verbose_name = "Demonstration"
    slug = "demo"
    requires_api = 1
    requires_plugins = ()
    settings_form = ".forms.SettingsForm"
    blocks = {"body": {"demo_note": ".blocks.NoteBlock"}}
    slots = {
        "before_content": ".slots.before",
        "after_content": ".slots.after",
        "section_aside": ".slots.aside",
        "footer": ".slots.footer",
    }
    nav = ".nav.items"
    urls = ".urls"
    admin_viewsets = (".admin.DemoViewSet",)
    admin_panels = (".admin.panel",)
    listens = {
        "visibility_changed": ".listening.changed",
        "plugin_switched": ".listening.switched",
        "page_published": ".listening.published",
        "page_unpublished": ".listening.unpublished",
        "documents_changed": ".listening.documents",
    }
    search_text = ".search.text"
    search_facets = {"mood": ".search.MOOD"}
    call_kinds = {"walk": "Walk"}
    personal_data = (".people.DATA",)
    demo = "demo"
