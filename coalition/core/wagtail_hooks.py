"""The admin's part of the core: topics."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from coalition.core.models import Topic


class TopicViewSet(SnippetViewSet):
    """Topics and their names in every language, kept by the secretariat."""

    model = Topic
    icon = "tag"
    menu_name = "topics"
    add_to_admin_menu = True
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


register_snippet(TopicViewSet)
