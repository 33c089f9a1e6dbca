"""What the admin's home says of stories."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Min, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import SuccessStoryPage
from coalition.core.dashboard import SOON, PagePanel, on_day
from coalition.sections.isolation import in_charge


class EndingConsents(PagePanel):
    """Stories that are taken down soon, because somebody's consent ends."""

    name = "ending_consents"
    order = 150
    heading = gettext_lazy("Consents that end soon")
    empty = gettext_lazy("No consent ends in the next thirty days.")

    def pages(self, user: AbstractUser) -> QuerySet[SuccessStoryPage]:
        """The soonest first."""
        stories = SuccessStoryPage.objects.live().filter(in_charge(user))
        ending: QuerySet[SuccessStoryPage] = stories.annotate(
            ends=Min("people__consent_expires_on")
        ).filter(ends__gte=localdate(), ends__lte=localdate() + SOON)
        return ending.order_by("ends", "pk")

    def note(self, page: Any) -> str:
        """Until when it is shown."""
        return _("A consent ends on %(day)s; the story is taken down then.") % {
            "day": on_day(page.ends)
        }
