"""Lost phones: for the secretariat, two of whom vouch for the person."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from coalition.accounts.admin.base import KeepersMixin, PeopleView
from coalition.accounts.domain import recovery
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.middleware import to_second_factor, used_second_factor
from coalition.accounts.models import Recovery, RecoveryState


class RecoveriesView(KeepersMixin, generic.IndexView):
    """The newest first."""

    secretariat_only = True
    model = Recovery
    page_title = gettext_lazy("Lost phones")
    header_icon = "key"
    index_url_name = "people:recoveries"
    index_results_url_name = "people:recoveries_results"
    template_name = "accounts/admin/list.html"
    results_template_name = "accounts/admin/recoveries_results.html"
    default_ordering = "-pk"
    paginate_by = 30
    is_searchable = False

    def get_base_queryset(self) -> QuerySet[Recovery]:
        """With the people and who confirmed."""
        rows = Recovery.objects.select_related("user")
        return rows.prefetch_related("confirmations__by")

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            TitleColumn(
                "user",
                label=_("Pseudonym"),
                accessor=lambda row: row.user.username,
                get_url=lambda row: reverse("people:recovery", args=[row.pk]),
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: row.state_now.label,
                primary=lambda row: row.state_now == RecoveryState.ASKED,
            ),
            Column("by", label=_("Confirmed by"), accessor=confirmed_by),
            DateColumn("asked_at", label=_("Asked")),
        ]


def confirmed_by(row: Recovery) -> str:
    """Pseudonyms."""
    return ", ".join(confirmation.by.username for confirmation in row.confirmations.all())


class RecoveryView(PeopleView):
    """One of them: confirm or refuse."""

    secretariat_only = True
    header_icon = "key"
    template_name = "accounts/admin/recovery.html"

    def get_page_title(self) -> str:
        """Whose."""
        return _("A lost phone: %(name)s") % {"name": self.recovery().user.username}

    def recovery(self) -> Recovery:
        """Raises Http404."""
        rows = Recovery.objects.select_related("user").prefetch_related("confirmations__by")
        return get_object_or_404(rows, pk=self.kwargs["recovery_id"])

    def get(self, request: HttpRequest, recovery_id: int) -> HttpResponse:
        """What to do before confirming, and who has."""
        row = self.recovery()
        return self.show(
            recovery=row,
            waiting=row.state_now == RecoveryState.ASKED,
            confirmed_by=confirmed_by(row),
            mine=any(confirmation.by_id == self.me.pk for confirmation in row.confirmations.all()),
            own=row.user_id == self.me.pk,
        )

    def post(self, request: HttpRequest, recovery_id: int) -> HttpResponse:
        """Only with one's own second factor used in this session."""
        row, used = self.recovery(), used_second_factor(request)
        if not used:
            return to_second_factor(request)
        try:
            said = self.decide(row, used)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said % {"name": row.user.username})
        return redirect("people:recovery", recovery_id)

    def decide(self, row: Recovery, used: bool) -> str:
        """What was decided, in words. Raises RefusedError."""
        if self.request.POST.get("action") == "refuse":
            recovery.refuse(recovery=row, by=self.me)
            return _("Refused: “%(name)s” keeps their second factor.")
        if recovery.confirm(recovery=row, by=self.me, used_second_factor=used):
            return _("“%(name)s” sets up another second factor at their next sign-in.")
        return _("Confirmed. Another of the secretariat has to confirm for “%(name)s”, too.")
