"""Wagtail's signals, turned into stored sections and `visibility_changed`."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from coalition.core import visibility
from coalition.core.models import CoalitionPage
from coalition.core.models.page import inherited_section


@receiver(post_page_move)
def keep_section(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Give a moved page, and what is below it, the section of its new place."""
    page = instance.specific
    if isinstance(page, CoalitionPage) and not page.is_section_root:
        section = inherited_section(page)
        if section != page.section:
            for below in page.get_descendants(inclusive=True).specific():
                if isinstance(below, CoalitionPage):
                    type(below).objects.filter(pk=below.pk).update(section=section)
    visibility.announce_tree(instance)


@receiver(post_delete)
def announce_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A deleted page is gone for the public as well."""
    if isinstance(instance, CoalitionPage):
        visibility.announce([instance])


@receiver([post_save, post_delete], sender=PageViewRestriction)
def announce_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page behind a restriction is not public, nor is anything below it."""
    visibility.announce_tree(instance.page)
