"""The admin's part of the core: topics, and what its home says."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from coalition.core.dashboard import ExpiringPages
from coalition.core.models import Topic
from coalition.sections.isolation import sees_everything


class TopicViewSet(SnippetViewSet):
    """Topics and their names in every language, kept by the secretariat."""

    model = Topic
    icon = "tag"
    menu_name = "topics"
    add_to_admin_menu = True
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


register_snippet(TopicViewSet)


@hooks.register("construct_homepage_panels")
def expiring_pages(request: HttpRequest, panels: list[Any]) -> None:
    """Pages that leave the public by themselves."""
    panels.append(ExpiringPages())


@hooks.register("construct_homepage_summary_items")
def no_count_of_all_pages(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail counts everybody's pages, drafts too; that is for those who may see them."""
    if not sees_everything(request.user):
        items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]
