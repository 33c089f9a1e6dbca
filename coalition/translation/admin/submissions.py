"""Submitting pages for translation: what is wanted, what it would make, how far it has come."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from coalition.accounts.models import User
from coalition.sections.archive import archived_section_of, refusal
from coalition.sections.isolation import publicly_known, within_reach
from coalition.sections.models import section_of
from coalition.sections.queries import is_secretariat
from coalition.translation.admin.base import TranslationView, language_name
from coalition.translation.domain.submitting import submit
from coalition.translation.models import Submission, SubmittedPage
from coalition.translation.models.submission import PageStatus
from coalition.translation.people import sections_kept_by, translators
from coalition.translation.planning import Plan, languages_for, plan
from coalition.translation.queries import may_translate

THIS, BELOW = "this", "below"
PREVIEW, CONFIRM, CHANGE = "preview", "confirm", "change"
SHOWN = 100
REFRESH_SECONDS = 3


class SubmitForm(forms.Form):
    """How much, into which languages, for whom, until when."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What to submit"),
        choices=[
            (THIS, gettext_lazy("This page")),
            (BELOW, gettext_lazy("This page and everything below")),
        ],
        initial=THIS,
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    assignee = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def below(self) -> bool:
        """Whether pages below are meant too."""
        return bool(self.cleaned_data["scope"] == BELOW)


class SubmitView(TranslationView):
    """GET gives the form. POST previews it, goes back to it, or submits."""

    template_name = "translation/submit.html"

    def get_page_title(self) -> str:
        """Which page."""
        return _("Submit for translation: %(page)s") % {"page": self.page.title}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Back to the page, with the reason, where nothing can be submitted. Raises Http404."""
        self.page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"])
        if not may_translate(self.page, self.user):
            raise PermissionDenied
        if reason := self.impossible():
            messages.error(request, reason)
            return redirect("wagtailadmin_explore", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def impossible(self) -> str:
        """Why nothing of this page or below it can be submitted; empty if it can."""
        if archived := archived_section_of(self.page):
            return refusal(archived)
        if not self.codes:
            return _(
                "You may not add pages in another language here. Ask a focal point of the "
                "section to submit it."
            )
        if not any(found.total for found in self.plans[BELOW]):
            return _(
                "There is nothing public here to translate. Pages can be submitted once they "
                "have been published in the language they were written in."
            )
        return ""

    @cached_property
    def codes(self) -> list[str]:
        """The languages that can be chosen."""
        return languages_for(self.page, self.user)

    @cached_property
    def plans(self) -> dict[str, list[Plan]]:
        """For each scope what it would make in each language."""
        return {
            scope: plan([self.page], below=scope == BELOW, languages=self.codes, user=self.user)
            for scope in (THIS, BELOW)
        }

    @cached_property
    def people(self) -> dict[str, User]:
        """To whom it can be given; id -> person."""
        section = section_of(self.page)
        found = translators(self.codes, [section] if section else [], self.user)
        return {str(person.pk): person for person in found}

    def make_form(self, data: Any = None) -> SubmitForm:
        """With the languages and people that can be chosen."""
        form = SubmitForm(data)
        asked = [found for found in self.plans[BELOW] if found.total]
        languages = [(found.language, _how_many(found)) for found in asked]
        people = [(pk, get_user_display_name(person)) for pk, person in self.people.items()]
        cast(forms.ChoiceField, form.fields["languages"]).choices = languages
        cast(forms.ChoiceField, form.fields["assignee"]).choices = [("", _("Nobody")), *people]
        return form

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it is."""
        return self.show(form=self.make_form(), page=self.page)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Nothing is written but by CONFIRM."""
        form, action = self.make_form(request.POST), request.POST.get("action", PREVIEW)
        if action == CHANGE or not form.is_valid():
            return self.show(form=form, page=self.page)
        chosen = form.cleaned_data["languages"]
        plans = [p for p in self.plans[form.cleaned_data["scope"]] if p.language in chosen]
        if not any(found.total for found in plans):
            form.add_error("scope", _("This page itself cannot be submitted in that language."))
            return self.show(form=form, page=self.page)
        if action != CONFIRM:
            return self.preview(form, plans)
        submission = submit(
            pages=[self.page],
            below=form.below,
            languages=chosen,
            user=self.user,
            assignee=self.people.get(form.cleaned_data["assignee"]),
            due_on=form.cleaned_data["due_on"],
        )
        return redirect("translation_submission", submission.pk)

    def preview(self, form: SubmitForm, plans: list[Plan]) -> HttpResponse:
        """What would be made, and what was typed as hidden fields."""
        self.template_name = "translation/submit_preview.html"
        typed = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name in form.fields
            for value in values
        ]
        return self.show(
            page=self.page,
            typed=typed,
            plans=[(language_name(found.language), found) for found in plans],
            any_made=any(found.made for found in plans),
            shown=SHOWN,
        )


def _how_many(found: Plan) -> str:
    """The language, with how many pages there are and how many of them exist in it."""
    text = ngettext(
        "%(language)s: %(total)d page, %(there)d there already",
        "%(language)s: %(total)d pages, %(there)d there already",
        found.total,
    )
    name = language_name(found.language)
    return text % {"language": name, "total": found.total, "there": len(found.there)}


def submissions_for(user: User) -> QuerySet[Submission]:
    """One's own, those of the sections one keeps, for the secretariat all."""
    found = Submission.objects.select_related("requested_by")
    if is_secretariat(user):
        return found
    return found.filter(Q(requested_by=user) | Q(section__in=sections_kept_by(user)))


