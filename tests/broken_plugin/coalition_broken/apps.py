"""The failing twin of each hook in tests/demo_plugin."""

from coalition.plugins.base import CoalitionPlugin

FAIL = ".raising.fail"


class BrokenPlugin(CoalitionPlugin):
    """Nothing of it works."""

    name = "coalition_broken"
    verbose_name = "Broken"
    slug = "broken"
    requires_api = 1
    requires_plugins = ()
    settings_form = ".forms.SettingsForm"
    blocks = {"body": {"broken_note": ".blocks.BrokenBlock"}}
    slots = dict.fromkeys(("before_content", "after_content", "section_aside", "footer"), FAIL)
    nav = FAIL
    urls = ".urls"
    admin_viewsets = (".admin.BrokenViewSet",)
    admin_panels = (FAIL,)
    listens = dict.fromkeys(
        (
            "visibility_changed",
            "plugin_switched",
            "page_published",
            "page_unpublished",
            "documents_changed",
        ),
        FAIL,
    )
    search_text = FAIL
    search_facets = {"mood": ".search.MOOD", "none": FAIL}
    call_kinds = {"broken": "Broken"}
    personal_data = (".people.DATA",)
    demo = "demo"
