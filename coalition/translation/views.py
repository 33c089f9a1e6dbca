"""The plain way to start a translation."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from coalition.core import languages
from coalition.translation.domain import languages_to_translate_into, start_translation


class LanguageForm(forms.Form):
    """Which language to translate into."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect)

    def __init__(self, *args: object, codes: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, languages.autonym(code)) for code in codes]


def translate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose a language; POST makes the draft and opens it in the editor."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    codes = languages_to_translate_into(page, request.user)
    form = LanguageForm(request.POST or None, codes=codes)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["language"]
        draft = start_translation(page, code, request.user)
        messages.success(
            request,
            _("A draft in %(language)s has been made. Translate it here.")
            % {"language": languages.autonym(code)},
        )
        return redirect("wagtailadmin_pages:edit", draft.pk)
    return TemplateResponse(
        request, "translation/translate.html", {"page": page, "form": form, "codes": codes}
    )
