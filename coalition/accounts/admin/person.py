"""One person: what they do, giving and taking roles, ending their access, handing over."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from coalition.accounts.admin.base import PeopleView, full_name_of
from coalition.accounts.admin.forms import RolesForm
from coalition.accounts.domain import access, recovery, roles
from coalition.accounts.domain.hand_over import hand_over
from coalition.accounts.domain.refusal import RefusedError
from coalition.accounts.models import User
from coalition.accounts.queries import focal_points, people_seen, roles_seen, roles_to_give
from coalition.sections.models import Section, SectionStatus
from coalition.sections.queries import is_secretariat


class OfPersonView(PeopleView):
    """About somebody whom the user may see; everybody else is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 for people of other sections."""
        self.person_id = kwargs["user_id"]
        return super().dispatch(request, *args, **kwargs)

    def person(self) -> User:
        """Raises Http404."""
        return get_object_or_404(people_seen(self.me), pk=self.person_id)

    def refused(self, error: RefusedError) -> HttpResponse:
        """Back to the person, with why nothing was done."""
        messages.error(self.request, str(error))
        return redirect("people:person", self.person_id)

    def get_page_title(self) -> str:
        """Their pseudonym."""
        return self.person().username


class PersonView(OfPersonView):
    """Roles that may be given are boxes to tick; the others are told."""

    template_name = "accounts/admin/person.html"

    def get(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """As it is."""
        person = self.person()
        held = roles_to_give(self.me).filter(group__user=person)
        form = RolesForm(by=self.me, initial={"roles": [role.pk for role in held]})
        return self.page(person, form)

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Give what is ticked, take what is not."""
        person, form = self.person(), RolesForm(request.POST, by=self.me)
        if not form.is_valid():
            return self.page(person, form)
        try:
            given, taken = roles.set_roles(user=person, roles=form.chosen(), by=self.me)
        except RefusedError as error:
            return self.refused(error)
        said = _("Roles given: %(given)d, taken: %(taken)d.") % {"given": given, "taken": taken}
        messages.success(request, said)
        if people_seen(self.me).filter(pk=person.pk).exists():
            return redirect("people:person", person.pk)
        return redirect("people:index")

    def page(self, person: User, form: RolesForm) -> HttpResponse:
        """What is known of them, as far as the user may know."""
        held = roles_seen(self.me).filter(group__user=person)
        return self.show(
            person=person,
            form=form,
            roles=[full_name_of(role) for role in held],
            full=is_secretariat(self.me),
            myself=person.pk == self.me.pk,
        )


class RevokeView(OfPersonView):
    """Says what will happen, then does it."""

    secretariat_only = True
    template_name = "accounts/admin/revoke.html"

    def get(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """What will happen."""
        return self.show(person=self.person())

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """At once."""
        person = self.person()
        try:
            access.revoke(user=person, by=self.me)
        except RefusedError as error:
            return self.refused(error)
        said = _("The access of “%(name)s” is revoked and their sessions have ended.")
        messages.success(request, said % {"name": person.username})
        return redirect("people:index")


class OpenRecoveryView(OfPersonView):
    """Somebody told the secretariat that they lost their phone."""

    secretariat_only = True

    def get(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Nothing is done by following a link."""
        return redirect("people:person", user_id)

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Ask for them; the confirmations are still to be given."""
        try:
            asked = recovery.ask(user=self.person(), by=self.me)
        except RefusedError as error:
            return self.refused(error)
        return redirect("people:recovery", asked.pk)


class PeopleChoice(forms.ModelMultipleChoiceField[User]):
    """People by their pseudonyms."""

    def label_from_instance(self, user: Any) -> str:
        """Nothing else."""
        return str(user.username)


class HandOverForm(forms.Form):
    """The focal points that the section is to have."""

    to = PeopleChoice(
        label=gettext_lazy("New focal points"),
        queryset=User.objects.filter(is_active=True).order_by("username"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one person.")},
    )


class HandOverView(PeopleView):
    """A section gets other focal points, and the first of them what the old ones left."""

    secretariat_only = True
    template_name = "accounts/admin/hand_over.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 for a section that is not there or archived."""
        open_sections = Section.objects.filter(status=SectionStatus.OPEN)
        self.section = get_object_or_404(open_sections, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Which section."""
        name = self.section.name_in(get_language() or "en")
        return _("Hand over: %(section)s") % {"section": name}

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Those who are focal points now are not ticked: handing over begins afresh."""
        return self.page(HandOverForm())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """All of it at once."""
        form = HandOverForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            passed = hand_over(section=self.section, to=list(form.cleaned_data["to"]), by=self.me)
        except RefusedError as error:
            form.add_error("to", str(error))
            return self.page(form)
        said = _(
            "The section is handed over. Pages owned: %(owned)d, locked: %(locked)d, submitted: "
            "%(submitted)d passed on."
        )
        messages.success(request, said % passed)
        return redirect("people:index")

    def page(self, form: HandOverForm) -> HttpResponse:
        """With those who leave unless they are ticked."""
        now = [user.username for user in focal_points(self.section.pk)]
        return self.show(form=form, now=now)
