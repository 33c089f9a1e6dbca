"""What can be set for the network and for each section."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ResourcesSettings(forms.Form):
    """How repositories look, and what is asked of resources."""

    page_size = forms.IntegerField(
        label=_("Resources on one page"),
        min_value=5,
        max_value=100,
        initial=20,
        help_text=_("Fewer are read better on phones on thin lines."),
    )
    licence_required = forms.BooleanField(
        label=_("Publish no resource without a licence"), required=False
    )
