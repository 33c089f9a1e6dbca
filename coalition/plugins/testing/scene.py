"""Where a plugin is tried: a section with a page, the plugin switched on everywhere."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import RequestFactory

from coalition.core.interchange.types import page_types
from coalition.plugins.base import CoalitionPlugin, Place
from coalition.sections.models import Section

from .making import home_of, make_page, open_section, root_of, switch_on
from .report import Report

NAME = "contract-check"


@dataclass(frozen=True)
class Scene:
    """A section's root and a page of text below it; a request for that page by an administrator."""

    section: Section
    home: Any
    root: Any
    page: Any
    administrator: Any
    request: HttpRequest

    def place(self, page: Any) -> Place:
        """As templates tell plugins of it; None is what belongs to no page and no section."""
        return Place(self.request, "en", self.section if page else None, page)


def set_up(plugin: CoalitionPlugin, report: Report) -> Scene:
    """Make it; what listeners do to it is counted against the plugin when they are tried."""
    section = open_section(NAME, kind="network", languages=["en"], name="Contract check")
    report.call("Switching it on", lambda: switch_on(plugin.slug))
    root = root_of(section)
    page = make_page(page_types()["standard"], root, slug=NAME, title="Contract check")
    request = RequestFactory().get(page.url_path)
    request.user = administrator = get_user_model().objects.create_superuser(username=NAME)
    return Scene(section, home_of(), root, page, administrator, request)
