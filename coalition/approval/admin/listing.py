"""“Waiting for me”: what somebody may decide, several at a time, and what they decided lately."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from coalition.approval.admin.shown import items, kind_name, section_name
from coalition.approval.admin.views import ApprovalView
from coalition.approval.approvers import Kind, approvers_for
from coalition.approval.domain.deciding import Result, approve_all
from coalition.approval.domain.deputies import deciding
from coalition.approval.queries import (
    Filters,
    decided_by,
    sections_shown,
    waiting_ids,
    with_details,
)
from coalition.core import languages

PER_PAGE = 20
LATELY = 10


class FilterForm(forms.Form):
    """Which of what waits to show; what is not understood is left out."""

    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is asked for"), required=False)
    urgent = forms.BooleanField(label=gettext_lazy("Urgent only"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(s.code, section_name(s)) for s in sections_shown(user)]
        self._choices("section", [("network", section_name(None)), *sections])
        reader = get_language() or "en"
        codes = languages.codes()
        self._choices("language", [(c, languages.language_name(c, reader)) for c in codes])
        self._choices("kind", [(kind.value, kind_name(kind)) for kind in Kind])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What was asked for."""
        self.is_valid()
        data = self.cleaned_data
        return Filters(
            section=data.get("section", ""),
            language=data.get("language", ""),
            kind=data.get("kind", ""),
            urgent=bool(data.get("urgent")),
        )


class WaitingView(ApprovalView):
    """The list; POST approves those that are ticked."""

    template_name = "approval/admin/waiting.html"
    page_title = gettext_lazy("Waiting for me")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def form(self) -> FilterForm:
        """The filters of the address."""
        return FilterForm(self.request.GET, user=self.request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """What waits and what was decided lately."""
        return self._answer([])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Approve what is ticked, and say of each what became of it."""
        shown = [pair for value in request.POST.getlist("item") if (pair := _pair(value))]
        if not shown:
            messages.warning(request, _("Tick the texts that you approve first."))
            return redirect(f"{reverse('approval:index')}?{request.GET.urlencode()}")
        # Who may decide is asked anew afterwards.
        results = approve_all(shown=shown, user=request.user)
        request.user.__dict__.pop("_approvers", None)
        return self._answer(results)

    def _answer(self, results: list[Result]) -> HttpResponse:
        user = self.request.user
        ids = [pk for pk, _kind in waiting_ids(user, self.form.filters())]
        page = Paginator(ids, PER_PAGE).get_page(self.request.GET.get("p"))
        states = with_details(TaskState.objects.filter(pk__in=list(page.object_list)))
        by_id = {state.pk: state for state in states}
        query = self.request.GET.copy()
        query.pop("p", None)
        context = self.get_context_data(
            form=self.form,
            filtering=any(self.form.data.get(name) for name in self.form.fields),
            rows=items([by_id[pk] for pk in page.object_list if pk in by_id], user),
            page_obj=page,
            may_name=user.pk in deciding(approvers_for(user)),
            number=len(ids),
            query=query.urlencode(),
            results=results,
            summary=_summary(results),
            lately=items(decided_by(user)[:LATELY], user),
        )
        response: HttpResponse = self.render_to_response(context)
        return response


def _summary(results: list[Result]) -> str:
    number = sum(not result.refused for result in results)
    words = ngettext("%(count)d text is approved.", "%(count)d texts are approved.", number)
    return words % {"count": number}


def _pair(value: str) -> tuple[int, int] | None:
    """The task state and the revision that a ticked row carries."""
    state, _colon, revision = value.partition(":")
    if state.isdecimal() and revision.isdecimal():
        return int(state), int(revision)
    return None
