from django import forms

from .raising import fail


class SettingsForm(forms.Form):
    greeting = forms.CharField(max_length=20)

    def clean(self):
        fail()
