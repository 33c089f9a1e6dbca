"""The list of sections: what they are, whether they are at work, what they lack."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from coalition.sections.models import Section, SectionStatus
from countries.domain.lacking import lacking
from countries.domain.steps import language_names


class SectionFilters(WagtailFilterSet):
    """By kind and status."""

    class Meta:
        model = Section
        fields = ["kind", "status"]


class SectionsView(generic.IndexView):
    """All sections, archived ones too."""

    model = Section
    page_title = gettext_lazy("Sections")
    add_item_label = gettext_lazy("Open a section")
    template_name = "countries/admin/sections.html"
    results_template_name = "countries/admin/sections_results.html"
    filterset_class = SectionFilters
    default_ordering = "code"
    paginate_by = 20
    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Section]:
        """With their names, which the list shows in the reader's language."""
        return Section.objects.prefetch_related("names")

    def search_queryset(self, queryset: QuerySet[Section]) -> QuerySet[Section]:
        """By code, slug and name; most names are CLDR's and stand in no table."""
        if not self.is_searching:
            return queryset
        words, reader = self.search_query.casefold(), get_language() or "en"
        found = [
            section.pk
            for section in queryset
            for names in [[section.code, section.slug, *(n.name for n in section.names.all())]]
            if any(
                words in name.casefold()
                for name in (*names, section.name_in(reader), section.name_in("en"))
            )
        ]
        return queryset.filter(pk__in=found)

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each."""
        reader = get_language() or "en"
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor=lambda section: section.name_in(reader),
                get_url=lambda section: reverse("sections:section", args=[section.code]),
            ),
            Column("code", label=_("Code"), sort_key="code"),
            Column("get_kind_display", label=_("Kind"), sort_key="kind"),
            Column(
                "languages",
                label=_("Languages"),
                accessor=lambda section: language_names(section.languages),
            ),
            Column("get_approval_display", label=_("Who approves"), sort_key="approval"),
            StatusTagColumn(
                "get_status_display",
                label=_("Status"),
                primary=lambda section: section.status == SectionStatus.OPEN,
                sort_key="status",
            ),
            Column("lacking", label=_("What is lacking"), accessor=self.lacks),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Wagtail; what is lacking is read for the sections shown, all at once."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = [s for s in context["object_list"] if s.status == SectionStatus.OPEN]
        self.missing = {section.pk: words for section, words in lacking(shown).items()}
        return context

    def lacks(self, section: Section) -> str:
        """In words; of an archived section nothing is said."""
        if section.status != SectionStatus.OPEN:
            return ""
        return ", ".join(self.missing.get(section.pk, [])) or _("Nothing")