def pages_known_to(user: User, ids: set[int]) -> dict[int, Page]:
    """Those of these pages that may be named: a page may have been taken back since."""
    known = Q(pk__in=publicly_known().values("pk")) | within_reach(user)
    pages: dict[int, Page] = Page.objects.filter(known).select_related("locale").in_bulk(ids)
    return pages


class SubmissionsView(TranslationView):
    """The list, newest first."""

    template_name = "translation/submissions.html"
    page_title = gettext_lazy("Submitted for translation")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What one may see of it."""
        counted = submissions_for(self.user).annotate(
            total=Count("pages"),
            waiting=Count("pages", filter=Q(pages__status=PageStatus.WAITING)),
            failed=Count("pages", filter=Q(pages__status=PageStatus.FAILED)),
        )
        context = self.paged(counted.order_by("-pk"))
        rows = list(context["part"].object_list)
        roots = pages_known_to(self.user, {row.root_id for row in rows if row.root_id})
        names = [[language_name(code) for code in row.languages] for row in rows]
        context["rows"] = [
            (row, roots.get(row.root_id), ", ".join(languages))
            for row, languages in zip(rows, names, strict=True)
        ]
        return self.show(**context)


class SubmissionView(TranslationView):
    """How far one has come, page by page; it looks again by itself while it goes on."""

    template_name = "translation/submission.html"
    page_title = gettext_lazy("Submitted for translation")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Raises Http404 for what one may not see."""
        found = submissions_for(self.user).select_related("assignee")
        submission = get_object_or_404(found, pk=kwargs["submission_id"])
        counted = dict(submission.pages.order_by().values_list("status").annotate(Count("pk")))
        wanted = request.GET.get("status", "")
        rows = SubmittedPage.objects.filter(submission=submission).order_by("order")
        if wanted in PageStatus.values:
            rows = rows.filter(status=wanted)
        context = self.paged(rows, 50)
        part = list(context["part"].object_list)
        pages = pages_known_to(self.user, {row.page_id for row in part})
        total, waiting = sum(counted.values()), counted.get(PageStatus.WAITING, 0)
        response = self.show(
            submission=submission,
            rows=[(row, pages.get(row.page_id), language_name(row.language)) for row in part],
            total=total,
            done=total - waiting,
            statuses=[(s.value, s.label, counted.get(s.value, 0)) for s in PageStatus],
            wanted=wanted,
            **context,
        )
        if submission.finished_at is None:
            response.headers["Refresh"] = str(REFRESH_SECONDS)
        return response
