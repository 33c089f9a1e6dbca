"""What is written when somebody decides in Wagtail's own dialogues."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """A comment. Whether one is needed is told by the decision itself, in words."""

    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )
