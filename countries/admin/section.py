"""One section: its pages, what it lacks, what was done with it, and archiving it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from coalition.core import languages
from coalition.plugins import gate, registry
from coalition.sections.models import Section, SectionStatus
from countries.domain import history, steps
from countries.domain.archive import archive_section, bring_back_section, public_pages_of
from countries.domain.lacking import lacking
from countries.models import SectionPage

MOST_ENTRIES = 20


@dataclass(frozen=True)
class Event:
    """Something that was done with the section."""

    entry: ModelLogEntry
    details: list[str]


class OneSectionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What the views of one section share."""

    permission_required = "change"
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the section. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.section = get_object_or_404(Section, code=kwargs["code"])

    @property
    def name(self) -> str:
        """The section's name for the person who reads."""
        return self.section.name_in(get_language() or "en")

    @property
    def is_open(self) -> bool:
        """Whether the section is at work."""
        return self.section.status == SectionStatus.OPEN

    def get_page_title(self) -> str:
        """The section's name."""
        return self.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, sections, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("sections:index"), "label": _("Sections")},
            {"url": "", "label": self.get_page_title()},
        ]


class SectionView(OneSectionView):
    """All there is to know of a section, and what can be done with it."""

    template_name = "countries/admin/section.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page."""
        roots = SectionPage.objects.filter(section=self.section).select_related("locale")
        by_language = {root.locale.language_code: root for root in roots}
        reader = get_language() or "en"
        pages = [
            {
                "language": languages.language_name(code, reader),
                "name": self.section.name_in(code),
                "page": by_language.get(code),
            }
            for code in self.section.languages
        ]
        context = self.get_context_data(
            section=self.section,
            name=self.name,
            is_open=self.is_open,
            pages=pages,
            missing=lacking([self.section]).get(self.section, []) if self.is_open else [],
            events=list(_events(self.section)),
            has_plugins=bool(registry.installed()),
            plugins=[registry.plugin(slug) for slug in gate.plugins_on(self.section)],
        )
        response: HttpResponse = self.render_to_response(context)
        return response


def _events(section: Section) -> list[Event]:
    """What the log tells of the section, newest first."""
    entries = ModelLogEntry.objects.for_instance(section).select_related("user")
    return [Event(entry, _details(entry)) for entry in entries.order_by("-pk")[:MOST_ENTRIES]]


def _details(entry: ModelLogEntry) -> list[str]:
    """What the entry remembers, in the reader's language."""
    data = entry.data or {}
    if entry.action == history.PROVISIONED:
        return [step.sentence() for step in steps.from_log(data.get("steps", []))]
    if entry.action in (history.OPENED, history.LANGUAGES_ADDED):
        return [steps.language_names(data.get("languages", []))]
    if entry.action == history.APPROVAL_CHANGED:
        return [steps.Step(steps.APPROVAL, data.get("after", "")).sentence()]
    if entry.action == history.REPAIRED:
        return list(data.get("mended", []))
    pages = data.get("pages", 0)
    return [ngettext("%(count)d public page.", "%(count)d public pages.", pages) % {"count": pages}]


class ArchiveView(OneSectionView):
    """Says what archiving does, and does it when that is confirmed."""

    template_name = "countries/admin/section_archive.html"

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Archive section: %(section)s") % {"section": self.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """What will happen, and to how many pages."""
        if not self.is_open:
            return _already(
                request, self.section, _("The section “%(section)s” is archived already.")
            )
        context = self.get_context_data(
            section=self.section, name=self.name, number=public_pages_of(self.section)
        )
        response: HttpResponse = self.render_to_response(context)
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Archive it; whoever comes second changes nothing."""
        number = archive_section(section=self.section, user=cast(AbstractUser, request.user))
        text = ngettext(
            "The section “%(section)s” is archived. %(count)d page is hidden from readers.",
            "The section “%(section)s” is archived. %(count)d pages are hidden from readers.",
            number,
        )
        messages.success(request, text % {"section": self.name, "count": number})
        return redirect("sections:section", self.section.code)


class BringBackView(OneSectionView):
    """Says what bringing back does, and does it when that is confirmed."""

    template_name = "countries/admin/section_bring_back.html"

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Bring section back: %(section)s") % {"section": self.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """What will happen."""
        if self.is_open:
            return _already(request, self.section, _("The section “%(section)s” is open already."))
        context = self.get_context_data(section=self.section, name=self.name)
        response: HttpResponse = self.render_to_response(context)
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Bring it back; whoever comes second changes nothing."""
        number = bring_back_section(section=self.section, user=cast(AbstractUser, request.user))
        text = ngettext(
            "The section “%(section)s” is open again. %(count)d page is public.",
            "The section “%(section)s” is open again. %(count)d pages are public.",
            number,
        )
        messages.success(request, text % {"section": self.name, "count": number})
        return redirect("sections:section", self.section.code)


def _already(request: HttpRequest, section: Section, message: str) -> HttpResponse:
    """Back to the section, with what is the case already."""
    messages.warning(request, message % {"section": section.name_in(get_language() or "en")})
    return redirect("sections:section", section.code)
