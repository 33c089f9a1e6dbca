"""The admin's part of campaigns: histories say what `tick` did, its home what it will do."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from campaigns.dashboard import EndingConsents
from campaigns.domain.consent import TAKEN_DOWN


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of a story."""
    actions.register_action(
        TAKEN_DOWN, _("Consent ended"), _("Taken down because a consent has ended")
    )


@hooks.register("construct_homepage_panels")
def ending_consents(request: HttpRequest, panels: list[Any]) -> None:
    """Stories that are taken down soon."""
    panels.append(EndingConsents())
