"""A page of text."""

from django.utils.translation import gettext_lazy as _

from coalition.core.models import CoalitionPage


class StandardPage(CoalitionPage):
    """A page of text: about us, a guide, a notice."""

    interchange_type = "standard"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
