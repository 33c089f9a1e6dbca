"""The admin's part of accounts."""

from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel

from coalition.accounts.admin.stock import shut_bulk_actions
from coalition.accounts.admin.viewset import PeopleViewSet


@hooks.register("register_admin_viewset")
def people() -> PeopleViewSet:
    """“People”, for the secretariat and focal points."""
    return PeopleViewSet()


# Nobody is asked for a real name: Wagtail's page of one's own account would.
NameEmailSettingsPanel.is_active = lambda panel: False
shut_bulk_actions()
