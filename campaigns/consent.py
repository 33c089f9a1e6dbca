"""Nobody is shown past the day until which they agreed to it: the rule, and how it is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from coalition.core.models.page_form import CoalitionPageForm
from coalition.core.publishing import PublishingRefusedError
from coalition.sections.archive_guard import TOWARDS_THE_PUBLIC

if TYPE_CHECKING:
    from campaigns.models import PersonShown


def expired_words(person: "PersonShown") -> str:
    """Whose consent ended when, and what to do."""
    return _(
        "The consent of “%(person)s” ended on %(day)s. Take this person out of the story, or ask "
        "again and enter the new date."
    ) % {"person": person.description, "day": date_format(person.consent_expires_on)}


class ConsentExpiredError(PublishingRefusedError):
    """A story cannot go public: it shows somebody who did not agree to that any more."""

    def __init__(self, people: Sequence["PersonShown"]) -> None:
        super().__init__([expired_words(person) for person in people])


class SuccessStoryForm(CoalitionPageForm):
    """Drafts may wait for a consent; what goes towards the public may not."""

    def is_valid(self) -> bool:
        """Whether the form is right, beside it the consents, where they are needed now."""
        if not super().is_valid():
            return False
        if self.data.get("workflow-action-name") == "reject":
            return True
        if not any(name in self.data for name in TOWARDS_THE_PUBLIC):
            return True
        return not self._tell_of_expired_consents()

    def _tell_of_expired_consents(self) -> bool:
        found = False
        for form in self.formsets["people"].forms:
            day = form.cleaned_data.get("consent_expires_on")
            if day and day < localdate() and not form.cleaned_data.get("DELETE"):
                form.add_error("consent_expires_on", expired_words(form.instance))
                found = True
        return found
