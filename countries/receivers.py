"""Rights and workflows follow a page into a new language; publishing ends a takedown."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done, page_published

from countries.domain import rights, workflows
from countries.domain.groups import ensure_section_groups
from countries.domain.tongues import take_up_language
from countries.models import TakenDownPage


@receiver(copy_for_translation_done)
def mirror_rights(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """What is given on a page directly is given on its copy; below it, the tree does that."""
    if not isinstance(target_obj, Page):
        return
    with transaction.atomic():
        rights.mirror_page_rights(source_obj, target_obj)
        workflows.mirror_workflow(source_obj, target_obj)
        section = getattr(target_obj, "section", None)
        if section is not None and getattr(target_obj, "is_section_root", False):
            # An alias has no text of its own: it does not make the section write in that language.
            if target_obj.alias_of_id is None:
                language = target_obj.locale.language_code
                take_up_language(section=section, language=language)
            ensure_section_groups(section)
            rights.grant_page_rights(section)


@receiver(page_published)
def end_takedown(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Whoever published it again has approved it; what is only scheduled is down still."""
    if instance.live:
        rows = TakenDownPage.objects.filter(page=instance.pk, ended_at=None)
        rows.update(ended_at=timezone.now())
