"""Consent of the people shown in stories."""

from django.utils.timezone import localdate

from campaigns.models import SuccessStoryPage


def take_down_expired_stories() -> int:
    """Unpublish, in every language, stories that show somebody whose consent has expired.

    Returns the number of pages taken down.
    """
    expired = SuccessStoryPage.objects.live().filter(people__consent_expires_on__lt=localdate())
    keys = set(expired.values_list("translation_key", flat=True))
    pages = SuccessStoryPage.objects.live().filter(translation_key__in=keys)
    for page in pages:
        page.unpublish(log_action="wagtail.unpublish")
    return len(pages)
