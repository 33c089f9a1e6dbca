"""Consent of the people shown in stories."""

from django.db import transaction
from django.utils.timezone import localdate

from campaigns.models import SuccessStoryPage

TAKEN_DOWN = "campaigns.consent_expired"
"""How the history of a page calls it."""


def take_down_expired_stories() -> int:
    """Unpublish, in every language, stories that show somebody whose consent has ended.

    Returns the number of pages taken down.
    """
    live = SuccessStoryPage.objects.live()
    expired = live.filter(people__consent_expires_on__lt=localdate())
    keys = expired.order_by("translation_key").values_list("translation_key", flat=True).distinct()
    done = 0
    for key in list(keys):
        # All languages of a story at once, or none of them.
        with transaction.atomic():
            for page in live.filter(translation_key=key):
                page.unpublish(log_action=TAKEN_DOWN)
                done += 1
    return done
