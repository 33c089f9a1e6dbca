"""Wagtail's signals, turned into stored sections and `visibility_changed`."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import post_page_move

from coalition.core import visibility
from coalition.core.models import CoalitionPage
from coalition.sections.models import section_of


def coalition_models() -> list[type[CoalitionPage]]:
    """The page types of the network, those of plugins included."""
    return [model for model in get_page_models() if issubclass(model, CoalitionPage)]


@receiver(post_page_move)
def keep_section(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Give a moved page, and what is below it, the section of its new place."""
    page = instance.specific
    if isinstance(page, CoalitionPage) and not page.is_section_root:
        section = section_of(page.get_parent())
        if section != page.section:
            for model in coalition_models():
                model.objects.descendant_of(page, inclusive=True).update(section=section)
    visibility.announce_tree(instance)


@receiver(post_save, sender=Page)
def announce_saved(instance: Page, created: bool, **kwargs: Any) -> None:
    """Wagtail expires pages, and unpublishes aliases, without their own type's `save`."""
    if not created:
        visibility.announce([instance])


def announce_deleted(instance: Page, **kwargs: Any) -> None:
    """A deleted page is gone for the public as well."""
    visibility.announce([instance])


# One by one: a receiver for any sender would slow every deletion of anything.
for _model in coalition_models():
    post_delete.connect(announce_deleted, sender=_model)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def announce_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page behind a restriction is not public, nor is anything below it."""
    visibility.announce_tree(instance.page)
