"""The audit trail in the admin: for the secretariat alone, to read and to export."""

import json
from datetime import date
from typing import Any, cast

import django_filters
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry

from coalition.audit import export, history, record
from coalition.audit.models import AuditEntry
from coalition.core import languages
from coalition.sections.models import Section
from coalition.sections.queries import is_secretariat


def actions() -> list[tuple[str, str]]:
    """Every action that is logged, by its name."""
    named = {code: str(label) for code, label in registry.get_choices()}
    return sorted(named.items(), key=lambda choice: (choice[1].casefold(), choice[0]))


def sections() -> list[tuple[str, str]]:
    """Code and name of every section."""
    reader = get_language() or "en"
    rows = Section.objects.prefetch_related("names")
    return [(section.code, section.name_in(reader)) for section in rows]


def tongues() -> list[tuple[str, str]]:
    """Code and name of every language."""
    reader = get_language() or "en"
    return [(code, languages.language_name(code, reader)) for code in languages.codes()]


class AuditFilters(WagtailFilterSet):
    """By person, action, section, language and day."""

    actor = django_filters.CharFilter(label=gettext_lazy("Person"), lookup_expr="icontains")
    action = django_filters.ChoiceFilter(label=gettext_lazy("Action"), choices=actions)
    section = django_filters.ChoiceFilter(label=gettext_lazy("Section"), choices=sections)
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=tongues)
    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Day"), widget=DateRangePickerWidget
    )

    class Meta:
        model = AuditEntry
        fields = ["actor", "action", "section", "language", "at"]


class AuditView(generic.IndexView):
    """The newest first, a page at a time."""

    model = AuditEntry
    page_title = gettext_lazy("Audit trail")
    header_icon = "history"
    index_url_name = "audit:index"
    index_results_url_name = "audit:index_results"
    template_name = "audit/admin/trail.html"
    results_template_name = "audit/admin/trail_results.html"
    filterset_class = AuditFilters
    default_ordering = "-pk"
    paginate_by = 50
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied for everybody else."""
        if not is_secretariat(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each."""
        named = dict(actions())
        return [
            DateColumn("at", label=_("When")),
            Column("actor", label=_("Person")),
            Column(
                "action",
                label=_("Action"),
                accessor=lambda entry: named.get(entry.action, entry.action),
            ),
            Column("name", label=_("What")),
            Column("section", label=_("Section")),
            Column("language", label=_("Language")),
            Column("data", label=_("Details"), accessor=details),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The export of what is shown."""
        query = self.request.GET.urlencode()
        url = f"{reverse('audit:export')}?{query}"
        return [HeaderButton(label=_("Export as CSV"), url=url, icon_name="download")]


class ExportView(AuditView):
    """All that the filters leave, as CSV; that it was exported is in the trail too."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A file that is written while it is read."""
        entries = self.filter_queryset(AuditEntry.objects.order_by("pk"))
        asked = {k: v for k, v in request.GET.items() if v and k in self.filters.filters}
        record(
            action=history.EXPORTED,
            actor=cast(AbstractUser, request.user),
            data={"filters": sorted(asked)},
        )
        response = StreamingHttpResponse(
            export.as_csv(entries), content_type="text/csv; charset=utf-8"
        )
        name = f"audit-trail-{date.today().isoformat()}.csv"  # noqa: DTZ011 - a name, no moment
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def details(entry: AuditEntry) -> str:
    """What else is known, as it was written."""
    return json.dumps(entry.data, ensure_ascii=False, sort_keys=True) if entry.data else ""


class AuditViewSet(ViewSet):
    """Addresses of the trail; its menu entry stands among the reports."""

    name = "audit"
    icon = "history"

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, its results alone for the script, the export."""
        return [
            path("", AuditView.as_view(), name="index"),
            path("results/", AuditView.as_view(results_only=True), name="index_results"),
            path("export/", ExportView.as_view(), name="export"),
        ]
