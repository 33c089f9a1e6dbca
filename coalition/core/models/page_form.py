"""The editor's forms of all pages."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from coalition.plugins.blocks import count_of_off
from coalition.sections.models import section_of
from coalition.sections.references import fields_with_unknown, references_of

from . import slugs

NOT_ON = _(
    "The plugin that brings “%(block)s” is switched off here. What was there stays, but no more "
    "of it can be added."
)


class CoalitionPageForm(WagtailAdminPageForm):
    """The slug may be left empty; where it follows another page it cannot be changed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What others have put there may stay; what is put there now has to be known.
        self.had = references_of(self.instance) if self.is_bound else set()
        self.off = count_of_off(self.instance) if self.is_bound else Counter()
        field = self.fields.get("slug")
        if field is None:
            return
        field.required = False
        if self.instance.pk and slugs.is_fixed(self.instance):
            field.disabled = True
            field.help_text = _("The same in every language: it follows the original page.")

    def clean(self) -> dict[str, Any]:
        """Refuse a slug that is taken; where none was given, the page makes one when saved."""
        data: dict[str, Any] = super().clean()
        if "slug" not in data or self.fields["slug"].disabled:
            return data
        data["slug"] = slug = slugs.ascii_slug(data["slug"]) or self.instance.slug
        if slug and (
            other := slugs.taken_by(self.parent_page, slug, self.instance.translation_key)
        ):
            self.add_error("slug", slugs.taken(other))
        return data

    def _post_clean(self) -> None:
        if self.instance.pk is None and not self.instance.is_section_root:
            # As it will be saved: rules may differ from section to section.
            self.instance.section = section_of(self.parent_page)
        super()._post_clean()
        if not self.is_deferred_validation:
            for name, problem in self.instance.lacking().items():
                self.add_error(name if name in self.fields else None, problem)
        for field, block in sorted(count_of_off(self.instance) - self.off):
            self.add_error(field if field in self.fields else None, NOT_ON % {"block": block})
        if self.for_user is None:
            return
        new = references_of(self.instance) - self.had
        for name in fields_with_unknown(self.for_user, new):
            self.add_error(
                name if name in self.fields else None,
                _(
                    "This names a page, picture or document that is not open to you. Choose "
                    "another one; the rest of your text is kept."
                ),
            )


class CoalitionCopyForm(CopyForm):
    """A copy is a page of its own: its slug is free in every language."""

    def clean(self) -> dict[str, Any]:
        """Refuse a slug that is taken."""
        data: dict[str, Any] = super().clean()
        slug, parent = data.get("new_slug"), data.get("new_parent_page")
        if slug and parent and (other := slugs.taken_by(parent, slug, None)):
            self.add_error("new_slug", slugs.taken(other))
        return data
