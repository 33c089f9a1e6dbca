"""A page of text."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coalition.core.models import CoalitionPage
from search.domain.queries import pictured, related


class StandardPage(CoalitionPage):
    """A page of text: about us, a guide, a notice."""

    interchange_type = "standard"
    page_description = _("A page of text: a guide, a notice, about us.")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What else there is to read."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **pictured(related=related(self))}
