"""Deputies: who stands in for whom; add one, end one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from coalition.approval.admin.views import ApprovalView, tell
from coalition.approval.approvers import approvers_for
from coalition.approval.domain.deputies import deciding, end_deputy, name_deputy, possible_deputies
from coalition.approval.models import Deputy
from coalition.core.publishing import PublishingRefusedError
from coalition.sections.queries import is_secretariat

MOST = 50


class DeputyForm(forms.Form):
    """Who, for whom, from when to when."""

    approver = forms.ModelChoiceField(
        label=gettext_lazy("Absent person"), queryset=get_user_model()._default_manager.none()
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Deputy"), queryset=get_user_model()._default_manager.none()
    )
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=AdminDateInput)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("It ends by itself after this day."),
        widget=AdminDateInput,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = get_user_model()._default_manager.filter(is_active=True).order_by("username")
        if is_secretariat(user):
            approvers = approvers_for(user)
            self._people("approver", everybody.filter(pk__in=deciding(approvers)))
            self._people("deputy", everybody.filter(pk__in=list(approvers.seats)))
            return
        del self.fields["approver"]
        self._people("deputy", everybody.filter(pk__in=possible_deputies(user)))

    def _people(self, name: str, people: Any) -> None:
        field = self.fields[name]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: person.get_username()  # type: ignore[attr-defined]


class DeputiesView(ApprovalView):
    """One's own; the secretariat sees everybody's."""

    template_name = "approval/admin/deputies.html"
    header_icon = "group"
    page_title = gettext_lazy("Deputies")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """For those who decide something. Raises PermissionDenied."""
        super().setup(request, *args, **kwargs)
        user = request.user
        if not is_secretariat(user) and user.pk not in deciding(approvers_for(user)):
            raise PermissionDenied

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and the form."""
        return self._answer(DeputyForm(user=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name one."""
        form = DeputyForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._answer(form)
        data = form.cleaned_data
        try:
            row = name_deputy(
                approver=data.get("approver") or request.user,
                deputy=data["deputy"],
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                user=request.user,
            )
        except PublishingRefusedError as error:
            tell(request, error)
            return self._answer(form)
        words = _("%(deputy)s decides for %(approver)s in that time.")
        messages.success(
            request,
            words % {"deputy": row.deputy.get_username(), "approver": row.approver.get_username()},
        )
        return redirect("approval:deputies")

    def _answer(self, form: DeputyForm) -> HttpResponse:
        today = timezone.localdate()
        rows = Deputy.objects.select_related("approver", "deputy", "named_by")
        if not is_secretariat(self.request.user):
            rows = rows.filter(approver=self.request.user.pk)
        context = self.get_context_data(
            form=form,
            media=form.media,
            current=rows.filter(ends_on__gte=today, ended_at=None)[:MOST],
            past=rows.exclude(ends_on__gte=today, ended_at=None)[:MOST],
        )
        response: HttpResponse = self.render_to_response(context)
        return response


class EndDeputyView(ApprovalView):
    """Ends one before its last day, by a button in the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it; whoever comes second is told."""
        row = get_object_or_404(Deputy.objects.select_related("approver", "deputy"), pk=pk)
        names = {"deputy": row.deputy.get_username(), "approver": row.approver.get_username()}
        if end_deputy(row=row, user=request.user):
            messages.success(
                request, _("%(deputy)s does not decide for %(approver)s any more.") % names
            )
        else:
            messages.warning(request, _("That was over already. Nothing was changed."))
        return redirect("approval:deputies")
