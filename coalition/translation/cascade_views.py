"""“And its translations?”: a page after what was done; works without script, in every route."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.core import languages
from coalition.translation.cascade import DELETE, MOVE, UNPUBLISH, Done, LeftAlone, follow, offers

SESSION = "cascade"
HEADINGS = {
    MOVE: gettext_lazy("Move the translations too?"),
    UNPUBLISH: gettext_lazy("Unpublish the translations too?"),
    DELETE: gettext_lazy("Delete the translations too?"),
}
BUTTONS = {
    MOVE: gettext_lazy("Move the chosen ones"),
    UNPUBLISH: gettext_lazy("Unpublish the chosen ones"),
    DELETE: gettext_lazy("Delete the chosen ones"),
}
DONE = {
    MOVE: gettext_lazy("Moved in: %(languages)s."),
    UNPUBLISH: gettext_lazy("Unpublished in: %(languages)s."),
    DELETE: gettext_lazy("Deleted in: %(languages)s."),
}


@require_http_methods(["GET", "POST"])
def cascade(request: HttpRequest, token: str) -> HttpResponse:
    """The translations, language by language; POST does it to the chosen ones."""
    waiting = request.session.get(SESSION, {})
    if token not in waiting:
        messages.warning(
            request,
            _("This was answered already, or too long ago. Change the translations one by one."),
        )
        return redirect("wagtailadmin_home")
    done = Done(**waiting[token])
    user = cast(User, request.user)
    found = offers(done, user)
    form = _form(request, list(found.pages))
    if form.is_valid():
        tell_left_alone(request, found.left)
        chosen = form.cleaned_data["languages"]
        _tell_outcome(request, done, follow(done, chosen, user))
        request.session[SESSION] = {key: rest for key, rest in waiting.items() if key != token}
        return redirect(done.next or "wagtailadmin_home")
    context = {
        "form": form,
        "heading": HEADINGS[done.action],
        "button": BUTTONS[done.action],
        "rows": [
            {
                "code": code,
                "name": _language(code),
                "pages": [{"page": page, "below": _below(done, page)} for page in pages],
            }
            for code, pages in found.pages.items()
        ],
        "left": [_named(left) for left in found.left],
        "next": done.next,
    }
    return TemplateResponse(request, "translation/cascade.html", context)


def _form(request: HttpRequest, codes: list[str]) -> forms.Form:
    form = forms.Form(request.POST if request.method == "POST" else None)
    form.fields["languages"] = forms.MultipleChoiceField(
        choices=[(code, code) for code in codes],
        error_messages={
            "required": _("Choose a language, or leave the translations as they are."),
            "invalid_choice": _("In one of these languages there is nothing to do any more."),
        },
    )
    return form


def _below(done: Done, page: Page) -> int:
    """How many pages go with it."""
    if done.action == UNPUBLISH:
        return page.get_descendants().live().count() if done.below else 0
    return int(page.get_descendant_count())


def _language(code: str) -> str:
    return languages.language_name(code, get_language() or "en")


def _named(left: LeftAlone) -> str:
    return _("“%(title)s” (%(language)s) stays as it is: %(reason)s") % {
        "title": left.page.get_admin_display_title(),
        "language": _language(left.page.locale.language_code),
        "reason": left.reason,
    }


def tell_left_alone(request: HttpRequest, left: Iterable[LeftAlone]) -> None:
    """A message for each translation that stays as it is."""
    for each in left:
        messages.warning(request, _named(each))


def _tell_outcome(request: HttpRequest, done: Done, outcome: dict[str, str]) -> None:
    """In which languages it was done, and in which it was not, with the reason."""
    names = [_language(code) for code, problem in outcome.items() if not problem]
    if names:
        messages.success(request, DONE[done.action] % {"languages": ", ".join(names)})
    for code, problem in outcome.items():
        if problem:
            messages.error(
                request,
                _("Nothing was done in %(language)s: %(reason)s")
                % {"language": _language(code), "reason": problem},
            )
