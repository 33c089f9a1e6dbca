"""The queue of a language: what is to be done there, and handing it out."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Locale, Page, get_page_models

from coalition.accounts.models import User
from coalition.core import languages
from coalition.core.models import CoalitionPage
from coalition.plugins.pages import is_type_on_anywhere
from coalition.translation.admin.base import TranslationView, language_name, section_name
from coalition.translation.domain.assigning import assign, set_due_date
from coalition.translation.domain.submitting import submit
from coalition.translation.people import own_language, translators
from coalition.translation.queue import ME, NETWORK, NOBODY, Filters, Kind, Queue
from coalition.translation.reach import languages_of

ASSIGN, DUE, DRAFT = "assign", "due", "draft"


def queues(request: HttpRequest) -> HttpResponse:
    """To the queue of one's own language."""
    view = QueueView()
    view.setup(request)
    code = own_language(view.user, languages_of(view.user))
    if code is None:
        raise PermissionDenied
    return redirect("translation_queue", code)


class FiltersForm(forms.Form):
    """What to show; what is not known is as if it had not been asked for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is to be done"),
        choices=[("", gettext_lazy("Everything")), *Kind.choices],
        required=False,
    )
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    assigned = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)
    overdue = forms.BooleanField(label=gettext_lazy("Overdue only"), required=False)

    def wanted(self) -> Filters:
        """Without what was not understood."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


class HandOutForm(forms.Form):
    """What to do with the rows that were chosen."""

    assignee = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class QueueView(TranslationView):
    """GET lists, POST hands out or has drafts made."""

    template_name = "translation/queue.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only languages in which somebody may add or edit pages. Raises Http404."""
        self.code = kwargs["language"]
        if not languages.is_known(self.code):
            raise Http404("There is no such language.")
        if self.code not in self.own_languages:
            raise PermissionDenied
        self.locale = Locale.objects.get(language_code=self.code)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own_languages(self) -> list[str]:
        """Those whose queues one may see."""
        return languages_of(self.user)

    @cached_property
    def all(self) -> Queue:
        """Whatever the filters say."""
        return Queue(self.locale, self.user)

    @cached_property
    def people(self) -> dict[str, User]:
        """To whom pages can be given; id -> person."""
        found = translators([self.code], self.all.sections, self.user)
        return {str(person.pk): person for person in found}

    def get_page_title(self) -> str:
        """Into which language."""
        return _("Translations: %(language)s") % {"language": language_name(self.code)}

    def filters_form(self) -> FiltersForm:
        """With what can be chosen here."""
        form = FiltersForm(self.request.GET)
        people = [(pk, get_user_display_name(p)) for pk, p in self.people.items()]
        sections = [(s.code, section_name(s)) for s in self.all.sections]
        choices = {
            "section": [(NETWORK, _("Network")), *sorted(sections, key=lambda choice: choice[1])],
            "type": page_types(),
            "assigned": [(ME, _("Me")), (NOBODY, _("Nobody")), *people],
        }
        for name, options in choices.items():
            form.fields[name].choices = [("", _("All")), *options]  # type: ignore[attr-defined]
        return form

    def hand_out_form(self, data: Any = None) -> HandOutForm:
        """With the people one may choose."""
        form = HandOutForm(data)
        people = [(pk, get_user_display_name(person)) for pk, person in self.people.items()]
        form.fields["assignee"].choices = [("", _("Nobody")), *people]  # type: ignore[attr-defined]
        return form

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The list."""
        return self.listing(self.hand_out_form())

    def listing(self, hand_out: HandOutForm) -> HttpResponse:
        """The page, with what was typed into `hand_out`."""
        form = self.filters_form()
        queue = Queue(self.locale, self.user, form.wanted())
        return self.show(
            code=self.code,
            html_lang=languages.html_lang(self.code),
            dir=languages.direction(self.code),
            form=form,
            is_filtering=form.wanted() != Filters(),
            hand_out=hand_out,
            counts=[(kind.label, queue.counts[kind]) for kind in Kind],
            others=[(code, language_name(code)) for code in self.own_languages],
            **self.paged(queue),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do with the chosen rows what the button says."""
        form = self.hand_out_form(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was changed: some fields need to be corrected."))
            return self.listing(form)
        chosen = request.POST.getlist("row")
        pages = list(self.all.existing().filter(pk__in=_ids(chosen, "page")))
        originals = list(self.all.missing().filter(pk__in=_ids(chosen, "original")))
        action = request.POST.get("action")
        if action == DRAFT and originals:
            return self.make_drafts(originals, form)
        if action == DRAFT:
            messages.warning(request, _("Choose pages that are missing to have drafts made."))
        elif action in (ASSIGN, DUE) and pages:
            self.hand_out(pages, form, action)
        elif originals:
            messages.warning(
                request,
                _(
                    "The pages that you chose do not exist yet. “Make drafts” makes them, with "
                    "the person and the date that you choose."
                ),
            )
        else:
            messages.warning(request, _("Choose at least one page."))
        return redirect(request.get_full_path())

    def make_drafts(self, originals: list[Page], form: HandOutForm) -> HttpResponse:
        """To the page that shows how far it is."""
        submission = submit(
            pages=originals,
            below=False,
            languages=[self.code],
            user=self.user,
            assignee=self.people.get(form.cleaned_data["assignee"]),
            due_on=form.cleaned_data["due_on"],
        )
        return redirect("translation_submission", submission.pk)

    def hand_out(self, pages: list[Page], form: HandOutForm, action: str) -> None:
        """Set the person or the date, and say with how many pages it was done."""
        data, user = form.cleaned_data, self.user
        if action == ASSIGN:
            refused = assign(pages=pages, assignee=self.people.get(data["assignee"]), user=user)
        else:
            refused = set_due_date(pages=pages, due_on=data["due_on"], user=user)
        if done := len(pages) - len(refused):
            text = ngettext("%(count)d page was changed.", "%(count)d pages were changed.", done)
            messages.success(self.request, text % {"count": done})
        if refused:
            text = _("Not changed, because that person may not edit it there: %(pages)s")
            titles = ", ".join(page.get_admin_display_title() for page in refused)
            messages.error(self.request, text % {"pages": titles})


def page_types() -> list[tuple[str, str]]:
    """The types that pages may have, by name; id of the content type -> name."""
    models: list[type[Page]] = [
        model
        for model in get_page_models()
        if issubclass(model, CoalitionPage) and is_type_on_anywhere(model)
    ]
    kinds = ContentType.objects.get_for_models(*models)
    names = [(str(kind.pk), str(model._meta.verbose_name)) for model, kind in kinds.items()]
    return sorted(names, key=lambda choice: choice[1].casefold())


def _ids(chosen: list[str], prefix: str) -> list[int]:
    """The ids in the names of rows that begin with `prefix`."""
    numbers = [key.removeprefix(f"{prefix}-") for key in chosen if key.startswith(f"{prefix}-")]
    # Longer ones are none that a database knows.
    return [int(pk) for pk in numbers if pk.isdecimal() and len(pk) < 19]
