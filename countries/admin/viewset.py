"""Addresses and menu of the sections in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from coalition.sections.models import Section
from coalition.sections.queries import is_secretariat

from .editing import ChangeSectionView, OpenSectionView
from .listing import SectionsView
from .permission import SecretariatPolicy
from .section import ArchiveView, BringBackView, SectionView


class SectionsMenuItem(MenuItem):
    """Nobody else's menu has it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For the secretariat."""
        return is_secretariat(request.user)


class SectionsViewSet(ViewSet):
    """Everything the secretariat does with sections."""

    name = "sections"
    icon = "globe"
    menu_label = _("Sections")
    menu_name = "sections"
    menu_order = 250
    add_to_admin_menu = True
    menu_item_class = SectionsMenuItem

    @cached_property
    def permission_policy(self) -> SecretariatPolicy:
        """The secretariat's, in every view."""
        return SecretariatPolicy(Section)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What all views are made with."""
        common: dict[str, Any] = super().get_common_view_kwargs(
            permission_policy=self.permission_policy,
            header_icon=self.icon,
            index_url_name="sections:index",
            index_results_url_name="sections:index_results",
            add_url_name="sections:add",
            **kwargs,
        )
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        """A section is called by its code."""
        view = self.construct_view
        return [
            path("", view(SectionsView), name="index"),
            path("results/", view(SectionsView, results_only=True), name="index_results"),
            path("open/", view(OpenSectionView), name="add"),
            path("of/<slug:code>/", view(SectionView), name="section"),
            path("of/<slug:code>/change/", view(ChangeSectionView), name="change"),
            path("of/<slug:code>/archive/", view(ArchiveView), name="archive"),
            path("of/<slug:code>/bring-back/", view(BringBackView), name="bring_back"),
        ]
