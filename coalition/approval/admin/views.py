"""What the pages of approval share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.core.publishing import PublishingRefusedError


class ApprovalView(WagtailAdminTemplateMixin, View):
    """A page of the admin below “Waiting for me”."""

    header_icon = "circle-check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("approval:index"), "label": _("Waiting for me")},
            {"url": "", "label": self.get_page_title()},
        ]


def tell(request: HttpRequest, error: PublishingRefusedError) -> None:
    """Why something was not done."""
    for words in error.messages:
        messages.error(request, words)
