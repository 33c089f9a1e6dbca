"""Forms in which the secretariat opens a section and changes one."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth.models import AbstractUser
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.plugins import registry
from coalition.sections.models import Approval, Section, SectionKind
from countries.domain.provision import Provisioned, ProvisioningError, provision_section

NAME_LENGTH = 200


class LanguagesForm(forms.Form):
    """A place and a name for every language of the network; a place is what makes it used.

    Without script an order is asked for most plainly by numbers.
    """

    # Carries what is wrong with the languages as a whole; nothing is typed into it.
    languages = forms.CharField(required=False)
    approval = forms.ChoiceField(
        label=gettext_lazy("Who approves"),
        choices=Approval.choices,
        initial=Approval.SECRETARIAT,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Pages go public after the last approval. A section that approves alone publishes "
            "without the secretariat."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        for code in languages.codes():
            language = languages.language_name(code, reader)
            self.fields[f"place_{code}"] = forms.IntegerField(
                label=language, required=False, min_value=1, max_value=99
            )
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in this language: %(language)s") % {"language": language},
                required=False,
                max_length=NAME_LENGTH,
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of each language, in the order of the settings."""
        for code in languages.codes():
            yield self[f"place_{code}"], self[f"name_{code}"]

    def clean(self) -> dict[str, Any]:
        """Two languages cannot have the same place."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[int, str] = {}
        for code in languages.codes():
            place = data.get(f"place_{code}")
            if place is None:
                continue
            if place in taken:
                self.add_error(
                    f"place_{code}", _("Another language has this number. Give each its own.")
                )
            taken[place] = code
        return data

    def in_order(self) -> list[str]:
        """The languages that have a place, by it."""
        places = {code: self.cleaned_data.get(f"place_{code}") for code in languages.codes()}
        return [code for _place, code in sorted((p, code) for code, p in places.items() if p)]

    def names(self) -> dict[str, str]:
        """What was typed as names; nothing was where the field is empty."""
        return {code: self.cleaned_data[f"name_{code}"] for code in languages.codes()}

    def request(self) -> dict[str, Any]:
        """What is asked of `provision_section`."""
        return {
            "languages_used": self.in_order(),
            "approval": self.cleaned_data["approval"],
            "names": self.names(),
        }

    def provision(self, *, user: AbstractUser, dry_run: bool) -> Provisioned | None:
        """Do it, or say what would be done; None when that is refused, with the error at its field.

        The form has to be valid.
        """
        try:
            return provision_section(**self.request(), user=user, dry_run=dry_run)
        except ProvisioningError as error:
            self.add_error(self._field_of(error), str(error))
            return None

    def _field_of(self, error: ProvisioningError) -> str | None:
        return error.field if error.field in self.fields else None


class OpenSectionForm(LanguagesForm):
    """A new section."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=SectionKind.choices,
        initial=SectionKind.COUNTRY,
        widget=forms.RadioSelect,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Code of the network"),
        required=False,
        max_length=50,
        help_text=gettext_lazy(
            "For a thematic network: lower-case letters, digits and hyphens, such as "
            "digital-rights. It cannot be changed later."
        ),
    )
    slug = forms.CharField(
        label=gettext_lazy("Slug"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "Its part of the address, the same in every language. Leave it empty to use the "
            "country's English name or the network's code. It cannot be changed later."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        names = [(code, languages.country_name(code, reader)) for code in languages.country_codes()]
        cast(forms.ChoiceField, self.fields["country"]).choices = [
            ("", _("Choose a country")),
            *sorted(names, key=lambda choice: choice[1].casefold()),
        ]
        if installed := registry.installed():
            self.fields["plugins"] = forms.MultipleChoiceField(
                label=_("Plugins to switch on in the section"),
                choices=[(slug, plugin.verbose_name) for slug, plugin in installed.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("The others are there where they are on for the whole network."),
            )

    @property
    def field_of_code(self) -> str:
        """Where the code was asked for: a country is chosen, a network's code is typed."""
        return "country" if self.cleaned_data.get("kind") == SectionKind.COUNTRY else "code"

    def clean(self) -> dict[str, Any]:
        """A code, that of no section yet, and a language."""
        data = super().clean()
        where = self.field_of_code
        code = (data.get(where) or "").strip().lower()
        if where not in self.errors:
            if not code and where == "country":
                self.add_error(where, _("Choose the country."))
            elif not code:
                self.add_error(where, _("Give the network a code."))
            elif Section.objects.filter(code=code).exists():
                self.add_error(
                    where, _("This section exists already. Change it from the list of sections.")
                )
        if not any(data.get(f"place_{code}") for code in languages.codes()):
            self.add_error("languages", _("A new section needs at least one language."))
        return data

    def request(self) -> dict[str, Any]:
        """What is asked of `provision_section`."""
        data = self.cleaned_data
        return {
            **super().request(),
            "kind": data["kind"],
            "code": data[self.field_of_code],
            "slug": data["slug"],
            "names": {code: name for code, name in self.names().items() if name},
            "plugins": data.get("plugins", []),
        }

    def _field_of(self, error: ProvisioningError) -> str | None:
        return self.field_of_code if error.field == "code" else super()._field_of(error)


class ChangeSectionForm(LanguagesForm):
    """A section that is there: languages are added, never taken away or put in another order."""

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        initial = {
            "approval": section.approval,
            **{f"place_{code}": place for place, code in enumerate(section.languages, start=1)},
            **{f"name_{name.language}": name.name for name in section.names.all()},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.section = section
        for code in section.languages:
            self.fields[f"place_{code}"].disabled = True

    def request(self) -> dict[str, Any]:
        """What is asked of `provision_section`; a name that was emptied is taken away."""
        had = {name.language for name in self.section.names.all()}
        return {
            **super().request(),
            "kind": self.section.kind,
            "code": self.section.code,
            "names": {code: name for code, name in self.names().items() if name or code in had},
        }
