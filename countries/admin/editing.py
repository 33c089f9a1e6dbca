"""Opening a section and changing one: a form, a preview of what it does, then the doing of it."""

import hashlib
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

from coalition.sections.models import Section
from countries.admin.forms import ChangeSectionForm, LanguagesForm, OpenSectionForm
from countries.domain.provision import Provisioned

PREVIEW, CONFIRM, CHANGE = "preview", "confirm", "change"
SEEN = "seen"  # what the preview said, so that nothing else is done


def fingerprint(result: Provisioned) -> str:
    """Changes with what would be done."""
    said = "\n".join(step.sentence() for step in result.steps)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class SectionFormView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """GET gives the form. POST previews it, goes back to it, or does what was previewed."""

    permission_required = "change"
    header_icon = "globe"
    template_name = "countries/admin/section_form.html"
    preview_template_name = "countries/admin/section_preview.html"
    request: HttpRequest

    def make_form(self, data: Any = None) -> LanguagesForm:
        """The form, bound when there is data."""
        raise NotImplementedError

    def done_message(self, result: Provisioned) -> str:
        """What to say when it is done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it is."""
        return self.show(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Nothing is written but by CONFIRM, and then what the preview has shown."""
        form, action = self.make_form(request.POST), request.POST.get("action", PREVIEW)
        if action == CHANGE or not form.is_valid():
            return self.show(form)
        user = cast(AbstractUser, request.user)
        result = form.provision(user=user, dry_run=True)
        if result is None:
            return self.show(form)
        # Somebody else may have changed the section since.
        seen = request.POST.get(SEEN)
        if action != CONFIRM or seen not in (None, fingerprint(result)):
            return self.preview(result)
        result = form.provision(user=user, dry_run=False)
        if result is None:
            return self.show(form)
        messages.success(request, self.done_message(result))
        return redirect("sections:section", result.section.code)

    def show(self, form: LanguagesForm) -> HttpResponse:
        """The form, with what is wrong at its fields."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def preview(self, result: Provisioned) -> HttpResponse:
        """What would be done, line by line, and what was typed as hidden fields."""
        self.template_name = self.preview_template_name
        typed = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in ("action", "csrfmiddlewaretoken", SEEN)
            for value in values
        ]
        typed.append((SEEN, fingerprint(result)))
        sentences = [step.sentence() for step in result.steps]
        context = self.get_context_data(sentences=sentences, typed=typed)
        response: HttpResponse = self.render_to_response(context)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, sections, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("sections:index"), "label": _("Sections")},
            {"url": "", "label": self.get_page_title()},
        ]


class OpenSectionView(SectionFormView):
    """A new section."""

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Open a section")

    def make_form(self, data: Any = None) -> LanguagesForm:
        """For a new section."""
        return OpenSectionForm(data)

    def done_message(self, result: Provisioned) -> str:
        """That it is open, and in how many steps."""
        return ngettext(
            "The section “%(section)s” is open: %(count)d thing was made.",
            "The section “%(section)s” is open: %(count)d things were made.",
            len(result.steps),
        ) % {
            "section": result.section.name_in(get_language() or "en"),
            "count": len(result.steps),
        }


class ChangeSectionView(SectionFormView):
    """A section that is there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.section = get_object_or_404(Section, code=kwargs["code"])

    def get_page_title(self) -> str:
        """Which section is changed."""
        return _("Change section: %(section)s") % {
            "section": self.section.name_in(get_language() or "en")
        }

    def make_form(self, data: Any = None) -> LanguagesForm:
        """For this section."""
        return ChangeSectionForm(data, section=self.section)

    def done_message(self, result: Provisioned) -> str:
        """How much was changed."""
        return ngettext(
            "The section “%(section)s” is changed: %(count)d thing was done.",
            "The section “%(section)s” is changed: %(count)d things were done.",
            len(result.steps),
        ) % {
            "section": Section.objects.get(pk=self.section.pk).name_in(get_language() or "en"),
            "count": len(result.steps),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the section, whose kind, code and slug are shown and stay."""
        context: dict[str, Any] = super().get_context_data(section=self.section, **kwargs)
        return context
