"""What the admin's home says of stories."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import SuccessStoryPage
from coalition.core.dashboard import SOON, ListPanel, Row, first, on_day, row_of
from coalition.sections.isolation import in_charge


class EndingConsents(ListPanel):
    """Stories that are taken down soon, because somebody's consent ends."""

    name = "ending_consents"
    order = 150
    heading = gettext_lazy("Consents that end soon")
    empty = gettext_lazy("No consent ends in the next thirty days.")

    def rows(self, user: AbstractUser) -> tuple[int, Sequence[Row]]:
        """The soonest first."""
        stories = SuccessStoryPage.objects.live().filter(in_charge(user))
        ending = stories.annotate(ends=Min("people__consent_expires_on")).filter(
            ends__gte=localdate(), ends__lte=localdate() + SOON
        )
        count, shown = first(ending.order_by("ends", "pk"))
        return count, [row_of(story, _ends(story)) for story in shown]


def _ends(story: SuccessStoryPage) -> str:
    return _("A consent ends on %(day)s; the story is taken down then.") % {
        "day": on_day(story.ends)
    }
