"""Invitations in the admin: what has become of them, inviting, withdrawing, sending again."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic

from coalition.accounts.admin.base import KeepersMixin, PeopleView, full_name_of
from coalition.accounts.admin.forms import InviteForm
from coalition.accounts.domain import invitations
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import Invitation, InvitationState
from coalition.accounts.queries import invitations_seen


class InvitationFilters(WagtailFilterSet):
    """By what has become of them."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=InvitationState.choices, method="in_state"
    )

    class Meta:
        model = Invitation
        fields = ["state"]

    def in_state(self, rows: QuerySet[Invitation], name: str, state: str) -> QuerySet[Invitation]:
        """As of now: late ones are expired before `tick` says so."""
        late = Q(state=InvitationState.WAITING, expires_at__lte=timezone.now())
        if state == InvitationState.EXPIRED:
            return rows.filter(late | Q(state=state))
        return rows.filter(state=state).exclude(late)


class DoColumn(Column):
    """What can be done with an invitation that waits."""

    cell_template_name = "accounts/admin/invitation_cell.html"


class InvitationsView(KeepersMixin, generic.IndexView):
    """The newest first."""

    model = Invitation
    page_title = gettext_lazy("Invitations")
    add_item_label = gettext_lazy("Invite somebody")
    header_icon = "mail"
    index_url_name = "people:invitations"
    index_results_url_name = "people:invitations_results"
    add_url_name = "people:invite"
    template_name = "accounts/admin/list.html"
    results_template_name = "accounts/admin/invitations_results.html"
    filterset_class = InvitationFilters
    default_ordering = "-pk"
    paginate_by = 30
    is_searchable = False

    def get_base_queryset(self) -> QuerySet[Invitation]:
        """With their roles; who sent them is shown by the pseudonym."""
        rows = invitations_seen(self.me).select_related("invited_by")
        return rows.prefetch_related("roles__section__names", "roles__group")

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each; never the address."""
        return [
            Column("pseudonym", label=_("Pseudonym")),
            Column("roles", label=_("Roles"), accessor=roles_of),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: row.state_now.label,
                primary=lambda row: row.state_now == InvitationState.WAITING,
            ),
            Column("invited_by", label=_("Invited by")),
            DateColumn("expires_at", label=_("Works until")),
            DoColumn("do", label=_("Actions"), accessor="pk"),
        ]


def roles_of(row: Invitation) -> str:
    """In words."""
    return "; ".join(full_name_of(role) for role in row.roles.all())


class InviteView(PeopleView):
    """The form."""

    header_icon = "mail"
    template_name = "accounts/admin/invite.html"

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Invite somebody")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Empty, in the language the admin is in."""
        return self.show(form=InviteForm(by=self.me, initial={"language": self.language}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it, or say at its field what is wrong."""
        form = InviteForm(request.POST, by=self.me)
        if not form.is_valid():
            return self.show(form=form)
        data = form.cleaned_data
        try:
            invitations.invite(
                by=self.me,
                pseudonym=data["pseudonym"],
                email=data["email"],
                language=data["language"],
                roles=form.chosen(),
            )
        except RefusedError as error:
            form.add_error("roles", str(error))
            return self.show(form=form)
        said = _("“%(pseudonym)s” is invited; the letter is on its way.")
        messages.success(request, said % {"pseudonym": data["pseudonym"]})
        return redirect("people:invitations")

    @property
    def language(self) -> str:
        """That of the only section of a focal point, else of the admin."""
        return getattr(self.request, "LANGUAGE_CODE", "en")


class _DoView(PeopleView):
    """POST does something with an invitation; GET leads back to the list."""

    do: Callable[..., None]
    done: Any = ""

    def get(self, request: HttpRequest, invitation_id: int) -> HttpResponse:
        """Nothing is done by following a link."""
        return redirect("people:invitations")

    def post(self, request: HttpRequest, invitation_id: int) -> HttpResponse:
        """Do it, or say why not."""
        row = get_object_or_404(invitations_seen(self.me), pk=invitation_id)
        try:
            type(self).do(invitation=row, by=self.me)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.done % {"pseudonym": row.pseudonym})
        return redirect(reverse("people:invitations"))


class WithdrawView(_DoView):
    """The link is void."""

    do = staticmethod(invitations.withdraw)
    done = gettext_lazy("The invitation of “%(pseudonym)s” is withdrawn.")


class SendAgainView(_DoView):
    """Another link; the one before is void."""

    do = staticmethod(invitations.send_again)
    done = gettext_lazy("“%(pseudonym)s” gets another letter; the link before is void.")
