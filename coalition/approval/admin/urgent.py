"""Submitting a text that cannot wait."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from coalition.approval.admin.views import ApprovalView, tell
from coalition.approval.domain.submitting import submit_urgently
from coalition.core.models import CoalitionPage
from coalition.core.publishing import PublishingRefusedError


class UrgentForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"),
        help_text=gettext_lazy(
            "The secretariat reads this first. Name nobody who could be harmed."
        ),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


class UrgentView(ApprovalView):
    """Says what urgent means, and submits."""

    template_name = "approval/admin/urgent.html"
    header_icon = "warning"
    page_title = gettext_lazy("Submit as urgent")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page. Raises Http404, PermissionDenied."""
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"]).specific
        if not isinstance(page, CoalitionPage):
            raise PermissionDenied
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.page = page

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The form."""
        return self._answer(UrgentForm())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Submit; the form comes back where that cannot be."""
        form = UrgentForm(request.POST)
        if not form.is_valid():
            return self._answer(form)
        try:
            submission = submit_urgently(
                page=self.page, user=request.user, reason=form.cleaned_data["reason"]
            )
        except PublishingRefusedError as error:
            tell(request, error)
            return self._answer(form)
        messages.success(
            request,
            _("“%(title)s” is submitted as urgent. The secretariat is told now.")
            % {"title": submission},
        )
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def _answer(self, form: UrgentForm) -> HttpResponse:
        context = self.get_context_data(form=form, page=self.page)
        response: HttpResponse = self.render_to_response(context)
        return response
