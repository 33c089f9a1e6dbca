"""The secretariat's list of takedowns: who, when, why, what became of the pages, bringing back."""

from typing import Any, cast

import django_filters
from django.contrib.auth.models import AbstractUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from coalition.core import languages
from coalition.sections.models import Section
from countries.admin.permission import SecretariatPolicy
from countries.admin.takedown import shown
from countries.admin.viewset import SectionsMenuItem
from countries.domain.bring_back import BringBackRefusedError, bring_back
from countries.domain.taken_down import with_numbers, with_pages_down
from countries.models import Takedown, TakenDownPage

PAGES_SHOWN = 50


def section_name(takedown: Takedown) -> str:
    """The section's name for the person who reads; the network's own pages have none."""
    if takedown.section is None:
        return _("The network’s own pages")
    return takedown.section.name_in(get_language() or "en")


def author(takedown: Takedown) -> str:
    """Who did it, by the name they go by."""
    return takedown.user.get_username() if takedown.user else _("An account that is gone")


def state(takedown: Any) -> str:
    """What became of the pages; `takedown` comes with numbers."""
    if not takedown.down:
        return _("Nothing is down any more")
    text = ngettext(
        "%(down)d of %(count)d page is down",
        "%(down)d of %(count)d pages are down",
        takedown.number,
    )
    return text % {"down": takedown.down, "count": takedown.number}


def state_of(row: TakenDownPage) -> str:
    """What became of one page."""
    if row.page is None:
        return _("Deleted")
    if row.ended_at is None:
        return _("Down")
    return _("Public") if row.page.live else _("Public since, and unpublished again")


class TakedownFilters(WagtailFilterSet):
    """By section, and by whether something is down still."""

    section = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Section"), queryset=Section.objects.prefetch_related("names")
    )
    down = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="by_state",
        choices=[
            ("yes", gettext_lazy("Pages are down")),
            ("no", gettext_lazy("Nothing is down any more")),
        ],
    )

    class Meta:
        model = Takedown
        fields = ["section"]

    def by_state(self, found: QuerySet[Takedown], name: str, value: str) -> QuerySet[Takedown]:
        """Those of which pages are down, or the others."""
        return found.filter(with_pages_down() if value == "yes" else ~with_pages_down())


class TakedownsView(generic.IndexView):
    """All takedowns, newest first."""

    model = Takedown
    page_title = gettext_lazy("Takedowns")
    template_name = "countries/admin/takedowns.html"
    results_template_name = "countries/admin/takedowns_results.html"
    filterset_class = TakedownFilters
    default_ordering = "-made_at"
    paginate_by = 20
    is_searchable = False

    def get_base_queryset(self) -> QuerySet[Takedown]:
        """With numbers, and all that the list names."""
        return with_numbers().select_related("section", "user").prefetch_related("section__names")

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            TitleColumn(
                "made_at",
                label=_("When"),
                accessor=lambda row: shown(row.made_at),
                sort_key="made_at",
                get_url=lambda row: reverse("takedowns:takedown", args=[row.pk]),
            ),
            Column("section", label=_("Section"), accessor=section_name),
            Column("user", label=_("Who"), accessor=author),
            Column(
                "reason",
                label=_("Reason"),
                accessor=lambda row: Truncator(row.reason).chars(120),
            ),
            StatusTagColumn(
                "state", label=_("State"), accessor=state, primary=lambda row: row.down
            ),
        ]


class OneTakedownView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What the views of one takedown share."""

    permission_required = "change"
    header_icon = "warning"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the takedown. Raises Http404."""
        super().setup(request, *args, **kwargs)
        found = with_numbers().select_related("section", "user")
        self.takedown: Any = get_object_or_404(found, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Where it was."""
        return _("Takedown: %(section)s") % {"section": section_name(self.takedown)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list, the takedown, and what is done with it."""
        items: list[dict[str, Any]] = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("takedowns:index"), "label": _("Takedowns")},
            {"url": "", "label": self.get_page_title()},
        ]
        return items

    def back(self) -> HttpResponse:
        """To the takedown, whatever was done with it."""
        return redirect("takedowns:takedown", self.takedown.pk)


class TakedownView(OneTakedownView):
    """Who, when, why, and page after page what became of it."""

    template_name = "countries/admin/takedown_pages.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page."""
        rows = self.takedown.pages.select_related("page").order_by("pk")
        reader = get_language() or "en"
        shown_now = Paginator(rows, PAGES_SHOWN).get_page(request.GET.get("p"))
        context = self.get_context_data(
            takedown=self.takedown,
            author=author(self.takedown),
            state=state(self.takedown),
            page_obj=shown_now,
            rows=[
                {
                    "row": row,
                    "language": languages.language_name(row.language, reader),
                    "state": state_of(row),
                }
                for row in shown_now
            ],
        )
        response: HttpResponse = self.render_to_response(context)
        return response


class BringBackPagesView(OneTakedownView):
    """Says what bringing back does, and does it when that is confirmed."""

    template_name = "countries/admin/takedown_bring_back.html"

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Bring back: %(section)s") % {"section": section_name(self.takedown)}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """What will happen."""
        if not self.takedown.down:
            messages.warning(request, _("None of these pages is down any more."))
            return self.back()
        response: HttpResponse = self.render_to_response(
            self.get_context_data(takedown=self.takedown)
        )
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Begin; pages are published one after the other."""
        user = cast(AbstractUser, request.user)
        try:
            number = bring_back(takedown=self.takedown, user=user)
        except BringBackRefusedError as refused:
            messages.error(request, str(refused))
            return self.back()
        text = ngettext(
            "%(count)d page is being brought back. The list says what is public again.",
            "%(count)d pages are being brought back. The list says what is public again.",
            number,
        )
        messages.success(request, text % {"count": number})
        return self.back()


class TakedownsViewSet(ViewSet):
    """“Takedowns”, in the secretariat's menu alone."""

    name = "takedowns"
    icon = "warning"
    menu_label = gettext_lazy("Takedowns")
    menu_name = "takedowns"
    menu_order = 260
    add_to_admin_menu = True
    menu_item_class = SectionsMenuItem

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What all views are made with."""
        common: dict[str, Any] = super().get_common_view_kwargs(
            permission_policy=SecretariatPolicy(Takedown),
            header_icon=self.icon,
            index_url_name="takedowns:index",
            index_results_url_name="takedowns:index_results",
            **kwargs,
        )
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        """A takedown is called by its number."""
        view = self.construct_view
        return [
            path("", view(TakedownsView), name="index"),
            path("results/", view(TakedownsView, results_only=True), name="index_results"),
            path("<int:pk>/", view(TakedownView), name="takedown"),
            path("<int:pk>/bring-back/", view(BringBackPagesView), name="bring_back"),
        ]
