"""What waits follows its page to another section, whose people decide from then on."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from coalition.approval.models import Submission
from coalition.sections.archive import section_at


@receiver(post_page_move)
def keep_section(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """For the page that was moved and all below it."""
    moved = Submission.objects.filter(page__path__startswith=instance.path)
    moved.update(section=section_at(instance))
