"""“Take down now”: what it would reach, a reason, a confirmation. No script, one request."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core import languages
from coalition.sections.archive import section_at
from countries.domain.takedown import NothingToTakeDownError, take_down
from countries.domain.taken_down import covered, may_take_down, taken_down_at


class TakedownForm(forms.Form):
    """Why, how much, and that it is meant."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The secretariat reads it; it is kept. Name nobody who could be harmed by it."
        ),
    )
    below = forms.BooleanField(
        label=gettext_lazy("Everything below this page too, in all languages"), required=False
    )
    confirm = forms.BooleanField(
        label=gettext_lazy("Yes, take it down now"),
        error_messages={"required": gettext_lazy("Tick this to say that you mean it.")},
    )


@require_http_methods(["GET", "POST"])
def takedown(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form; POST takes down and leads back to where the page stands."""
    page = get_object_or_404(Page, pk=page_id)
    user = cast(User, request.user)
    if not may_take_down(page, user):
        raise PermissionDenied
    form = TakedownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        below, reason = form.cleaned_data["below"], form.cleaned_data["reason"]
        try:
            done = take_down(page=page, below=below, reason=reason, user=user)
        except NothingToTakeDownError as error:
            messages.error(request, str(error))
        else:
            _tell(request, done.pages.count())
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    context = {"page": page, "form": form, **_reach(page)}
    return TemplateResponse(request, "countries/admin/takedown.html", context)


def _reach(page: Page) -> dict[str, Any]:
    """How many pages are public: the page's own languages, and what is below."""
    section = section_at(page)
    own = covered(page, below=False, section=section).filter(live=True)
    codes = sorted(set(own.values_list("locale__language_code", flat=True)))
    everything = covered(page, below=True, section=section).filter(live=True).count()
    reader = get_language() or "en"
    return {
        "languages": [languages.language_name(code, reader) for code in codes],
        "number_below": everything - own.count(),
    }


def _tell(request: HttpRequest, number: int) -> None:
    text = ngettext(
        "%(count)d page was taken down. The secretariat has been told.",
        "%(count)d pages were taken down. The secretariat has been told.",
        number,
    )
    messages.success(request, text % {"count": number})


def warn_editor(request: HttpRequest, page: Page) -> None:
    """Above the editor of a page that is down: since when, and what would make it public again."""
    # Parts of the editor that are fetched after an automatic save come without a page.
    if request.method != "GET" or page.live or "_w_hydrate_create_view" in request.GET:
        return
    if since := taken_down_at(page):
        messages.warning(
            request,
            _(
                "Taken down in an emergency (%(date)s). Readers see this page again when it has "
                "been submitted and approved, or when the secretariat brings it back."
            )
            % {"date": shown(since)},
        )


def shown(moment: datetime) -> str:
    """Date and time as the reader writes them."""
    return date_format(localtime(moment), "DATETIME_FORMAT")
