from django import forms


class SettingsForm(forms.Form):
    greeting = forms.CharField(max_length=20)
