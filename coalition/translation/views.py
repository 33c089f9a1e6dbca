"""The plain way to start a translation: of a page, or in the place that lacks it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core import languages
from coalition.core.queries import original_of
from coalition.translation.domain.starting import TranslationRefusedError, start_translation
from coalition.translation.queries import languages_without, may_translate, pages_without


def translate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose a language for this page, or a page for this place; POST makes the draft."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id)
    user = cast(User, request.user)
    rights = page.permissions_for_user(user)
    if not rights.can_edit() and not rights.can_add_subpage():
        raise PermissionDenied
    codes = languages_without(page, user) if rights.can_edit() else []
    pages = {str(found.pk): found for found in pages_without(page, user)}
    into = _form(request, "language", [(code, languages.autonym(code)) for code in codes])
    here = _form(request, "source", [(pk, _name(found)) for pk, found in pages.items()])
    if into.is_valid():
        return _start(request, page, into.cleaned_data["language"], user)
    if here.is_valid():
        source = pages[here.cleaned_data["source"]]
        return _start(request, source, page.locale.language_code, user)
    context = {"page": page, "into": into if codes else None, "here": here if pages else None}
    return TemplateResponse(request, "translation/translate.html", context)


def _form(request: HttpRequest, name: str, choices: list[tuple[str, str]]) -> forms.Form:
    """A form of one choice, bound if that is what was posted."""
    form = forms.Form(request.POST if name in request.POST else None)
    label = {"language": _("Language"), "source": _("Page")}[name]
    form.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    return form


def _name(page: Page) -> str:
    return f"{page.title} ({languages.autonym(page.locale.language_code)})"


def _start(request: HttpRequest, source: Page, code: str, user: User) -> HttpResponse:
    try:
        draft = start_translation(source=source, language=code, user=user)
    except TranslationRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_home")
    messages.success(
        request,
        _("A draft in %(language)s has been made. Translate it here.")
        % {"language": languages.autonym(code)},
    )
    original = original_of(draft)
    if original and original.live and may_translate(original, user):
        return redirect("translation_edit", draft.pk)
    return redirect("wagtailadmin_pages:edit", draft.pk)
