"""Addresses and menu of people in the admin."""

from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from coalition.accounts.queries import keeps_people

from .invitations import InvitationsView, InviteView, SendAgainView, WithdrawView
from .people import PeopleListView
from .person import HandOverView, OpenRecoveryView, PersonView, RevokeView
from .recoveries import RecoveriesView, RecoveryView


class PeopleMenuItem(MenuItem):
    """Nobody else's menu has it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For the secretariat and focal points."""
        return keeps_people(request.user)


class PeopleViewSet(ViewSet):
    """Everything that is done with people."""

    name = "people"
    icon = "group"
    menu_label = gettext_lazy("People")
    menu_name = "people"
    menu_order = 240
    add_to_admin_menu = True
    menu_item_class = PeopleMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """A person is called by their number, which tells nothing."""
        again, withdraw = SendAgainView.as_view(), WithdrawView.as_view()
        lost_results = RecoveriesView.as_view(results_only=True)
        results = InvitationsView.as_view(results_only=True)
        return [
            path("", PeopleListView.as_view(), name="index"),
            path("results/", PeopleListView.as_view(results_only=True), name="index_results"),
            path("<int:user_id>/", PersonView.as_view(), name="person"),
            path("<int:user_id>/revoke/", RevokeView.as_view(), name="revoke"),
            path("<int:user_id>/lost-phone/", OpenRecoveryView.as_view(), name="open_recovery"),
            path("hand-over/<slug:code>/", HandOverView.as_view(), name="hand_over"),
            path("lost-phones/", RecoveriesView.as_view(), name="recoveries"),
            path("lost-phones/results/", lost_results, name="recoveries_results"),
            path("lost-phones/<int:recovery_id>/", RecoveryView.as_view(), name="recovery"),
            path("invitations/", InvitationsView.as_view(), name="invitations"),
            path("invitations/results/", results, name="invitations_results"),
            path("invitations/new/", InviteView.as_view(), name="invite"),
            path("invitations/<int:invitation_id>/again/", again, name="invitation_again"),
            path("invitations/<int:invitation_id>/withdraw/", withdraw, name="invitation_withdraw"),
        ]
