"""Forms in which roles are given."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from coalition.accounts.admin.base import name_of, place_of
from coalition.accounts.models import User
from coalition.accounts.queries import roles_to_give
from coalition.core import languages
from coalition.sections.models import SectionGroup


class RolesForm(forms.Form):
    """Roles, of which several may be held at once: those that `by` may give."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(role.pk): role for role in roles_to_give(by)}
        choices = [(pk, name_of(role)) for pk, role in self.offered.items()]
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = choices

    def places(self) -> Iterator[tuple[str, bool, list[dict[str, Any]]]]:
        """Name of each section, whether its list is open, and the roles to tick there."""
        ticked = {str(value) for value in self["roles"].value() or []}
        groups = groupby(self.offered.values(), key=lambda role: role.section_id)
        sections = [list(roles) for _section, roles in groups]
        for roles in sections:
            boxes = [
                {"value": role.pk, "label": name_of(role), "on": str(role.pk) in ticked}
                for role in roles
            ]
            shown = len(sections) == 1 or any(box["on"] for box in boxes)
            yield place_of(roles[0]), shown, boxes

    def chosen(self) -> list[SectionGroup]:
        """The roles ticked; the form has to be valid."""
        return [self.offered[pk] for pk in self.cleaned_data["roles"]]


class InviteForm(RolesForm):
    """Whom to invite, in which language, to what."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonym"),
        max_length=150,
        help_text=gettext_lazy(
            "What you call the person here until they choose a user name. Never their real name."
        ),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "The invitation is sent there. The site forgets it once the invitation was used or has "
            "expired, unless the person chooses otherwise."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"))

    field_order = ["pseudonym", "email", "language", "roles"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["language"]).choices = languages.choices()
        roles = cast(forms.MultipleChoiceField, self.fields["roles"])
        roles.required = True
        roles.error_messages["required"] = gettext_lazy("Tick at least one role.")
